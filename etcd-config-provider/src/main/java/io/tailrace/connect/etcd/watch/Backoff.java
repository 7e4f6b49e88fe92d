package io.tailrace.connect.etcd.watch;

import java.time.Duration;

/**
 * How long to wait before the next attempt: doubling from 100 ms to 3 s, less up to half of it at random, so that many
 * agents don't come back in step.
 *
 * @param failures how many attempts in a row have failed
 */
record Backoff(int failures) {
    /** No failure yet. */
    static final Backoff NONE = new Backoff(0);

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int DOUBLINGS = 10;

    /**
     * After one more failure.
     *
     * @param lived how long the connection had lasted; one that lasted longer than the longest wait starts anew
     */
    Backoff failed(Duration lived) {
        return new Backoff(lived.compareTo(LONGEST) > 0 ? 1 : Math.min(failures + 1, DOUBLINGS));
    }

    /** The wait, given a random number from 0 to 1. */
    Duration delay(double random) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        long full = Math.min(FIRST.toMillis() << (failures - 1), LONGEST.toMillis());
        return Duration.ofMillis(full - (long) (full * random / 2));
    }
}
