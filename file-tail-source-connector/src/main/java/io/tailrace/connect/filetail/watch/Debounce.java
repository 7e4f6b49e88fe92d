package io.tailrace.connect.filetail.watch;

import java.util.OptionalLong;

/**
 * When edits are applied: the first after a quiet time at once; further ones when it has been quiet again, or the first of
 * them has waited long enough; but in any case not before the tasks of the edit before have started, or have had the time to,
 * and have had some to work. Times are those of any steady clock, in nanoseconds. Not safe for several threads.
 */
final class Debounce {
    private final long quietNanos;
    private final long spacingNanos;
    private final long gapNanos;
    private final long mostNanos;
    private long spacingEnd;
    private OptionalLong gapEnd = OptionalLong.empty();
    private OptionalLong lastEdit = OptionalLong.empty();
    private OptionalLong waitingSince = OptionalLong.empty();
    private long due;

    /**
     * Makes one that has seen no edit.
     *
     * @param quietNanos how long it must be quiet
     * @param spacingNanos how long after an edit was applied the next may be, once its tasks have started
     * @param gapNanos how long after an edit was applied the next may be, if it isn't heard that its tasks have started
     * @param mostNanos how long an edit waits for quiet at most
     */
    Debounce(long quietNanos, long spacingNanos, long gapNanos, long mostNanos) {
        this.quietNanos = quietNanos;
        this.spacingNanos = spacingNanos;
        this.gapNanos = gapNanos;
        this.mostNanos = mostNanos;
    }

    /** Takes note of an edit that is to be applied. */
    void edited(long now) {
        boolean quiet = lastEdit.isEmpty() || now - lastEdit.getAsLong() >= quietNanos;
        if (waitingSince.isEmpty()) {
            waitingSince = OptionalLong.of(now);
            due = quiet ? now : now + quietNanos;
        } else {
            due = now + quietNanos;
        }
        due = Math.min(due, waitingSince.getAsLong() + mostNanos);
        lastEdit = OptionalLong.of(now);
    }

    /** Takes note that edits have been applied just now. */
    void applied(long now) {
        spacingEnd = now + spacingNanos;
        gapEnd = OptionalLong.of(now + gapNanos);
    }

    /** Takes note that the tasks of the edits that were applied last have started. */
    void started() {
        gapEnd = gapEnd.isEmpty() ? gapEnd : OptionalLong.of(spacingEnd);
    }

    /** Whether edits wait for nothing but the tasks of those that were applied last. */
    boolean waitsForStart(long now) {
        return waitingSince.isPresent() && gapEnd.isPresent() && due <= now && now < gapEnd.getAsLong();
    }

    /** Takes note that there is nothing left to apply: it has been, or an edit took back the ones before. */
    void settled() {
        waitingSince = OptionalLong.empty();
    }

    /** How long from now until the edits are to be applied, 0 or less for at once; empty if there are none. */
    OptionalLong remaining(long now) {
        return waitingSince.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(due, gapEnd.orElse(due)) - now);
    }
}
