package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Count;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What counts as a loss: a warning that comes without need is soon not read any more. */
class TailerLossesTest extends TailerFixture {
    @Test
    void aRotatedFileThatWasReadAndRemovedIsNoLossAtAnyRestart() throws IOException {
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            rig.drain();
            rotate();
            append(log, "b1\n");
            rig.drain().restart().drain();
            Files.delete(dir.resolve("app.log.1"));
            rig.drain();
            for (int restart = 0; restart < 3; restart++) {
                rotate();
                append(log, "c" + restart + "\n");
                rig.drain().restart().drain();
                assertThat(count(rig, Count.LOSSES)).isZero();
            }
            assertThat(rig.lines()).containsExactly("a1", "b1", "c0", "c1", "c2");
        }
    }

    @Test
    void aFileThatVanishedWhileTheTaskWasDownIsOneLoss() throws IOException {
        append(log, "a1\n");
        append(dir.resolve("app.log.1"), "old\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            rig.drain().commit().stop();
            Files.delete(dir.resolve("app.log.1"));
            assertThat(count(rig.crash().drain(), Count.LOSSES)).isEqualTo(1);
            rotate();
            append(log, "b1\n");
            assertThat(count(rig.drain().restart().drain(), Count.LOSSES)).isZero();
        }
    }

    private static long count(Rig rig, Count what) {
        return rig.progress().total().get(what);
    }
}
