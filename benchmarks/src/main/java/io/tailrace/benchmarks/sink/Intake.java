package io.tailrace.benchmarks.sink;

import io.tailrace.benchmarks.measure.ProcessCost;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Documents coming to where they are to come. How many there are is asked for every now and then; the rate is that from the
 * first look that finds some to the first that finds all, so that no start counts.
 */
final class Intake {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();
    private static final long STALLED_NANOS = Duration.ofSeconds(60).toNanos();

    private final LongSupplier taken;
    private final Supplier<ProcessCost> cost;
    private final long documents;
    private Sight first;
    private Sight last;

    private record Sight(long nanos, long documents, ProcessCost cost) {}

    /**
     * An intake that hasn't begun.
     *
     * @param taken how many there are by now
     * @param cost what the process that sends them has cost so far
     * @param documents how many there will be
     */
    Intake(LongSupplier taken, Supplier<ProcessCost> cost, long documents) {
        this.taken = taken;
        this.cost = cost;
        this.documents = documents;
        this.last = new Sight(System.nanoTime(), 0, new ProcessCost(0, 0));
    }

    /**
     * Waits until all are there.
     *
     * @param hasEnded whether nobody sends any more
     * @throws IllegalStateException if no more come
     */
    Sighting await(BooleanSupplier hasEnded) {
        while (last.documents() < documents) {
            boolean ended = hasEnded.getAsBoolean();
            look();
            if (last.documents() < documents && (ended || System.nanoTime() - last.nanos() > STALLED_NANOS)) {
                throw new IllegalStateException(last.documents() + " of " + documents + " documents have come, and "
                        + (ended ? "nobody sends any more" : "no more for 60 s"));
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        if (first.documents() == last.documents()) {
            throw new IllegalStateException("All " + documents + " documents came between two looks: take more");
        }
        return sighting();
    }

    private void look() {
        long now = taken.getAsLong();
        if (now > last.documents()) {
            last = new Sight(System.nanoTime(), now, cost.get());
            first = first == null ? last : first;
        }
    }

    private Sighting sighting() {
        long came = last.documents() - first.documents();
        return new Sighting(
                came * 1e9 / (last.nanos() - first.nanos()),
                (last.cost().cpuSeconds() - first.cost().cpuSeconds()) * 1e6 / came,
                last.cost().peakRssBytes());
    }

    /**
     * What an intake came to.
     *
     * @param documentsPerSecond while documents came
     * @param cpuMicrosPerDocument of all threads of the process
     * @param peakRssBytes most physical memory of the process
     */
    record Sighting(double documentsPerSecond, double cpuMicrosPerDocument, long peakRssBytes) {}
}
