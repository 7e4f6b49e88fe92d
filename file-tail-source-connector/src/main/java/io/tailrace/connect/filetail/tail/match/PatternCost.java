package io.tailrace.connect.filetail.tail.match;

import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the lines of an entry of which a pattern could not tell within its limit whether it is found in them. */
public final class Undecided {
    /** What could have been read in the time that a pattern takes which is given up. */
    public static final long COST_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Undecided.class);

    private final String where;
    private final Counts counts;
    private long count;

    /**
     * Makes a count.
     *
     * @param where whose lines they are, for the log
     * @param counts where they are counted too
     */
    public Undecided(String where, Counts counts) {
        this.where = where;
        this.counts = counts;
    }

    /** Warns of the first one only: where there is one, there may be millions. */
    void add(String regex, int lineChars) {
        counts.one(Count.UNDECIDED_LINES);
        if (count++ == 0) {
            LOG.warn(
                    "{}: gave up looking for '{}' in a line of {} characters, as it took too many steps;"
                            + " lines like that are sent, and neither joined nor left out",
                    where,
                    regex,
                    lineChars);
        }
    }

    /**
     * How many there were.
     *
     * @return lines, or rather tries: a line may be undecided for several patterns
     */
    public long count() {
        return count;
    }
}
