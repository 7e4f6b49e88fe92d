package io.tailrace.connect.filetail.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final long QUIET = 200;
    private static final long SPACING = 750;
    private static final long GAP = 2_000;
    private static final long MOST = 1_000;

    private final Debounce debounce = new Debounce(QUIET, SPACING, GAP, MOST);

    @Test
    void anEditAfterQuietIsAppliedAtOnce() {
        debounce.edited(10_000);
        assertThat(debounce.remaining(10_000)).hasValue(0);
        debounce.settled();
        assertThat(debounce.remaining(10_000)).isEmpty();
        debounce.edited(10_200);
        assertThat(debounce.remaining(10_200)).hasValue(0);
    }

    @Test
    void furtherEditsWaitForQuiet() {
        debounce.edited(0);
        debounce.settled();
        debounce.edited(100);
        assertThat(debounce.remaining(100)).hasValue(200);
        debounce.edited(250);
        assertThat(debounce.remaining(250)).hasValue(200);
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
        debounce.edited(150);
        assertThat(debounce.waitsForStart(150)).as("it is not quiet yet").isFalse();
        assertThat(debounce.remaining(150)).hasValue(1_950);
        assertThat(debounce.waitsForStart(800)).isTrue();
        debounce.started();
        assertThat(debounce.remaining(800))
                .as("until the tasks have had some time")
                .hasValue(50);
        assertThat(debounce.waitsForStart(850)).isFalse();
        assertThat(debounce.remaining(850)).hasValue(0);
    }

    @Property
    void whatIsEditedWithinASecondIsAppliedOnceOrTwice(
            @ForAll @IntRange(min = 10, max = 200) int edits, @ForAll @IntRange(min = 1, max = 750) int startMillis) {
        List<Long> times =
                LongStream.range(0, edits).map(i -> i * MOST / edits).boxed().toList();
        assertThat(applied(times, startMillis)).hasSizeBetween(1, 2);
    }

    @Property
    void editsThatComeOneAfterTheOtherWaitForTheSpacingOrTheStartAndQuiet(
            @ForAll @IntRange(min = 201, max = 700) int gap, @ForAll @IntRange(min = 1, max = 1_500) int startMillis) {
        List<Long> times = LongStream.range(0, 100).map(i -> i * gap).boxed().toList();
        List<Long> applied = applied(times, startMillis);
        long most = Math.max(SPACING, startMillis) + QUIET;
        for (int i = 1; i < applied.size(); i++) {
            assertThat(applied.get(i) - applied.get(i - 1)).isBetween(SPACING, most + gap);
        }
        for (long edit : times) {
            assertThat(applied).anyMatch(time -> time >= edit && time <= edit + most);
        }
    }

    /** When edits of the given times are applied, by a thread that looks each millisecond, if tasks start so fast. */
    private static List<Long> applied(List<Long> times, long startMillis) {
        Debounce edits = new Debounce(QUIET, SPACING, GAP, MOST);
        Deque<Long> left = new ArrayDeque<>(times);
        List<Long> applied = new ArrayList<>();
        for (long now = 0; !left.isEmpty() || edits.remaining(now).isPresent(); now++) {
            while (!left.isEmpty() && left.element() == now) {
                edits.edited(left.remove());
            }
            if (!applied.isEmpty() && now == applied.get(applied.size() - 1) + startMillis) {
                edits.started();
            }
            if (edits.remaining(now).orElse(1) <= 0) {
                edits.settled();
                edits.applied(now);
                applied.add(now);
            }
        }
        return applied;
    }

    /** Plays edits with the given gaps, and applies as a thread would that wakes when it should. */
    @Property
    void everyEditIsAppliedInTimeAndNotTooOften(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 2_000) Integer> gaps) {
        List<Long> applied = new ArrayList<>();
        Debounce edits = new Debounce(QUIET, SPACING, GAP, MOST);
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
