package io.tailrace.connect.filetail.tail;

import java.util.concurrent.TimeUnit;

/** When a stream has something to do next, and whether anything was noticed of its file since that was read to its end. */
final class Pace {
    /** On the monotonic clock: nothing to do before something is heard or seen of the file. */
    static final long NOT_DUE = Long.MAX_VALUE;

    private static final long NEVER = Long.MIN_VALUE;
    private static final long MIN_RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long MAX_RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MIN_RECHECK_IF_HEARD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long MAX_RECHECK_IF_HEARD_NANOS = TimeUnit.MILLISECONDS.toNanos(1000);

    /** Then a file is left to the watch, or to the rounds. */
    private static final long QUIET_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long dueNanos = NEVER;
    private long endSeenNanos = NEVER;
    private boolean exhausted;

    /** Then nothing that happens to the file makes it due sooner, or it would go before others that share the rate. */
    private boolean limited;

    /** When there is something to do, on the monotonic clock. */
    long dueNanos() {
        return dueNanos;
    }

    /** There is nothing to do before that. */
    void at(long nanos) {
        limited = false;
        dueNanos = nanos;
    }

    /** The rate allows nothing before that. */
    void limited(long nanos) {
        limited = true;
        dueNanos = nanos;
    }

    /** What has to be waited for takes no time worth telling. */
    void soon(Now now) {
        limited = false;
        dueNanos = now.nanos() + MIN_RECHECK_NANOS;
    }

    /** Another file is turned to. */
    void begin(Now now) {
        limited = false;
        noticed(now);
        endSeenNanos = NEVER;
    }

    /** There is something to do at once. */
    void noticed(Now now) {
        exhausted = false;
        dueNanos = limited ? dueNanos : now.nanos();
    }

    /** The file was written to; a busy one isn't read for every write. */
    void rung(Now now) {
        exhausted = false;
        if (limited) {
            return;
        }
        long soonest = endSeenNanos == NEVER ? now.nanos() : endSeenNanos + MIN_RECHECK_NANOS;
        dueNanos = Math.min(dueNanos, Math.max(now.nanos(), soonest));
    }

    /** The file is being read. */
    void reads() {
        exhausted = false;
        limited = false;
    }

    /**
     * The file was read to its end.
     *
     * @param idleNanos how long nothing came
     * @param heard whether it is told when something comes
     */
    void exhausted(long idleNanos, boolean heard, Now now) {
        exhausted = true;
        endSeenNanos = now.nanos();
        dueNanos = now.nanos()
                + (heard
                        ? Math.min(MAX_RECHECK_IF_HEARD_NANOS, Math.max(MIN_RECHECK_IF_HEARD_NANOS, idleNanos))
                        : Math.min(MAX_RECHECK_NANOS, Math.max(MIN_RECHECK_NANOS, idleNanos / 4)));
    }

    /**
     * The file was read to its end, and all there is to do is to close it some time.
     *
     * @param closeNanos when
     */
    void mayRest(long idleNanos, long closeNanos) {
        if (idleNanos > QUIET_AFTER_NANOS) {
            dueNanos = closeNanos;
        }
    }

    /**
     * The file was closed to make room. If it has been read to its end, it isn't opened again just to see that.
     *
     * @param nanos when there is something to do all the same
     */
    void closed(long nanos) {
        if (exhausted) {
            dueNanos = nanos;
        }
    }
}
