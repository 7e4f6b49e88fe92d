package io.tailrace.connect.filetail.tail.filter;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.match.BoundedPattern;
import io.tailrace.connect.filetail.tail.match.PatternCost;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Tells which lines are wanted: those that match one of some patterns, if any, and none of others; empty ones only if the
 * entry says so. A line that a pattern can't decide on in reasonable time is wanted.
 */
public final class LineFilter {
    private final List<BoundedPattern> include;
    private final List<BoundedPattern> exclude;
    private final boolean keepEmpty;
    private final Charset charset;

    /**
     * Makes a filter.
     *
     * @param entry says what is wanted
     * @param cost where to count what the patterns take
     */
    public LineFilter(Entry entry, PatternCost cost) {
        this.include = compile(entry.includeLines(), cost);
        this.exclude = compile(entry.excludeLines(), cost);
        this.keepEmpty = entry.keepEmptyLines();
        this.charset = entry.encoding();
    }

    private static List<BoundedPattern> compile(List<String> regexes, PatternCost cost) {
        return regexes.stream().map(regex -> new BoundedPattern(regex, cost)).toList();
    }

    /**
     * Tells whether a line is wanted.
     *
     * @param bytes where it is
     * @param from index of its first byte
     * @param to index after its last byte
     * @return whether it is
     */
    public boolean wants(byte[] bytes, int from, int to) {
        if (from == to && !keepEmpty) {
            return false;
        }
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        String line = new String(bytes, from, to - from, charset);
        return (include.isEmpty() || finds(include, line, true)) && !finds(exclude, line, false);
    }

    private static boolean finds(List<BoundedPattern> patterns, String line, boolean ifUndecided) {
        for (BoundedPattern pattern : patterns) {
            if (pattern.isFoundIn(line, ifUndecided)) {
                return true;
            }
        }
        return false;
    }
}
