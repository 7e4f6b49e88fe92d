package io.tailrace.connect.filetail.tail.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;

/** Bytes with holes of any size, which read as NULs. */
final class SparseContent implements Content {
    private static final int MAX_READ_BYTES = 1 << 20;

    private final TreeMap<Long, byte[]> pieces = new TreeMap<>();
    private long size;
    private long hiddenFrom;
    private int hidden;
    long bytesRead;

    void write(long position, String text) {
        write(position, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(long position, byte[] bytes) {
        pieces.put(position, bytes);
        size = Math.max(size, position + bytes.length);
    }

    void setSize(long newSize) {
        size = newSize;
    }

    /** The next read that covers these bytes still finds NULs there. */
    void hideOnce(long from, int length) {
        hiddenFrom = from;
        hidden = length;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer into, long position) {
        if (position >= size) {
            return -1;
        }
        byte[] read = new byte[(int) Math.min(Math.min(into.remaining(), MAX_READ_BYTES), size - position)];
        int length = read.length;
        Long first = pieces.floorKey(position);
        pieces.subMap(first == null ? position : first, position + length)
                .forEach((at, piece) -> copy(at, piece, read, position));
        if (hidden > 0 && length > 2 && position <= hiddenFrom && position + length >= hiddenFrom + hidden) {
            int from = (int) (hiddenFrom - position);
            Arrays.fill(read, from, from + hidden, (byte) 0);
            hidden = 0;
        }
        into.put(read);
        bytesRead += length;
        return length;
    }

    private static void copy(long at, byte[] piece, byte[] into, long position) {
        long from = Math.max(at, position);
        long to = Math.min(at + piece.length, position + into.length);
        if (from < to) {
            System.arraycopy(piece, (int) (from - at), into, (int) (from - position), (int) (to - from));
        }
    }

    @Override
    public void close() {}
}
