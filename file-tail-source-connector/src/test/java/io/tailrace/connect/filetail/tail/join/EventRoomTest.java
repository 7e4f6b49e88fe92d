package io.tailrace.connect.filetail.tail.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.Entry.Multiline;
import io.tailrace.connect.filetail.tail.match.PatternCost;
import io.tailrace.connect.filetail.tail.measure.Counts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who may go on when the memory for events is used up. */
class EventRoomTest {
    private final EventRoom room = new EventRoom(100);
    private final LineJoiner first = joiner();
    private final LineJoiner second = joiner();
    private final LineJoiner third = joiner();

    private LineJoiner joiner() {
        Multiline rules = new Multiline("^ ", false, Multiline.Match.AFTER, 500, Duration.ofSeconds(5));
        return new LineJoiner(rules, StandardCharsets.UTF_8, 1000, new PatternCost("the test", new Counts()), room);
    }

    @Test
    void theOldestGoesOnWhenThereIsNoRoom() {
        room.grown(first, 60);
        assertThat(second.hasRoom()).isTrue();
        room.grown(second, 40);
        assertThat(first.hasRoom()).isTrue();
        assertThat(second.hasRoom()).isFalse();
        assertThat(third.hasRoom()).isFalse();
        room.ended(first, 60);
        assertThat(third.hasRoom()).isTrue();
    }

    @Test
    void anEventThatCannotGoOnGivesWay() {
        room.grown(first, 10);
        room.grown(second, 200);
        room.waits(first, 10);
        assertThat(second.hasRoom()).isTrue();
        assertThat(third.hasRoom()).isFalse();
        room.goesOn(first, 10);
        assertThat(first.hasRoom()).isTrue();
        assertThat(second.hasRoom()).isFalse();
    }

    @Test
    void eventsThatWaitAreMadeUpForByHalfOfTheLimit() {
        room.grown(first, 100);
        assertThat(second.hasRoom()).isFalse();
        room.waits(first, 100);
        room.grown(second, 49);
        assertThat(third.hasRoom()).isTrue();
        room.grown(third, 1);
        assertThat(second.hasRoom()).isTrue();
        assertThat(third.hasRoom()).isFalse();
        room.ended(first, 100);
        assertThat(third.hasRoom()).isTrue();
    }

    @Test
    void aNewOneBeginsWhenAllOthersWait() {
        room.grown(first, 150);
        room.waits(first, 150);
        assertThat(second.hasRoom()).isTrue();
        room.grown(second, 10);
        assertThat(second.hasRoom()).isTrue();
        assertThat(third.hasRoom()).isFalse();
    }
}
