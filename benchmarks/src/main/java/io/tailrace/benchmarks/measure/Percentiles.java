package io.tailrace.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How long many things took. Used by one thread. */
public final class Percentiles {
    private final List<Long> nanos = new ArrayList<>();

    /** Of nothing yet. */
    public Percentiles() {}

    /**
     * Adds one thing.
     *
     * @param took nanoseconds
     */
    public void add(long took) {
        nanos.add(took);
    }

    /** Forgets all. */
    public void clear() {
        nanos.clear();
    }

    /**
     * The time within which a share of them was done.
     *
     * @param share of 1, such as 0.99
     * @return milliseconds; nothing if there were none
     */
    public OptionalDouble millis(double share) {
        if (nanos.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        int index = (int) Math.min(sorted.size() - 1L, (long) (share * sorted.size()));
        return OptionalDouble.of(sorted.get(index) / 1e6);
    }
}
