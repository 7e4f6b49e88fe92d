package io.tailrace.benchmarks.latency;

import io.tailrace.benchmarks.measure.Percentiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** When lines came to where they were to come, and when they were written. Holds as many as were written. Thread-safe. */
final class Arrivals {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(2).toNanos();

    private final List<Arrival> arrivals = new ArrayList<>();

    private record Arrival(long writtenNanos, long cameNanos) {}

    /** Notes one. */
    synchronized void add(long writtenNanos, long cameNanos) {
        arrivals.add(new Arrival(writtenNanos, cameNanos));
    }

    /** How many have come. */
    synchronized long count() {
        return arrivals.size();
    }

    /**
     * When the first one came.
     *
     * @throws IndexOutOfBoundsException if none has
     */
    synchronized long firstNanos() {
        return arrivals.get(0).cameNanos();
    }

    /** How long those took that were written at a time or later. */
    synchronized Percentiles writtenSince(long nanos) {
        Percentiles percentiles = new Percentiles();
        for (Arrival arrival : arrivals) {
            // A difference, as these times may wrap around.
            if (arrival.writtenNanos() - nanos >= 0) {
                percentiles.add(arrival.cameNanos() - arrival.writtenNanos());
            }
        }
        return percentiles;
    }

    /**
     * Waits until so many have come.
     *
     * @param lines how many
     * @param timeout how long none may come
     * @param watching whether they would still be noticed
     * @throws IllegalStateException if no more come, or would be noticed
     */
    void await(long lines, Duration timeout, BooleanSupplier watching) {
        long came = -1;
        long changed = System.nanoTime();
        while (count() < lines) {
            if (count() != came) {
                came = count();
                changed = System.nanoTime();
            }
            boolean blind = !watching.getAsBoolean();
            if (blind || System.nanoTime() - changed > timeout.toNanos()) {
                throw new IllegalStateException(came + " of " + lines + " lines have come, and "
                        + (blind ? "nobody watches any more" : "no more for " + timeout.toSeconds() + " s"));
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
