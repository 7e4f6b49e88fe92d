package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.frame.LineEnding;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The NULs that were seen last, at the end of what has been looked at. They may be the unused room of a file that was
 * allocated in advance: its writer fills it from the front, so that what is left of it needs no second look.
 */
final class NulRun {
    private long from;
    private long to;
    private long marker;

    /**
     * NULs were found.
     *
     * @param first position of the first of them
     * @param end position after the last one that was looked at
     * @param before hash of the bytes before the first, as in {@link io.tailrace.connect.filetail.tail.identify.Bookmark#marker}
     * @return position after the last one that is known
     */
    long found(long first, long end, long before) {
        boolean goesOn = first >= from && first <= to;
        if (!goesOn || first < to) {
            from = first;
            marker = before;
        }
        to = goesOn ? Math.max(to, end) : end;
        return to;
    }

    /** Hash of the bytes before the first of them. */
    long marker() {
        return marker;
    }

    /** Whether a unit of a file is NUL. */
    static boolean isNul(Content content, LineEnding ending, long at) throws IOException {
        ByteBuffer unit = ByteBuffer.allocate(ending.unit());
        boolean more = true;
        while (more && unit.hasRemaining()) {
            more = content.read(unit, at + unit.position()) >= 0;
        }
        return ending.firstNul(unit.array(), 0, unit.position()) == 0;
    }

    /** The file ends earlier by now. */
    void cutAt(long size) {
        to = Math.min(to, size);
    }

    long from() {
        return from;
    }

    boolean endsAt(long position) {
        return from < to && to == position;
    }
}
