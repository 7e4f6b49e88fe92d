package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.read.Opener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
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

    private interface Rotation {
        void run() throws IOException;
    }

    /** Rotates when the log is opened, once it has been armed: after the folder was listed, that is. */
    private static final class Rotator implements UnaryOperator<Opener> {
        private final Path log;
        private final Deque<Rotation> due = new ArrayDeque<>();

        Rotator(Path log) {
            this.log = log;
        }

        @Override
        public Opener apply(Opener real) {
            return path -> {
                if (path.equals(log) && !due.isEmpty()) {
                    due.remove().run();
                }
                return real.open(path);
            };
        }
    }

    private void copyAndTruncate() throws IOException {
        for (int i = 9; i > 0; i--) {
            if (Files.exists(dir.resolve("app.log." + i))) {
                Files.move(dir.resolve("app.log." + i), dir.resolve("app.log." + (i + 1)));
            }
        }
        Files.copy(log, dir.resolve("app.log.1"));
        Files.writeString(log, "");
    }

    /** A task is killed and starts again while logs are rotated. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void missesNothingThatIsCopiedAndTruncatedWhileATaskStarts(int before) throws IOException {
        Rotator rotator = new Rotator(log);
        append(log, "a1\n");
        try (Rig rig = new Rig(settings -> settings, rotator, Rig.entry(log))) {
            rig.drain().commit().newLines();
            append(log, "a2\n");
            List<String> expected = new ArrayList<>(List.of("a2"));
            for (int i = 0; i < before; i++) {
                copyAndTruncate();
                append(log, "before " + i + "\n");
                expected.add("before " + i);
            }
            rotator.due.add(() -> {
                copyAndTruncate();
                append(log, "after\n");
            });
            expected.add("after");
            rig.crash().drain();
            assertThat(rotator.due).isEmpty();
            assertThat(rig.newLines()).isEqualTo(expected);
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
