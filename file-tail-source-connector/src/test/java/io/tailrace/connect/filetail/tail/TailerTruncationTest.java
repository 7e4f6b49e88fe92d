package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are truncated, with and without a copy. */
class TailerTruncationTest extends TailerFixture {
    /** The copy has a name that the glob matches too, and is seen while it is made. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 10})
    void waitsForACopyThatIsBeingMade(int tenths) throws IOException {
        append(log, numbered(0, 1000));
        Path copy = dir.resolve("app.log.1");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            rig.drain().newLines();
            byte[] all = Files.readAllBytes(log);
            Files.write(copy, Arrays.copyOf(all, all.length * tenths / 10));
            rig.poll();
            append(log, "last\n");
            rig.poll();
            Files.write(copy, Files.readAllBytes(log));
            Files.write(log, new byte[0]);
            append(log, "new\n");
            assertThat(rig.drain().newLines()).containsExactly("last", "new");
        }
    }

    @Test
    void beginsATruncatedFileAgain() throws IOException {
        append(log, "one\ntwo\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            Files.writeString(log, "3\n", StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(rig.drain().lines()).containsExactly("one", "two", "3");
        }
    }

    @Test
    void noticesAFileThatWasTruncatedAndGrewPastTheOldPosition() throws IOException {
        append(log, "one\ntwo\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            Files.writeString(log, "three\nfour\nfive\n", StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(rig.drain().lines()).containsExactly("one", "two", "three", "four", "five");
            Files.writeString(log, "six\nseven and eight\nnine\n", StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(rig.restart().drain().lines())
                    .containsExactly("one", "two", "three", "four", "five", "six", "seven and eight", "nine");
        }
    }

    @Test
    void readsTheRestOfACopyBeforeTheTruncatedFile() throws IOException {
        for (String glob : List.of("/app.log", "/app.log*")) {
            append(log, "one\ntwo\n");
            try (Rig rig = new Rig(Rig.entry(dir + glob))) {
                rig.poll();
                append(log, "three\n");
                Files.copy(log, dir.resolve("app.log.1"));
                Files.writeString(log, "four\n", StandardOpenOption.TRUNCATE_EXISTING);
                assertThat(rig.drain().restart().drain().lines()).containsExactly("one", "two", "three", "four");
            }
            clean();
        }
    }
}
