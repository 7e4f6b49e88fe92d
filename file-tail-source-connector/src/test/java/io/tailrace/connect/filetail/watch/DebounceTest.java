package io.tailrace.connect.filetail.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final long QUIET = 500;
    private static final long GAP = 2_000;
    private static final long MOST = 1_000;

    private final Debounce debounce = new Debounce(QUIET, GAP, MOST);

    @Test
    void anEditAfterQuietIsAppliedAtOnce() {
        debounce.edited(10_000);
        assertThat(debounce.remaining(10_000)).hasValue(0);
        debounce.settled();
        assertThat(debounce.remaining(10_000)).isEmpty();
        debounce.edited(10_500);
        assertThat(debounce.remaining(10_500)).hasValue(0);
    }

    @Test
    void furtherEditsWaitForQuiet() {
        debounce.edited(0);
        debounce.settled();
        debounce.edited(100);
        assertThat(debounce.remaining(100)).hasValue(500);
        debounce.edited(400);
        assertThat(debounce.remaining(400)).hasValue(500);
    }

    @Test
    void noEditWaitsLongerThanTheLimit() {
        debounce.edited(0);
        debounce.settled();
        for (long now = 100; now <= 1_000; now += 100) {
            debounce.edited(now);
        }
        assertThat(debounce.remaining(1_000)).hasValue(100);
    }

    @Test
    void anEditWaitsUntilTheTasksOfTheOneBeforeHaveHadTimeToStart() {
        debounce.edited(0);
        debounce.settled();
        debounce.applied(100);
        debounce.edited(700);
        assertThat(debounce.remaining(700)).hasValue(1_400);
        assertThat(debounce.waitsForStart(700)).isTrue();
        debounce.settled();
        debounce.applied(2_100);
        debounce.edited(5_000);
        assertThat(debounce.remaining(5_000)).hasValue(0);
    }

    @Test
    void itNeedNotWaitForTasksOfWhichItHeardThatTheyHaveStarted() {
        debounce.edited(0);
        debounce.settled();
        debounce.applied(100);
        debounce.edited(300);
        assertThat(debounce.waitsForStart(300)).as("it is not quiet yet").isFalse();
        assertThat(debounce.remaining(300)).hasValue(1_800);
        assertThat(debounce.waitsForStart(800)).isTrue();
        debounce.started();
        assertThat(debounce.waitsForStart(800)).isFalse();
        assertThat(debounce.remaining(800)).hasValue(0);
    }

    /** Plays edits with the given gaps, and applies as a thread would that wakes when it should. */
    @Property
    void everyEditIsAppliedInTimeAndNotTooOften(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 2_000) Integer> gaps) {
        List<Long> applied = new ArrayList<>();
        Debounce edits = new Debounce(QUIET, GAP, MOST);
        long now = 0;
        long waitingSince = -1;
        for (int gap : gaps) {
            long next = now + gap;
            long due = now + edits.remaining(now).orElse(Long.MAX_VALUE - now);
            if (due <= next) {
                assertThat(due - waitingSince).isBetween(0L, Math.max(MOST, GAP));
                applied.add(due);
                edits.applied(due);
                edits.settled();
                waitingSince = -1;
            }
            now = next;
            edits.edited(now);
            waitingSince = waitingSince < 0 ? now : waitingSince;
        }
        assertThat(edits.remaining(now).orElseThrow()).isBetween(0L, GAP);
        for (int i = 1; i < applied.size(); i++) {
            assertThat(applied.get(i) - applied.get(i - 1)).isGreaterThanOrEqualTo(GAP);
        }
    }
}
