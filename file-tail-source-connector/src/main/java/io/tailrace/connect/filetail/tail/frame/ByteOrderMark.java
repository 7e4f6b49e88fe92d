package io.tailrace.connect.filetail.tail.frame;

import java.nio.charset.Charset;
import java.util.Arrays;

/** The mark that some programs put before a file's first line. It is no part of the line. */
public final class ByteOrderMark {
    private final byte[] mark;

    private ByteOrderMark(byte[] mark) {
        this.mark = mark;
    }

    /**
     * The mark of a character set.
     *
     * @param charset one that can encode
     * @return its mark, which is nothing in one that isn't of Unicode
     */
    public static ByteOrderMark of(Charset charset) {
        boolean unicode = charset.newEncoder().canEncode('\uFEFF');
        return new ByteOrderMark(unicode ? "\uFEFF".getBytes(charset) : new byte[0]);
    }

    /**
     * Passes over it.
     *
     * @param bytes where a file's first line is
     * @param from index of its first byte
     * @param to index after its last byte
     * @return index after the mark, or {@code from} if there is none
     */
    public int after(byte[] bytes, int from, int to) {
        int end = from + mark.length;
        return end <= to && Arrays.equals(bytes, from, end, mark, 0, mark.length) ? end : from;
    }
}
