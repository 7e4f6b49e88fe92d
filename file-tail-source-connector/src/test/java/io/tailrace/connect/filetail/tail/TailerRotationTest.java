package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.record.RecordFormat;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Files that are renamed. */
class TailerRotationTest extends TailerFixture {
    @Test
    void followsARenameAndReadsTheRestFirst() throws IOException {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            append(log, "two\n");
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "four\n");
            rig.poll();
            append(dir.resolve("app.log.1"), "three\n");
            assertThat(rig.drain().lines()).containsExactly("one", "two", "three", "four");
        }
    }

    @Test
    void aLineOfARotatedFileSaysWhereItWasCollectedAndStood() throws IOException {
        append(log, "one\n");
        RecordFormat format = new RecordFormat(false, false, true, Set.of(Fact.LOG_FILE_PATH, Fact.LOG_OFFSET));
        try (Rig rig = new Rig(settings -> settings.format(format), Rig.entry(log))) {
            rig.poll();
            append(log, "two\n");
            rotate();
            append(log, "three\n");
            rig.drain();
            String stream =
                    "{\"log.file.path\":\"" + log + "\",\"log.stream\":\"host||" + log + "\",\"log.generation\":";
            long first = (long) rig.records().get(0).sourceOffset().get("generation");
            assertThat(rig.records())
                    .extracting(
                            record -> record.headers().lastWithName("tailrace").value())
                    .containsExactly(
                            stream + first + ",\"log.offset\":0}",
                            stream + first + ",\"log.offset\":4}",
                            stream + (first + 1) + ",\"log.offset\":0}");
        }
    }

    @Test
    void sendsALineWithoutEndWhenItsFileIsLeft() throws IOException {
        append(log, "one\ntwo");
        try (Rig rig = new Rig(Rig.entry(log))) {
            assertThat(rig.drain().newLines()).containsExactly("one");
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "three\n");
            assertThat(rig.drain().lines()).containsExactly("two", "three");
        }
    }

    /** As if it had been deleted before it was read to its end, and its inode given to another. */
    @Test
    void missesNoGenerationAfterARotatedFileThatWasOverwritten() throws IOException {
        append(log, "first\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            rotate();
            append(log, "second\n");
            rig.poll();
            rotate();
            append(log, "third\n");
            rig.poll();
            Files.writeString(dir.resolve("app.log.2"), "other\n");
            assertThat(rig.drain().lines()).containsSubsequence("first", "second", "third");
        }
    }

    @Test
    void readsNoRotatedFileAgainThatTheGlobMatchesToo() throws IOException {
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                append(log, "first of " + i + "\n");
                rig.poll();
                append(log, "second of " + i + "\n");
                rotate();
                expected.addAll(List.of("first of " + i, "second of " + i));
                if (i % 2 == 0) {
                    rig.restart();
                }
                rig.drain();
            }
            rig.restart().drain();
            assertThat(rig.lines()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void readsLateLinesOfARotatedFileThatTheGlobMatchesToo() throws IOException {
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            rig.drain();
            rotate();
            append(log, "b1\n");
            assertThat(rig.drain().lines()).containsExactly("a1", "b1");
            append(dir.resolve("app.log.1"), "a2, late\n");
            assertThat(rig.drain().lines()).containsExactly("a1", "b1", "a2, late");
            append(dir.resolve("app.log.1"), "a3, later\n");
            assertThat(rig.restart().drain().lines()).containsExactly("a1", "b1", "a2, late", "a3, later");
        }
    }

    @Test
    void findsEveryGenerationOfARotationThatItMissed() throws IOException {
        append(log, "a1\na2\n");
        for (String glob : List.of("/app.log", "/app.log*")) {
            try (Rig rig = new Rig(Rig.entry(dir + glob))) {
                rig.poll().commit();
                assertThat(rig.newLines()).containsExactly("a1", "a2");
                append(log, "a3\n");
                rig.stop();
                rotate();
                append(log, "b1\n");
                rotate();
                append(log, "c1\n");
                rotate();
                append(log, "d1\n");
                assertThat(rig.crash().drain().lines()).containsExactly("a3", "b1", "c1", "d1");
            }
            clean();
            append(log, "a1\na2\n");
        }
    }

    /** More of them than a stream remembers to have finished. */
    @Test
    void readsEachOfManyGenerationsThatItMissedOnce() throws IOException {
        int generations = 40;
        append(log, numbered(0, 2));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll().restart().stop();
            for (int i = 1; i < generations; i++) {
                rotate();
                append(log, numbered(2 * i, 2 * i + 2));
                Files.setLastModifiedTime(log, FileTime.fromMillis(System.currentTimeMillis() + i));
            }
            rig.crash();
            while (rig.records().size() < 2 * generations) {
                rig.poll();
            }
            for (int poll = 0; poll < 20; poll++) {
                rig.poll();
            }
            assertThat(rig.lines()).containsExactlyElementsOf(numberedLines(0, 2 * generations));
        }
    }

    @Test
    void findsEveryGenerationOfQuickRotationsWhileRunning() throws IOException {
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            for (String next : List.of("b1\n", "c1\n", "d1\n")) {
                rotate();
                append(log, next);
            }
            assertThat(rig.drain().lines()).containsExactly("a1", "b1", "c1", "d1");
        }
    }

    @Test
    void doesNotTakeGenerationsThatAreOlderThanTheFirstForNew() throws IOException {
        append(dir.resolve("app.log.1"), "old\n");
        append(log, "new\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            rotate();
            append(log, "newer\n");
            assertThat(rig.drain().lines()).containsExactly("new", "newer");
        }
    }

    @Test
    void findsWhatCameAfterAFileThatHasBeenDeleted() throws IOException {
        append(dir.resolve("app.log.1"), "older\n");
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll().commit();
            rig.stop();
            rotate();
            append(log, "b1\n");
            rotate();
            append(log, "c1\n");
            Files.setLastModifiedTime(dir.resolve("app.log.3"), FileTime.fromMillis(1_000_000_000_000L));
            Files.delete(dir.resolve("app.log.2"));
            assertThat(rig.crash().drain().lines()).containsExactly("a1", "b1", "c1");
        }
    }

    @Test
    void aRotationInTheFirstScanAfterARestartRepeatsNothing() throws IOException {
        append(log, "a1\n");
        AtomicBoolean rotating = new AtomicBoolean();
        try (Rig rig = new Rig(
                settings -> settings.allowed(path -> {
                    if (rotating.getAndSet(false)) {
                        rotateUnchecked();
                    }
                    return true;
                }),
                Rig.entry(dir + "/app.log*"))) {
            rig.poll().commit();
            rig.stop();
            rotate();
            append(log, "b1\n");
            rotating.set(true);
            assertThat(rig.crash().drain().lines()).containsExactly("a1", "b1");
        }
    }

    @Test
    void findsAFileThatWasRotatedBeforeAnythingOfItWasCommitted() throws IOException {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            append(log, "two\n");
            rotate();
            append(log, "three\n");
            assertThat(rig.crash().drain().lines()).containsExactly("one", "one", "two", "three");
        }
    }
}
