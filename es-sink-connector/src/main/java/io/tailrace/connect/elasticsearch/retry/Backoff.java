package io.tailrace.connect.elasticsearch.retry;

/**
 * Full jitter: a wait is anything between nothing and a bound that doubles with every attempt, so that many tasks
 * that failed together don't come back together.
 *
 * @param baseMillis the bound of the first wait, at least 1
 * @param maxMillis where doubling ends
 */
public record Backoff(long baseMillis, long maxMillis) {

    /** 250 ms to 30 s. */
    public static final Backoff DEFAULT = new Backoff(250, 30_000);

    /**
     * A wait.
     *
     * @param attempt how often it failed before this, from 0
     * @param random from 0 (inclusive) to 1 (exclusive)
     * @return milliseconds, at least 1 and at most the bound
     */
    public long delayMillis(int attempt, double random) {
        int doublings = Math.min(attempt, Long.numberOfLeadingZeros(baseMillis) - 2);
        long bound = Math.min(maxMillis, baseMillis << doublings);
        return Math.min(bound, 1 + (long) (random * bound));
    }
}
