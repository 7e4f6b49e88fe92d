package io.tailrace.connect.filetail.tail.match;

import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What looking for an entry's patterns has come to: the steps that were taken, and the lines of which a pattern could not tell
 * within its limit whether it is found in them.
 */
public final class PatternCost {
    private static final Logger LOG = LoggerFactory.getLogger(PatternCost.class);

    private final String where;
    private final Counts counts;
    private long steps;
    private boolean warned;

    /**
     * Makes one, all 0.
     *
     * @param where whose lines they are, for the log
     * @param counts where undecided lines are counted
     */
    public PatternCost(String where, Counts counts) {
        this.where = where;
        this.counts = counts;
    }

    void add(long more) {
        steps += more;
    }

    /** Warns of the first one only: where there is one, there may be millions. */
    void undecided(String regex, int lineChars) {
        counts.one(Count.UNDECIDED_LINES);
        if (!warned) {
            warned = true;
            LOG.warn(
                    "{}: gave up looking for '{}' in a line of {} characters, as it took too many steps;"
                            + " lines like that are sent, and neither joined nor left out",
                    where,
                    regex,
                    lineChars);
        }
    }

    /**
     * How many steps were taken so far.
     *
     * @return looks at a character, each of which takes about as long as to read a byte
     */
    public long steps() {
        return steps;
    }
}
