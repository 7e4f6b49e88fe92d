package io.tailrace.connect.filetail.tail.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class StreamOffsetTest {
    private static final FileKey KEY = new FileKey(-1, Long.MAX_VALUE);

    @Test
    void isReadAsItWasWritten() {
        Finished finished = Finished.NONE.with(new Bookmark(KEY, 1, -2, 3)).with(new Bookmark(KEY, 4, 5, -6));
        StreamOffset offset = new StreamOffset(new StreamOffset.Generation(7, KEY, finished, 11), 8, -9, 10);
        StreamOffset.Saved saved = StreamOffset.parse(Map.copyOf(offset));
        assertThat(saved).isEqualTo(new StreamOffset.Saved(7, new Bookmark(KEY, 8, -9, 10), true, finished, 11));
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
    void remembersNoMoreThanItsLimit() {
        Finished finished = IntStream.range(0, 100)
                .mapToObj(i -> new Bookmark(new FileKey(0, i), i, i, i))
                .reduce(Finished.NONE, Finished::with, (a, b) -> b);
        assertThat(finished.bookmarks()).hasSize(Finished.MAX);
        assertThat(finished.bookmarks().get(Finished.MAX - 1).position()).isEqualTo(99);
    }
}
