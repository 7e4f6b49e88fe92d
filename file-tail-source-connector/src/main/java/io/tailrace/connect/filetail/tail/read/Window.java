package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The one read buffer of a task: a stretch of the file that was read last. Readers take turns; one that finds the window
 * gone reads again from its position. So the memory that a task needs for reading depends neither on the number of its
 * files nor on what lines are under way in them.
 */
public final class Window {
    /** Room for a fingerprint, or a marker, and what follows. */
    private static final int MIN_CAPACITY = 4 * Bookmark.FINGERPRINT_BYTES;

    private byte[] buffer;
    private Object owner;
    private long base;
    private int limit;
    private long loaded;

    /**
     * Makes an empty window.
     *
     * @param capacity in bytes, taken as 4 KiB if less; it grows when a line needs more
     */
    public Window(int capacity) {
        this.buffer = new byte[Math.max(MIN_CAPACITY, capacity)];
    }

    boolean holds(Object reader, long position) {
        return owner == reader && position >= base && position <= base + limit;
    }

    /**
     * Reads a stretch of a file.
     *
     * @param reader whose it is now
     * @param from position of its first byte
     * @param to position after its last byte; less is read if the window is smaller or the file ends before
     */
    void load(Object reader, Content content, long from, long to) throws IOException {
        owner = null;
        ByteBuffer into = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, to - from));
        while (into.hasRemaining()) {
            if (content.read(into, from + into.position()) < 0) {
                break;
            }
        }
        owner = reader;
        base = from;
        limit = into.position();
        loaded += limit;
    }

    /** How many bytes have been read so far, by all readers. */
    long loaded() {
        return loaded;
    }

    void release() {
        owner = null;
    }

    /** A stretch of a file that is kept beside the window. */
    static final class Kept {
        private final long base;
        private final byte[] bytes;

        private Kept(long base, byte[] bytes) {
            this.base = base;
            this.bytes = bytes;
        }
    }

    /** A copy of what is held. */
    Kept keep() {
        return new Kept(base, Arrays.copyOf(buffer, limit));
    }

    /**
     * Holds again what was kept, as if it had been read once more.
     *
     * @param to position after its last byte; less is held if less was kept
     */
    void show(Object reader, Kept kept, long to) {
        base = kept.base;
        limit = (int) Math.min(kept.bytes.length, to - base);
        ensureCapacity(limit);
        System.arraycopy(kept.bytes, 0, buffer, 0, limit);
        owner = reader;
    }

    /** Makes room for a stretch of this many bytes; what is held stays. */
    void ensureCapacity(int bytes) {
        if (bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, bytes);
        }
    }

    int capacity() {
        return buffer.length;
    }

    byte[] buffer() {
        return buffer;
    }

    int index(long position) {
        return (int) (position - base);
    }

    int limit() {
        return limit;
    }

    long end() {
        return base + limit;
    }
}
