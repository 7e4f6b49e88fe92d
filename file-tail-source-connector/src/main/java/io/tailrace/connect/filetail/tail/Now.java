package io.tailrace.connect.filetail.tail;

/**
 * A moment, on both clocks.
 *
 * @param nanos on a monotonic clock, for durations
 * @param millis since 1970, for timestamps and to compare with those of files
 */
public record Now(long nanos, long millis) {
    /**
     * The present moment.
     *
     * @return what the clocks say
     */
    public static Now get() {
        return new Now(System.nanoTime(), System.currentTimeMillis());
    }
}
