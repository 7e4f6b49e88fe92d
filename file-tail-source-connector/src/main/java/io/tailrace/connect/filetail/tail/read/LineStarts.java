package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.frame.LineEnding;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds where lines begin in a file that is not being read. NULs are no part of a line. */
public final class LineStarts {
    private static final int BLOCK_BYTES = 64 * 1024;

    /** No line that is taken whole is longer. */
    private static final long MAX_LINE_BYTES = 16L * 1024 * 1024;

    private final Content content;
    private final LineEnding ending;
    private final byte[] block = new byte[BLOCK_BYTES];

    /**
     * Makes a finder.
     *
     * @param content the file
     * @param ending of its lines
     */
    public LineStarts(Content content, LineEnding ending) {
        this.content = content;
        this.ending = ending;
    }

    /**
     * Finds where the line begins that has no end yet, or the one that is yet to come. NULs at the end of the file may be room
     * for it.
     *
     * @return the position after the last line end; the end of the text if there is no line end in the last 16 MiB of it
     * @throws IOException if the file can't be read
     */
    public long last() throws IOException {
        long size = content.size();
        long textEnd = textEnd(size - size % ending.unit());
        for (long to = textEnd; to > 0 && textEnd - to < MAX_LINE_BYTES; ) {
            long from = blockBefore(to);
            int length = load(from, to);
            int found = LineEnding.NONE;
            for (int after = ending.after(block, 0, length); after != LineEnding.NONE; ) {
                found = after;
                after = ending.after(block, found, length);
            }
            if (found != LineEnding.NONE) {
                return from + found;
            }
            to = from;
        }
        return textEnd < MAX_LINE_BYTES ? 0 : textEnd;
    }

    private long textEnd(long end) throws IOException {
        long to = end;
        while (to > 0) {
            long from = blockBefore(to);
            int length = load(from, to);
            int text = ending.beforeNuls(block, 0, length);
            if (text > 0) {
                return from + text;
            }
            to = from;
        }
        return 0;
    }

    /** Blocks begin at multiples of their size, and so where a unit begins. */
    private static long blockBefore(long to) {
        return (to - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /**
     * Finds the first line that begins at or after a position. One within a character counts as after it.
     *
     * @param position in bytes, 0 or more
     * @return the position itself if a line begins there; else after the next line end; where there is none, the beginning of
     *     the line that has no end yet
     * @throws IOException if the file can't be read
     */
    public long next(long position) throws IOException {
        long from = position + Math.floorMod(-position, ending.unit());
        if (from == 0 || isLineStart(from)) {
            return from;
        }
        for (long at = from; ; at += BLOCK_BYTES) {
            int length = load(at, at + BLOCK_BYTES);
            int after = ending.after(block, 0, length);
            if (after != LineEnding.NONE) {
                return at + after;
            }
            if (length < BLOCK_BYTES) {
                return last();
            }
        }
    }

    private boolean isLineStart(long at) throws IOException {
        int length = load(at - ending.unit(), at);
        boolean afterLine = ending.after(block, 0, length) != LineEnding.NONE;
        return afterLine || ending.firstNul(block, 0, length) != LineEnding.NONE;
    }

    private int load(long from, long to) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(block, 0, (int) (to - from));
        while (into.hasRemaining()) {
            if (content.read(into, from + into.position()) < 0) {
                break;
            }
        }
        return into.position();
    }
}
