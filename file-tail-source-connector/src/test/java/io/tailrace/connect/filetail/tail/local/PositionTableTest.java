package io.tailrace.connect.filetail.tail.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PositionTableTest {
    private final PositionTable table = new PositionTable();

    private static Map<String, Object> offset(long position, String finished) {
        return Map.of(
                StreamOffset.POSITION,
                position,
                StreamOffset.GENERATION,
                0L,
                StreamOffset.MARKER,
                7L,
                StreamOffset.FINISHED,
                finished);
    }

    private static Optional<LocalPosition> left() {
        return Optional.of(new LocalPosition(null, offset(5, ""), offset(5, "left")));
    }

    private static Optional<LocalPosition> beyond() {
        return Optional.of(new LocalPosition(null, offset(5, ""), offset(9, "")));
    }

    @Test
    void tellsWhatHasChanged() {
        assertChanged("/a", left(), true);
        assertChanged("/a", left(), false);
        assertChanged("/a", beyond(), true);
        assertThat(table.all()).containsEntry("/a", beyond().get());
        assertChanged("/a", Optional.empty(), true);
        assertChanged("/a", Optional.empty(), false);
        assertThat(table.all()).isEmpty();
    }

    private void assertChanged(String path, Optional<LocalPosition> position, boolean changed) {
        table.nowWritten();
        table.update(path, position);
        assertThat(table.changes().keySet()).isEqualTo(changed ? Set.of(path) : Set.of());
        assertThat(table.changes().get(path)).isEqualTo(changed ? position.orElse(null) : null);
    }

    @Test
    void forgetsTheOldestOfTooManyThatWereLeft() {
        table.update("/read on", beyond());
        for (int i = 0; i <= PositionTable.MAX_LEFT; i++) {
            table.update("/" + i, left());
        }
        assertThat(table.all())
                .hasSize(1 + PositionTable.MAX_LEFT)
                .containsKeys("/read on", "/1", "/" + PositionTable.MAX_LEFT)
                .doesNotContainKey("/0");
    }

    @Test
    void countsNoneThatWasGoneOnWithOrForgotten() {
        table.update("/0", left());
        table.update("/1", left());
        table.update("/0", beyond());
        table.nowWritten();
        table.retain(Set.of("/0"));
        assertThat(table.changes()).containsOnlyKeys("/1").containsEntry("/1", null);
        for (int i = 2; i < 2 + PositionTable.MAX_LEFT; i++) {
            table.update("/" + i, left());
        }
        assertThat(table.all()).hasSize(1 + PositionTable.MAX_LEFT).containsKeys("/0", "/2");
    }
}
