package io.tailrace.benchmarks.latency;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines that begin with the time of their writing, as {@link System#nanoTime} of this JVM has it. */
final class StampedLine {
    private static final String PREFIX = "t";
    private static final int RADIX = 10;

    private StampedLine() {}

    /** A line with its line end: {@code t}, the time, a space, the text. */
    static byte[] of(long nanos, byte[] text) {
        byte[] stamp = (PREFIX + nanos + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] line = Arrays.copyOf(stamp, stamp.length + text.length + 1);
        System.arraycopy(text, 0, line, stamp.length, text.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /**
     * When a line was written. Some programs put a space before a line.
     *
     * @param line without its line end
     * @throws IllegalArgumentException quoting the line if it has no stamp
     */
    static long stamp(byte[] line) {
        int start = line.length > 0 && line[0] == ' ' ? 1 : 0;
        return stamp(line, start);
    }

    /**
     * The same, of a line somewhere in other bytes.
     *
     * @param start where the line starts
     */
    static long stamp(byte[] bytes, int start) {
        int digits = start + PREFIX.length();
        int end = digits;
        while (end < bytes.length && (Character.isDigit(bytes[end]) || bytes[end] == '-')) {
            end++;
        }
        if (end == digits || end == bytes.length || bytes[start] != PREFIX.charAt(0) || bytes[end] != ' ') {
            throw new IllegalArgumentException(
                    "No stamp is at " + start + " in: " + new String(bytes, StandardCharsets.UTF_8));
        }
        return Long.parseLong(new String(bytes, digits, end - digits, StandardCharsets.US_ASCII), RADIX);
    }
}
