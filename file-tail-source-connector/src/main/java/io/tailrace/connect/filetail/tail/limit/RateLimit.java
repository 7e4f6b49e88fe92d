package io.tailrace.connect.filetail.tail.limit;

import java.util.Optional;

/** The rates of one entry, which all its files share: lines per second, bytes per second, either, or none. */
public final class RateLimit {
    private final Optional<TokenBucket> lines;
    private final Optional<TokenBucket> bytes;

    /**
     * Makes a limit.
     *
     * @param linesPerSecond 0 for unlimited
     * @param bytesPerSecond 0 for unlimited
     * @param nowNanos the time, on any monotonic clock
     */
    public RateLimit(long linesPerSecond, long bytesPerSecond, long nowNanos) {
        this.lines = bucket(linesPerSecond, nowNanos);
        this.bytes = bucket(bytesPerSecond, nowNanos);
    }

    private static Optional<TokenBucket> bucket(long perSecond, long nowNanos) {
        return perSecond > 0 ? Optional.of(new TokenBucket(perSecond, nowNanos)) : Optional.empty();
    }

    /**
     * How long until a line may be sent.
     *
     * @param nowNanos the time
     * @return nanoseconds, 0 if one may be sent now
     */
    public long waitNanos(long nowNanos) {
        return Math.max(waitFor(lines, nowNanos), waitFor(bytes, nowNanos));
    }

    private static long waitFor(Optional<TokenBucket> bucket, long nowNanos) {
        return bucket.isPresent() ? bucket.get().waitNanos(nowNanos) : 0;
    }

    /**
     * Tells whether a further line may be sent at the moment that {@link #waitNanos} was last asked about.
     *
     * @return whether both rates allow it
     */
    public boolean allows() {
        return allows(lines) && allows(bytes);
    }

    private static boolean allows(Optional<TokenBucket> bucket) {
        return bucket.isEmpty() || bucket.get().available() > 0;
    }

    /**
     * Accounts for a line.
     *
     * @param lineBytes its length
     */
    public void sent(int lineBytes) {
        lines.ifPresent(bucket -> bucket.take(1));
        bytes.ifPresent(bucket -> bucket.take(lineBytes));
    }
}
