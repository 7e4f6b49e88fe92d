package io.tailrace.it.support;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has been seen of the lines of one {@link LineWriter}: which numbers, how often, and in which order. */
public final class Tally {

    private static final Pattern NUMBER = Pattern.compile("\\{\"n\":(\\d{1,9}),");

    private static final int RANGES_SHOWN_MAX = 5;

    private final BitSet seen = new BitSet();
    private final BitSet seenAgain = new BitSet();
    private long distinct;
    private long repeated;
    private long outOfOrder;
    private int last = -1;

    /** Has seen nothing. */
    public Tally() {}

    /**
     * Takes note of a line.
     *
     * @param line as the writer wrote it
     * @throws IllegalArgumentException if it is not the whole of such a line
     */
    public void add(String line) {
        Matcher matcher = NUMBER.matcher(line);
        if (!matcher.lookingAt() || !line.endsWith("\"}")) {
            throw new IllegalArgumentException("Not a line that was written: " + line);
        }
        add(Integer.parseInt(matcher.group(1)));
    }

    /**
     * Takes note of a line's number.
     *
     * @param number from 0
     */
    public void add(int number) {
        if (seen.get(number)) {
            repeated++;
            seenAgain.set(number);
        } else {
            seen.set(number);
            distinct++;
        }
        outOfOrder += number <= last ? 1 : 0;
        last = number;
    }

    /**
     * How many different lines have been seen.
     *
     * @return a count
     */
    public long distinct() {
        return distinct;
    }

    /**
     * How many lines from the first on have been seen without a gap.
     *
     * @return the number of the first line that has not been seen
     */
    public long withoutGap() {
        return seen.nextClearBit(0);
    }

    /**
     * How often a line was seen that had been seen before.
     *
     * @return a count
     */
    public long repeated() {
        return repeated;
    }

    /**
     * How often a line came after one with the same or a higher number.
     *
     * @return a count
     */
    public long outOfOrder() {
        return outOfOrder;
    }

    /**
     * How many lines have not been seen.
     *
     * @param written how many were written
     * @return a count
     */
    public long lost(long written) {
        return written - seen.get(0, Math.toIntExact(written)).cardinality();
    }

    /**
     * Says what was seen.
     *
     * @param written how many lines were written
     * @return one line with the counts, and the first ranges of what is missing or was repeated
     */
    public String report(long written) {
        BitSet missing = new BitSet();
        missing.set(0, Math.toIntExact(written));
        missing.andNot(seen);
        return written + " lines, " + missing.cardinality() + " lost" + ranges(missing) + ", " + repeated + " repeated"
                + ranges(seenAgain) + ", " + outOfOrder + " out of order";
    }

    private static String ranges(BitSet numbers) {
        StringBuilder text = new StringBuilder();
        int from = numbers.nextSetBit(0);
        for (int shown = 0; from >= 0 && shown < RANGES_SHOWN_MAX; shown++) {
            int end = numbers.nextClearBit(from);
            text.append(' ').append(from).append('-').append(end - 1);
            from = numbers.nextSetBit(end);
        }
        return text.isEmpty() ? "" : " (" + text.substring(1) + (from >= 0 ? " …)" : ")");
    }
}
