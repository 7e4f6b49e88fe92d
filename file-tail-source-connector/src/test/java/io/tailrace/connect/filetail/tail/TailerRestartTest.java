package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Going on where an earlier task left off. */
class TailerRestartTest extends TailerFixture {
    @Test
    void goesOnAfterARestartWhereItLeftOff() {
        append(log, numbered(0, 3000));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll().restart().drain();
            assertThat(rig.lines()).isEqualTo(numberedLines(0, 3000));
        }
    }

    @Test
    void readsAgainWhatWasNotCommitted() {
        append(log, numbered(0, 1000));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll().commit().poll();
            assertThat(rig.newLines()).isEqualTo(numberedLines(0, 1000));
            rig.crash().drain();
            assertThat(rig.lines()).isEqualTo(numberedLines(500, 1000));
        }
    }

    @Test
    void startsAtThePositionThatAnOperatorGave() {
        append(log, numbered(0, 10));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.put(Map.of("stream", "host||" + log), Map.of(StreamOffset.POSITION, 9L));
            assertThat(rig.drain().lines()).isEqualTo(numberedLines(1, 10));
        }
    }

    @Test
    void remembersWhereItBeganAFileAtItsEnd() {
        append(log, "old\n");
        try (Rig rig = new Rig(Rig.entry(log, "'start_position':'end'"))) {
            assertThat(rig.drain().lines()).isEmpty();
            rig.stop();
            append(log, "new\n");
            assertThat(rig.crash().drain().lines()).containsExactly("new");
            append(log, "newer\n");
            assertThat(rig.crash().drain().lines()).containsExactly("new", "new", "newer");
        }
    }

    @Test
    void remembersHowFarItHasFilteredWithoutARecord() {
        append(log, "keep 1\n");
        try (Rig rig = new Rig(Rig.entry(log, "'include_lines':['keep']"))) {
            rig.drain().commit();
            append(log, "drop 1\ndrop 2\n");
            rig.drain().restart();
            assertThat(rig.filesOfState()).contains("\"reached\":{\"position\":21");
            append(log, "keep 2\n");
            assertThat(rig.drain().lines()).containsExactly("keep 1", "keep 2");
        }
    }
}
