package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that can't be read for so long that they are passed over. */
class TailerUnreadableTest extends TailerFixture {
    private final FaultyDisk disk = new FaultyDisk();

    private Rig rig(Object path) {
        return new Rig(settings -> settings, disk, Rig.entry(path));
    }

    /** Copies made without the right to read them, as a setfacl on the log alone leaves them. */
    @Test
    void manyUnreadableSiblingsKeepTheLogForAMinuteInAll() throws IOException {
        append(log, numbered(0, 3));
        for (int i = 1; i <= 5; i++) {
            Path old = dir.resolve("app.log." + i);
            append(old, numbered(100 * i, 100 * i + 20));
            disk.forbidden.add(old);
        }
        try (Rig rig = rig(log)) {
            rig.drain();
            rig.newLines();
            Files.writeString(log, "b1\n");
            int seconds = 0;
            while (!rig.poll().lines().contains("b1") && seconds < 1000) {
                seconds++;
            }
            assertThat(seconds).as("seconds").isLessThan(80);
            assertThat(rig.progress().total().get(Count.TRUNCATIONS))
                    .as("truncations")
                    .isEqualTo(1);
        }
    }

    @Test
    void anUnreadableSiblingCountsNoTruncations() throws IOException {
        append(log, numbered(0, 3));
        Path old = dir.resolve("app.log.1");
        append(old, numbered(100, 120));
        disk.forbidden.add(old);
        try (Rig rig = rig(log)) {
            rig.drain();
            Files.writeString(log, "b1\n");
            for (int i = 0; i < 100; i++) {
                rig.poll();
            }
            assertThat(rig.lines()).contains("b1");
            assertThat(rig.progress().total().get(Count.TRUNCATIONS)).isEqualTo(1);
        }
    }

    /** The log itself can't be read for two minutes after a restart, and then it can. */
    @Test
    void nothingIsLostWhenALogCanNotBeReadForTwoMinutesAfterARestart() throws IOException {
        append(log, numbered(0, 3));
        try (Rig rig = rig(log)) {
            rig.drain();
            rig.newLines();
            append(log, "a1\n");
            disk.forbidden.add(log);
            rig.restart();
            for (int i = 0; i < 120; i++) {
                rig.poll();
            }
            append(log, "a2\n");
            disk.forbidden.clear();
            rig.drain();
            assertThat(rig.newLines()).containsExactly("a1", "a2");
            assertThat(rig.progress().total().get(Count.LOSSES)).as("losses").isZero();
        }
    }

    @Test
    void nothingIsLostWhenItIsRotatedMeanwhile() throws IOException {
        append(log, numbered(0, 3));
        try (Rig rig = rig(dir + "/app.log")) {
            rig.drain();
            rig.newLines();
            append(log, "a1\n");
            disk.forbidden.add(log);
            rig.restart();
            for (int i = 0; i < 120; i++) {
                rig.poll();
            }
            append(log, "a2\n");
            disk.forbidden.clear();
            rotate();
            append(log, "b1\n");
            rig.drain();
            assertThat(rig.newLines()).containsExactly("a1", "a2", "b1");
        }
    }
}
