package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            poll(rig, 100);
            assertThat(rig.lines()).contains("b1");
            assertThat(rig.progress().total().get(Count.TRUNCATIONS)).isEqualTo(1);
        }
    }

    /** The log itself can't be read for two minutes after a restart, and then it can. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsLostOfALogThatCanNotBeReadForTwoMinutes(boolean rotated) throws IOException {
        append(log, numbered(0, 3));
        try (Rig rig = rig(log)) {
            rig.drain();
            rig.newLines();
            append(log, "a1\n");
            disk.forbidden.add(log);
            rig.restart();
            poll(rig, 120);
            append(log, "a2\n");
            disk.forbidden.clear();
            if (rotated) {
                rotate();
            }
            append(log, "b1\n");
            assertThat(rig.drain().newLines()).containsExactly("a1", "a2", "b1");
            assertThat(rig.progress().total().get(Count.LOSSES)).isZero();
        }
    }

    private static void poll(Rig rig, int polls) {
        for (int poll = 0; poll < polls; poll++) {
            rig.poll();
        }
    }
}
