package io.tailrace.connect.filetail.tail.filter;

import java.nio.charset.Charset;
import java.util.List;
import java.util.regex.Pattern;

/** Tells which lines are wanted: those that aren't empty, match one of some patterns, if any, and none of others. */
public final class LineFilter {
    private final List<Pattern> include;
    private final List<Pattern> exclude;
    private final Charset charset;

    /**
     * Makes a filter.
     *
     * @param include regular expressions of which a line must contain a match of one; empty for all lines
     * @param exclude regular expressions of which a line may contain no match
     * @param charset of the lines
     */
    public LineFilter(List<String> include, List<String> exclude, Charset charset) {
        this.include = include.stream().map(Pattern::compile).toList();
        this.exclude = exclude.stream().map(Pattern::compile).toList();
        this.charset = charset;
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
        if (from == to) {
            return false;
        }
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        String line = new String(bytes, from, to - from, charset);
        return (include.isEmpty() || finds(include, line)) && !finds(exclude, line);
    }

    private static boolean finds(List<Pattern> patterns, String line) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(line).find()) {
                return true;
            }
        }
        return false;
    }
}
