package io.tailrace.connect.filetail.tail.measure;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What counters said at one moment. Immutable. */
public final class Tally {
    private final long[] values;

    Tally(long[] values) {
        this.values = values.clone();
    }

    /**
     * One of them.
     *
     * @param count which
     * @return in the unit that its name says
     */
    public long get(Count count) {
        return values[count.slot()];
    }

    /**
     * One of them, as its metric shows it.
     *
     * @param count which
     * @return the same as {@link #get}, but durations in milliseconds
     */
    public long metric(Count count) {
        return count == Count.THROTTLED_NANOS ? TimeUnit.NANOSECONDS.toMillis(get(count)) : get(count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
