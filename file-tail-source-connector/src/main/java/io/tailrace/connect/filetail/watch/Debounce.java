package io.tailrace.connect.filetail.watch;

import java.util.OptionalLong;

/**
 * When edits are applied: the first after a quiet time at once; further ones when it has been quiet again, and the tasks
 * of the edit before have had time to start; but none waits longer than a limit. Times are those of any steady clock, in nanoseconds. Not safe for several threads.
 */
final class Debounce {
    private final long quietNanos;
    private final long gapNanos;
    private final long mostNanos;
    private OptionalLong lastApplied = OptionalLong.empty();
    private OptionalLong lastEdit = OptionalLong.empty();
    private OptionalLong waitingSince = OptionalLong.empty();
    private long due;

    /**
     * Makes one that has seen no edit.
     *
     * @param quietNanos how long it must be quiet
     * @param gapNanos how long after an edit was applied the next may be, at the earliest
     * @param mostNanos how long an edit waits at most
     */
    Debounce(long quietNanos, long gapNanos, long mostNanos) {
        this.quietNanos = quietNanos;
        this.gapNanos = gapNanos;
        this.mostNanos = mostNanos;
    }

    /** Takes note of an edit that is to be applied. */
    void edited(long now) {
        boolean quiet = lastEdit.isEmpty() || now - lastEdit.getAsLong() >= quietNanos;
        if (waitingSince.isEmpty()) {
            waitingSince = OptionalLong.of(now);
            due = notTooSoon(quiet ? now : now + quietNanos);
        } else {
            due = Math.min(notTooSoon(now + quietNanos), waitingSince.getAsLong() + mostNanos);
        }
        lastEdit = OptionalLong.of(now);
    }

    private long notTooSoon(long time) {
        return lastApplied.isEmpty() ? time : Math.max(time, lastApplied.getAsLong() + gapNanos);
    }

    /** Takes note that edits have been applied just now. */
    void applied(long now) {
        lastApplied = OptionalLong.of(now);
    }

    /** Takes note that there is nothing left to apply: it has been, or an edit took back the ones before. */
    void settled() {
        waitingSince = OptionalLong.empty();
    }

    /** How long from now until the edits are to be applied, 0 or less for at once; empty if there are none. */
    OptionalLong remaining(long now) {
        return waitingSince.isEmpty() ? OptionalLong.empty() : OptionalLong.of(due - now);
    }
}
