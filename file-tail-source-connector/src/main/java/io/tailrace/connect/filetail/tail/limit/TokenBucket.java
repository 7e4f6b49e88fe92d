package io.tailrace.connect.filetail.tail.limit;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket that holds at most one second's worth and begins empty, so that no interval ever sees more than its rate
 * and that one second on top. What is taken may exceed what is there; the debt is waited for afterwards, which lets a
 * line larger than the bucket pass.
 */
public final class TokenBucket {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private double tokens;
    private long filledAtNanos;

    /**
     * Makes an empty bucket.
     *
     * @param perSecond tokens that flow in each second, more than 0
     * @param nowNanos the time, on any monotonic clock
     */
    public TokenBucket(long perSecond, long nowNanos) {
        this.perSecond = (double) perSecond;
        this.filledAtNanos = nowNanos;
    }

    /**
     * How long until something may be taken.
     *
     * @param nowNanos the time
     * @return nanoseconds, 0 if something may be taken now
     */
    public long waitNanos(long nowNanos) {
        fill(nowNanos);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * SECOND / perSecond);
    }

    /**
     * Takes tokens, even those that aren't there yet.
     *
     * @param count how many
     */
    public void take(long count) {
        tokens -= (double) count;
    }

    /**
     * How many whole tokens there are.
     *
     * @return at least 0
     */
    public long available() {
        return (long) Math.max(0, tokens);
    }

    private void fill(long nowNanos) {
        double flowed = (double) (nowNanos - filledAtNanos) * perSecond / SECOND;
        tokens = Math.min(perSecond, tokens + flowed);
        filledAtNanos = nowNanos;
    }
}
