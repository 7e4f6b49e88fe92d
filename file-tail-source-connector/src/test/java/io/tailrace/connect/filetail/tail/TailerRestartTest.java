package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "6, 1", "7, 1", "8, 2", "62, 9", "63, 9", "64, 10", "69, 10", "70, 10", "9999999999, 10"
    })
    void startsAtTheNextLineAfterThePositionThatAnOperatorGave(long position, int firstLine) {
        append(log, numbered(0, 10));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.put(Map.of("stream", "host||" + log), Map.of(StreamOffset.POSITION, position));
            assertThat(rig.drain().lines()).isEqualTo(numberedLines(firstLine, 10));
            append(log, numbered(10, 12));
            assertThat(rig.drain().lines()).isEqualTo(numberedLines(firstLine, 12));
        }
    }

    /** The tasks start when a rotation has moved it away and not made another yet, say. */
    @ParameterizedTest
    @CsvSource({"63, -1, 9", "64, -1, 10", "63, 0, 9", "63, 7, 9"})
    void startsThereThoughTheFileIsNotAtItsPathYet(long position, long generation, int firstLine) throws IOException {
        append(dir.resolve("app.log.1"), "old\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            Map<String, Object> offset = new HashMap<>(Map.of(StreamOffset.POSITION, position));
            if (generation >= 0) {
                offset.put(StreamOffset.GENERATION, generation);
            }
            rig.put(Map.of("stream", "host||" + log), offset);
            rig.crash().drain();
            append(log, numbered(0, 12));
            assertThat(rig.drain().lines()).isEqualTo(numberedLines(firstLine, 12));
            if (generation >= 0) {
                Map<String, ?> reached = rig.records().get(0).sourceOffset();
                assertThat(reached.get(StreamOffset.GENERATION)).isEqualTo(generation);
            }
            rotate();
            append(log, numbered(12, 14));
            assertThat(rig.drain().lines()).isEqualTo(numberedLines(firstLine, 14));
        }
    }

    /** The file is overwritten here, since no file system gives an inode away when a test wants it. */
    /** Two that go back, one that is removed, one whose file is away, and one that is left alone. */
    @Test
    void goesOnInSeveralFilesWhereAnOperatorWantsIt() throws IOException {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            append(dir.resolve(name), linesOf(name));
        }
        try (Rig rig = new Rig(Rig.entry(dir + "/*"))) {
            assertThat(rig.drain().commit().newLines()).hasSize(15);
            Files.delete(dir.resolve("e"));
            Map<String, Map<String, Object>> offsets = new HashMap<>();
            offsets.put("host||" + dir.resolve("a"), Map.of(StreamOffset.POSITION, 3));
            offsets.put("host||" + dir.resolve("b"), Map.of(StreamOffset.POSITION, 0));
            offsets.put("host||" + dir.resolve("c"), null);
            offsets.put("host||" + dir.resolve("e"), Map.of(StreamOffset.POSITION, 6));
            assertThat(rig.alter(offsets).drain().newLines())
                    .containsExactlyInAnyOrder("a1", "a2", "b0", "b1", "b2", "c0", "c1", "c2");
            append(dir.resolve("e"), linesOf("e"));
            assertThat(rig.drain().newLines()).containsExactly("e2");
            assertThat(rig.restart().drain().newLines()).isEmpty();
        }
    }

    /** Also those of a file and of what it was rotated to, in whatever order they come. */
    @Test
    void goesOnInAllGenerationsWhereAnOperatorWantsIt() throws IOException {
        append(log, linesOf("a"));
        try (Rig rig = new Rig(Rig.entry(dir + "/*"))) {
            rig.drain();
            for (String next : List.of("b", "c")) {
                rotate();
                append(log, linesOf(next));
                rig.drain();
            }
            assertThat(rig.commit().newLines()).hasSize(9);
            Map<String, Map<String, Object>> offsets = new HashMap<>();
            offsets.put("host||" + log, Map.of(StreamOffset.POSITION, 6));
            offsets.put("host||" + log + ".1", Map.of(StreamOffset.POSITION, 3));
            offsets.put("host||" + log + ".2", Map.of(StreamOffset.POSITION, 0));
            assertThat(rig.alter(offsets).drain().newLines())
                    .containsExactlyInAnyOrder("a0", "a1", "a2", "b1", "b2", "c2");
            assertThat(rig.restart().drain().newLines()).isEmpty();
        }
    }

    private static String linesOf(String name) {
        return name + "0\n" + name + "1\n" + name + "2\n";
    }

    @ParameterizedTest
    @CsvSource({"app.log, true", "app.log*, true", "app.log, false", "app.log*, false"})
    void missesNoGenerationThoughTheFileReadLastIsGoneAndANewerOneHasItsInode(String glob, boolean rotated)
            throws IOException {
        append(log, "read\n");
        try (Rig rig = new Rig(Rig.entry(dir.resolve(glob)))) {
            assertThat(rig.drain().commit().newLines()).containsExactly("read");
            rig.stop();
            long millis = Files.getLastModifiedTime(log).toMillis();
            Path reused = Files.move(log, dir.resolve("elsewhere"));
            for (int generation = 1; generation <= 3; generation++) {
                append(log, "missed " + generation + "\n");
                Files.setLastModifiedTime(log, FileTime.fromMillis(millis + 1_000L * generation));
                rotate();
            }
            Files.writeString(reused, "newer\n");
            Files.setLastModifiedTime(reused, FileTime.fromMillis(millis + 4_000));
            Files.move(reused, log);
            if (rotated) {
                rotate();
            }
            append(log, "active\n");
            rig.crash().drain();
            assertThat(rig.newLines()).containsExactly("missed 1", "missed 2", "missed 3", "newer", "active");
        }
    }

    /** Each write waits for the disk, and an edit of the entries restarts tasks with a thousand of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'service':'all lines are sent'",
                "'exclude_lines':['DEBUG']",
                "'exclude_lines':['.*']",
                "'start_position':'end'"
            })
    void writesNothingAtARestartThatBringsNothingNew(String member) {
        append(log, "one\nDEBUG\n");
        try (Rig rig = new Rig(Rig.entry(dir.resolve("app.log*"), member))) {
            rig.drain().restart().drain().restart();
            Map<Path, String> before = rig.stampsOfState();
            assertThat(before).hasSize(1);
            assertThat(rig.drain().restart().drain().stop().stampsOfState()).isEqualTo(before);
            append(log, "DEBUG again\n");
            assertThat(rig.crash().drain().restart().newLines()).doesNotHaveDuplicates();
        }
    }

    /** Some rotations count upwards and some downwards, so no name may tell that a file has been read. */
    @ParameterizedTest
    @CsvSource({
        "app.log.2, app.log.1",
        "app.log.1, app.log.2",
        "app.1.log, app.2.log",
        "app.log-20261121, app.log-20261122",
        "app.2026-11-21.9.log, app.2026-11-21.10.log"
    })
    void readsAFileThatWasLastWrittenToInTheSameTickAsTheOneThatWasRead(String read, String unread) throws IOException {
        FileTime tick = FileTime.fromMillis(System.currentTimeMillis() - 1000);
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            assertThat(rig.drain().commit().newLines()).containsExactly("one");
            rig.stop();
            Files.setLastModifiedTime(Files.move(log, dir.resolve(read)), tick);
            append(log, "two\n");
            Files.setLastModifiedTime(Files.move(log, dir.resolve(unread)), tick);
            append(log, "three\n");
            assertThat(rig.crash().drain().newLines()).containsExactly("two", "three");
        }
    }

    @Test
    void startsAtALineThatHasNoEndYetIfThePositionIsInIt() {
        append(log, "one\ntw");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.put(Map.of("stream", "host||" + log), Map.of(StreamOffset.POSITION, 5L));
            assertThat(rig.drain().lines()).isEmpty();
            append(log, "o\n");
            assertThat(rig.drain().lines()).containsExactly("two");
        }
    }

    @Test
    void whatIsRememberedLocallyDoesNotOutliveAReset() throws IOException {
        append(log, "one\nDEBUG\n");
        try (Rig rig = new Rig(Rig.entry(log, "'exclude_lines':['DEBUG']"))) {
            assertThat(rig.drain().newLines()).containsExactly("one");
            append(log, "two\n");
            assertThat(rig.drain().restart().drain().newLines()).containsExactly("two");
            assertThat(rig.reset("host||" + log).drain().newLines()).containsExactly("one", "two");
            rotate();
            append(log, "three\n");
            assertThat(rig.drain().commit().newLines()).containsExactly("three");
            assertThat(rig.reset("host||" + log).drain().newLines()).containsExactly("three");
        }
        try (Rig rig = new Rig(Rig.entry(log, "'exclude_lines':['three']"))) {
            assertThat(rig.drain().lines()).isEmpty();
            assertThat(rig.restart().filesOfState()).contains("reached");
            assertThat(rig.reset("host||" + log).stop().filesOfState()).doesNotContain("reached");
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
    void oneOfManyFilesAddsLittleToWhatItRemembers() {
        for (int i = 0; i < 50; i++) {
            append(dir.resolve(i + ".log"), "old\n");
        }
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log", "'start_position':'end'"))) {
            String many = rig.drain().filesOfState();
            append(dir.resolve("new.log"), "one\n");
            String more = rig.drain().filesOfState();
            assertThat(more).startsWith(many).hasSizeBetween(many.length() + 100, many.length() + 2000);
            rig.stop();
            append(dir.resolve("7.log"), "two\n");
            assertThat(rig.crash().drain().lines()).containsExactlyInAnyOrder("one", "one", "two");
        }
    }

    @Test
    void remembersItAgainIfStateDirIsRemoved() throws IOException {
        append(log, "old\n");
        try (Rig rig = new Rig(Rig.entry(log, "'start_position':'end'"))) {
            rig.drain();
            rig.removeState();
            rig.drain().stop();
            append(log, "new\n");
            assertThat(rig.crash().drain().lines()).containsExactly("new");
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

    /** Documents are known by it, and a line that was known already would be taken for one that is there. */
    @Test
    void givesNoGenerationANumberAgainAfterAReplay() throws IOException {
        String stream = "host||" + log;
        append(log, "one\n");
        // Else both files may be of one tick of the clock.
        Files.setLastModifiedTime(log, FileTime.fromMillis(System.currentTimeMillis() - 1000));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            rotate();
            append(log, "two\n");
            rig.drain().commit();
            long second = generation(rig, 1);
            assertThat(second).isEqualTo(generation(rig, 0) + 1);
            rig.age(Duration.ofSeconds(1));
            rig.reset(stream).drain();
            long afterReset = generation(rig, 2);
            assertThat(afterReset).isGreaterThan(second);
            rig.age(Duration.ofSeconds(1));
            rig.commit().stop().put(Map.of("stream", stream), Map.of("position", 0));
            assertThat(generation(rig.crash().drain(), 3)).isGreaterThan(afterReset);
            rig.commit().stop().put(Map.of("stream", stream), Map.of("position", 0, "generation", 7));
            assertThat(generation(rig.crash().drain(), 4)).isEqualTo(7);
            rotate();
            append(log, "three\n");
            assertThat(generation(rig.restart().drain(), 5)).isEqualTo(8);
            assertThat(rig.lines()).containsExactly("one", "two", "two", "two", "two", "three");
        }
    }

    private static long generation(Rig rig, int record) {
        return (long) rig.records().get(record).sourceOffset().get("generation");
    }
}
