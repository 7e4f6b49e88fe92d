package io.tailrace.connect.filetail.tail.measure;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Measures one stream: told of every look at its file, and of every time that the rate limit kept it from being read, it
 * says how far it has got.
 */
public final class StreamMeter {
    private static final long NEVER = Long.MIN_VALUE;

    private final Counts counts;
    private final Lag lag = new Lag();
    private final Lag waiting = new Lag();

    /** How long the file is, as far as has been seen. */
    private long size;

    /** How long it was when it last was known to be the file that was read before. */
    private long sureSize;

    /** Up to here there is nothing more to read at present. */
    private long doneTo;

    private long throttledNanos = NEVER;

    /**
     * Makes a meter.
     *
     * @param counts of the stream
     */
    public StreamMeter(Counts counts) {
        this.counts = counts;
    }

    /**
     * What is counted of the stream.
     *
     * @return to be counted on
     */
    public Counts counts() {
        return counts;
    }

    /**
     * The stream turns to another file.
     *
     * @param position where reading begins, in bytes
     * @param newSize how long the file is
     * @param nowNanos the time, on a monotonic clock
     */
    public void turnTo(long position, long newSize, long nowNanos) {
        size = Math.max(position, newSize);
        sureSize = position;
        doneTo = position;
        waiting(0, nowNanos);
        lag.seen(size, size, nowNanos);
        lag.seen(doneTo, size, nowNanos);
    }

    /**
     * A scan has seen the file.
     *
     * @param newSize how long it is
     * @param nowNanos the time
     */
    public void looked(long newSize, long nowNanos) {
        size = Math.max(size, newSize);
        lag.seen(doneTo, size, nowNanos);
    }

    /**
     * There is a file that is to be read after the present one.
     *
     * @param waitingSize how long it is, 0 if there is none
     * @param nowNanos the time
     */
    public void waiting(long waitingSize, long nowNanos) {
        waiting.seen(0, waitingSize, nowNanos);
    }

    /**
     * The file has been found to be what it was.
     *
     * @param knownSize how long it was then
     */
    public void verified(long knownSize) {
        sureSize = Math.max(sureSize, knownSize);
    }

    /**
     * Lines have been read, and there may be more.
     *
     * @param position how far
     * @param newSize how long the file is
     * @param nowNanos the time
     */
    public void read(long position, long newSize, long nowNanos) {
        doneTo = position;
        verified(newSize);
        looked(newSize, nowNanos);
    }

    /**
     * All complete lines have been read.
     *
     * @param position how far
     * @param newSize how long the file is
     * @param nowNanos the time
     */
    public void readAll(long position, long newSize, long nowNanos) {
        read(Math.max(position, newSize), newSize, nowNanos);
    }

    /**
     * The rate limit doesn't let the stream be read now.
     *
     * @param nowNanos the time
     */
    public void throttled(long nowNanos) {
        unthrottled(nowNanos);
        throttledNanos = lag.isBehind() ? nowNanos : NEVER;
    }

    /**
     * The rate limit lets the stream be read.
     *
     * @param nowNanos the time
     */
    public void unthrottled(long nowNanos) {
        if (throttledNanos != NEVER) {
            counts.add(Count.THROTTLED_NANOS, nowNanos - throttledNanos);
            throttledNanos = NEVER;
        }
    }

    /**
     * What of the file can't be read any more, now that it is gone or has been overwritten.
     *
     * @param position how far it had been read
     * @param overwritten whether what was seen of it last may have been other content already
     * @return how many bytes are known to have been there
     */
    public long unread(long position, boolean overwritten) {
        return Math.max(0, (overwritten ? sureSize : size) - position);
    }

    /**
     * Part of a file is lost.
     *
     * @param bytes how much of it is known to be
     */
    public void lost(long bytes) {
        counts.one(Count.LOSSES);
        counts.add(Count.LOST_BYTES, bytes);
    }

    /**
     * How far the stream has got.
     *
     * @param stream its name
     * @param path what it stands for
     * @param position how far its file has been read
     * @param error why it can't be read at present; empty if it can
     * @param nowNanos the time
     * @return a snapshot
     */
    public StreamProgress progress(String stream, Path path, long position, String error, long nowNanos) {
        long lagMillis = Math.max(lag.nanos(nowNanos), waiting.nanos(nowNanos)) / 1_000_000;
        return new StreamProgress(
                stream,
                path,
                position,
                Math.max(size, position),
                lagMillis,
                counts.tally(),
                error.isEmpty() ? Optional.empty() : Optional.of(error));
    }
}
