package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.Hash64;

/** Where the part of a line ends that has been looked at, and what lay before. It tells whether that still is the same. */
final class Seam {
    private static final long NOWHERE = -1;

    private long position = NOWHERE;
    private int length;
    private long hash;

    /**
     * Looking has got here.
     *
     * @param at position in the file
     * @param bytes what has been looked at
     * @param end index in it of the position
     */
    void set(long at, byte[] bytes, int end) {
        position = at;
        length = Math.min(end, Bookmark.markerLength(at));
        hash = Hash64.of(bytes, end - length, end);
    }

    boolean isAt(long at) {
        return position == at;
    }

    /** How many bytes before it are known. */
    int length() {
        return length;
    }

    /** Whether the same bytes are there, the last of which comes before an index. */
    boolean fits(byte[] bytes, int end) {
        return Hash64.of(bytes, end - length, end) == hash;
    }
}
