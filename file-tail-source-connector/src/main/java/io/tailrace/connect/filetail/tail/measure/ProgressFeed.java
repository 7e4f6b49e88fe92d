package io.tailrace.connect.filetail.tail.measure;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Hands a task's progress from the task's thread, which makes a new snapshot every second, to any other. */
public final class ProgressFeed {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile Progress latest = Progress.NONE;
    private long madeNanos;
    private boolean made;

    /** Has nothing to tell yet. */
    public ProgressFeed() {}

    /**
     * Makes a snapshot if it is time; called by the task's thread alone, as often as it likes.
     *
     * @param snapshot makes one
     * @param nowNanos the time, on a monotonic clock
     * @return whether there is a new one
     */
    public boolean update(Supplier<Progress> snapshot, long nowNanos) {
        if (made && nowNanos - madeNanos < INTERVAL_NANOS) {
            return false;
        }
        latest = snapshot.get();
        madeNanos = nowNanos;
        made = true;
        return true;
    }

    /**
     * The last snapshot, for any thread.
     *
     * @return {@link Progress#NONE} before the first
     */
    public Progress latest() {
        return latest;
    }
}
