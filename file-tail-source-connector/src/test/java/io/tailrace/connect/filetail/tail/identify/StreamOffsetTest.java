package io.tailrace.connect.filetail.tail.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class StreamOffsetTest {
    private static final FileKey KEY = new FileKey(-1, Long.MAX_VALUE);
    private static final FileKey COMPRESSED = new FileKey(-1, Long.MAX_VALUE, true);

    @Test
    void isReadAsItWasWritten() {
        Finished finished = new Finished(
                List.of(
                        new Finished.Left(new Bookmark(KEY, 1, -2, 3), 1_000),
                        new Finished.Left(new Bookmark(COMPRESSED, 4, 5, -6), 2_000)),
                500);
        StreamOffset offset = new StreamOffset(new StreamOffset.Generation(7, KEY, finished, 11), 8, -9, 10);
        StreamOffset.Saved saved = StreamOffset.parse(Map.copyOf(offset));
        assertThat(saved).isEqualTo(new StreamOffset.Saved(7, new Bookmark(KEY, 8, -9, 10), true, finished, 11));
    }

    @Test
    void tellsACompressedFileFromOneThatHadItsInodeBefore() {
        StreamOffset offset =
                new StreamOffset(new StreamOffset.Generation(7, COMPRESSED, Finished.NONE, 11), 8, -9, 10);
        assertThat(StreamOffset.parse(Map.copyOf(offset)).bookmark().key())
                .isEqualTo(COMPRESSED)
                .isNotEqualTo(KEY);
    }

    /** A worker hashes each record, and with it its offset: that must cost nothing. */
    @Test
    void isHashedWithoutBeingBuilt() {
        StreamOffset.Generation generation = new StreamOffset.Generation(7, KEY, null, 11);
        StreamOffset offset = new StreamOffset(generation, 8, -9, 10);
        assertThat(offset.hashCode()).isEqualTo(new StreamOffset(generation, 8, -9, 10).hashCode());
        assertThat(offset.hashCode()).isNotEqualTo(new StreamOffset(generation, 9, -9, 10).hashCode());
    }

    @Test
    void equalsTheMapThatItIs() {
        StreamOffset.Generation generation = new StreamOffset.Generation(7, KEY, Finished.NONE, 11);
        StreamOffset offset = new StreamOffset(generation, 8, -9, 10);
        assertThat(offset.equals(Map.copyOf(offset))).isTrue();
        assertThat(Map.copyOf(offset).equals(offset)).isTrue();
        assertThat(offset)
                .isEqualTo(new StreamOffset(generation, 8, -9, 10))
                .hasSameHashCodeAs(new StreamOffset(generation, 8, -9, 10))
                .isNotEqualTo(new StreamOffset(generation, 8, -9, 11));
    }

    @Test
    void aPositionIsEnough() {
        assertThat(StreamOffset.parse(Map.of("position", 5)).known()).isFalse();
    }

    @Test
    void saysWhichFieldIsWrong() {
        assertThatThrownBy(() -> StreamOffset.parse(Map.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("position")
                .hasMessageContaining("null");
        assertThatThrownBy(() -> StreamOffset.parse(Map.of("position", -5L))).hasMessageContaining("-5");
        assertThatThrownBy(() -> StreamOffset.parse(Map.of("position", 5L, "generation", "x")))
                .hasMessageContaining("generation")
                .hasMessageContaining("x");
        assertThatThrownBy(() -> StreamOffset.parse(Map.of("position", 5L, "finished", "1:2")))
                .hasMessageContaining("1:2");
    }

    @Test
    void remembersTheNewestAndThoseThatAreCollected() {
        Finished finished = afterFiles(100, key -> key.inode() < 5);
        assertThat(finished.files().stream()
                        .map(left -> left.bookmark().key().inode())
                        .toList())
                .hasSize(Finished.MIN + 5)
                .startsWith(0L, 1L, 2L, 3L, 4L, 68L)
                .endsWith(99L);
        assertThat(finished.beforeMillis()).isZero();
    }

    @Test
    void knowsTheAgeOfThoseThatAreBeyondItsLimit() {
        Finished finished = afterFiles(Finished.MAX + 10, key -> true);
        assertThat(finished.files()).hasSize(Finished.MAX);
        assertThat(finished.isForgotten(1_009)).isTrue();
        assertThat(finished.isForgotten(1_010)).isFalse();
    }

    private static Finished afterFiles(int count, Predicate<FileKey> collected) {
        Finished finished = Finished.NONE;
        for (int i = 0; i < count; i++) {
            finished = finished.with(new Finished.Left(new Bookmark(new FileKey(0, i), i, i, i), 1_000 + i), collected);
        }
        return finished;
    }
}
