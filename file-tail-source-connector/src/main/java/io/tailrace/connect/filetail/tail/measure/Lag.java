package io.tailrace.connect.filetail.tail.measure;

/**
 * How far behind the reading of a file is in time, told from positions and sizes as they are seen: the age of the oldest
 * unread byte, counted from when it was first noticed or, in a file that grows all the time, from the last moment of which
 * it is known that all that was there then has been read.
 */
public final class Lag {
    private boolean behind;
    private long sinceNanos;
    private long markSize;
    private long markNanos;

    /** Is not behind. */
    public Lag() {}

    /**
     * Takes note of what was seen.
     *
     * @param position how far the file has been read, in bytes
     * @param size how long it is
     * @param nowNanos the time, on a monotonic clock
     */
    public void seen(long position, long size, long nowNanos) {
        if (position >= size) {
            behind = false;
            return;
        }
        if (!behind) {
            behind = true;
            sinceNanos = nowNanos;
            mark(size, nowNanos);
        } else if (position >= markSize) {
            sinceNanos = markNanos;
            mark(size, nowNanos);
        }
    }

    private void mark(long size, long nowNanos) {
        markSize = size;
        markNanos = nowNanos;
    }

    /**
     * Whether there is something unread.
     *
     * @return whether the lag is more than nothing
     */
    public boolean isBehind() {
        return behind;
    }

    /**
     * How far behind reading is.
     *
     * @param nowNanos the time, on the same clock
     * @return nanoseconds, 0 if nothing is unread
     */
    public long nanos(long nowNanos) {
        return behind ? Math.max(0, nowNanos - sinceNanos) : 0;
    }
}
