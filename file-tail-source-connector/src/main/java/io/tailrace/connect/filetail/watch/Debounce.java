package io.tailrace.connect.filetail.watch;

import java.util.OptionalLong;

/**
 * When edits are applied: the first after a quiet time at once; further ones when it has been quiet again, but none waits
 * longer than a limit. Times are those of any steady clock, in nanoseconds. Not safe for several threads.
 */
final class Debounce {
    private final long quietNanos;
    private final long mostNanos;
    private OptionalLong lastEdit = OptionalLong.empty();
    private OptionalLong waitingSince = OptionalLong.empty();
    private long due;

    /**
     * Makes one that has seen no edit.
     *
     * @param quietNanos how long it must be quiet
     * @param mostNanos how long an edit waits at most
     */
    Debounce(long quietNanos, long mostNanos) {
        this.quietNanos = quietNanos;
        this.mostNanos = mostNanos;
    }

    /** Takes note of an edit that is to be applied. */
    void edited(long now) {
        boolean quiet = lastEdit.isEmpty() || now - lastEdit.getAsLong() >= quietNanos;
        if (waitingSince.isEmpty()) {
            waitingSince = OptionalLong.of(now);
            due = quiet ? now : now + quietNanos;
        } else {
            due = Math.min(now + quietNanos, waitingSince.getAsLong() + mostNanos);
        }
        lastEdit = OptionalLong.of(now);
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
