package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rotated files that are compressed: read once, and not at all if they have been read before. */
class TailerGzipTest extends TailerFixture {
    private static final String BANNER = "the same in every file; ".repeat(60) + "that\n";

    private long modifiedMillis = System.currentTimeMillis() - 600_000;

    /** As gzip does it: with the time stamp of the file, which is gone then. */
    static Path gzip(Path file) {
        Path compressed = file.resolveSibling(file.getFileName() + ".gz");
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            Files.write(compressed, gzip(Files.readAllBytes(file)));
            Files.setLastModifiedTime(compressed, modified);
            Files.delete(file);
            return compressed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text);
        }
        return compressed.toByteArray();
    }

    /** As if it had been written to some time ago, but after all others. */
    private void age(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(modifiedMillis += 1000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsACompressedFileOnceFromItsBeginning() {
        append(log, numbered(0, 20_000) + "without an end");
        age(log);
        gzip(log);
        List<String> expected = new ArrayList<>(numberedLines(0, 20_000));
        expected.add("without an end");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            assertThat(rig.drain().newLines()).isEqualTo(expected);
            assertThat(rig.restart().drain().newLines()).isEmpty();
        }
    }

    @Test
    void goesOnInsideACompressedFileAfterARestart() {
        append(log, numbered(0, 20_000));
        age(log);
        gzip(log);
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            for (int i = 0; i < 10; i++) {
                rig.poll();
                rig.restart();
            }
            assertThat(rig.drain().restart().drain().lines()).isEqualTo(numberedLines(0, 20_000));
        }
    }

    @Test
    void goesToAPositionOfItsText() {
        append(log, numbered(0, 20_000));
        age(log);
        Path file = gzip(log);
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            rig.stop();
            rig.put(
                    Map.of("stream", "host||" + file),
                    Map.of("position", numbered(0, 15_000).length() + 1));
            assertThat(rig.crash().drain().lines()).isEqualTo(numberedLines(15_001, 20_000));
        }
    }

    @Test
    void readsAMemberThatIsAppendedWhileTheTaskIsDown() throws IOException {
        append(log, "line 0\nline 1\n");
        age(log);
        Path file = gzip(log);
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            assertThat(rig.drain().restart().drain().newLines()).containsExactly("line 0", "line 1");
            rig.stop();
            Files.write(file, gzip("line 2\nline 3\n".getBytes(StandardCharsets.UTF_8)), StandardOpenOption.APPEND);
            age(file);
            assertThat(rig.crash().drain().newLines()).containsExactly("line 2", "line 3");
            assertThat(rig.restart().drain().newLines()).isEmpty();
        }
    }

    @Test
    void readsNoFileAgainThatIsCompressedAfterItHasBeenRead() throws IOException {
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                append(log, BANNER + numbered(100 * i, 100 * i + 100));
                expected.add(BANNER.strip());
                expected.addAll(numberedLines(100 * i, 100 * i + 100));
                age(log);
                rig.drain();
                rotateCompressed();
                if (i % 2 == 0) {
                    rig.restart();
                }
                rig.drain();
            }
            assertThat(rig.restart().drain().lines()).isEqualTo(expected);
        }
    }

    /** With delaycompress: app.log.2 and those after it are compressed. */
    private void rotateCompressed() throws IOException {
        for (int i = 8; i > 1; i--) {
            Path from = dir.resolve("app.log." + i + ".gz");
            if (Files.exists(from)) {
                Files.move(from, dir.resolve("app.log." + (i + 1) + ".gz"));
            }
        }
        Path first = dir.resolve("app.log.1");
        if (Files.exists(first)) {
            Files.move(first, dir.resolve("app.log.2"));
            gzip(dir.resolve("app.log.2"));
        }
        Files.move(log, first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app.log", "/app.log*"})
    void findsTheRestOfAFileThatWasRotatedAndCompressedWhileTheTaskWasDown(String glob) throws IOException {
        append(log, BANNER + "a1\n");
        age(log);
        try (Rig rig = new Rig(Rig.entry(dir + glob))) {
            rig.poll().commit();
            assertThat(rig.newLines()).containsExactly(BANNER.strip(), "a1");
            rig.stop();
            append(log, "a2\n");
            for (String next : List.of("b", "c", "d")) {
                age(log);
                rotateCompressed();
                append(log, BANNER + next + "\n");
            }
            assertThat(rig.crash().drain().newLines())
                    .containsExactly("a2", BANNER.strip(), "b", BANNER.strip(), "c", BANNER.strip(), "d");
            assertThat(rig.restart().drain().newLines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app.log", "/app.log*"})
    void findsTheRestOfACopyThatHasBeenCompressed(String glob) throws IOException {
        append(log, "a1\n");
        age(log);
        try (Rig rig = new Rig(Rig.entry(dir + glob))) {
            rig.poll();
            append(log, "a2\n");
            age(log);
            Path copy = Files.copy(log, dir.resolve("app.log.1"));
            age(copy);
            Files.writeString(log, "b1\n");
            gzip(copy);
            assertThat(rig.drain().restart().drain().lines()).containsExactly("a1", "a2", "b1");
        }
    }

    @Test
    void aFileWithTheSameBeginningIsNotTakenForOneThatWasRead() {
        append(log, BANNER + "a1\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            rig.drain();
            Path other = dir.resolve("app.log.7");
            append(other, BANNER + "b1\n");
            age(other);
            gzip(other);
            assertThat(rig.drain().newLines()).containsExactly(BANNER.strip(), "a1", BANNER.strip(), "b1");
            rotateUnchecked();
            Path another = dir.resolve("app.log.8");
            append(another, BANNER + "c1\n");
            age(another);
            gzip(another);
            assertThat(rig.drain().restart().drain().newLines()).containsExactly(BANNER.strip(), "c1");
        }
    }

    /** The one of which less had been read has been deleted, and both begin alike. */
    @Test
    void goesToTheStreamThatHasReadMostOfIt() throws IOException {
        Path other = dir.resolve("app.log.1");
        append(log, BANNER);
        age(log);
        append(other, BANNER + "one\n");
        age(other);
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            assertThat(rig.drain().commit().newLines()).hasSize(3);
            rig.stop();
            Files.delete(log);
            gzip(other);
            assertThat(rig.crash().drain().newLines()).isEmpty();
        }
    }

    @Test
    void waitsForTheRestOfOneThatIsCutOff() throws IOException {
        byte[] whole = gzip(numbered(0, 30_000).getBytes(StandardCharsets.UTF_8));
        Path file = dir.resolve("app.log.1.gz");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        age(file);
        try (Rig rig = new Rig(Rig.entry(dir + "/*.gz"))) {
            int some = rig.drain().lines().size();
            assertThat(some).isBetween(5_000, 25_000);
            Files.write(file, whole);
            assertThat(rig.drain().restart().drain().lines()).isEqualTo(numberedLines(0, 30_000));
        }
    }

    @Test
    void sendsWhatComesBeforeDamageAndGoesOnWithOthers() throws IOException {
        byte[] damaged = gzip(numbered(0, 30_000).getBytes(StandardCharsets.UTF_8));
        damaged[damaged.length - 5] ^= 1;
        Files.write(dir.resolve("app.log.1.gz"), damaged);
        Files.writeString(dir.resolve("app.log.2.gz"), "this isn't gzip data\n");
        try (Stream<Path> files = Files.list(dir)) {
            files.forEach(this::age);
        }
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            assertThat(rig.drain().lines())
                    .contains("one")
                    .containsAll(numberedLines(0, 30_000))
                    .hasSize(30_001);
        }
    }

    @Test
    void leavesAloneWhatIsStillBeingCompressed() {
        append(dir.resolve("new.log"), "new\n");
        gzip(dir.resolve("new.log"));
        try (Rig rig = new Rig(Rig.entry(dir + "/*.gz"))) {
            assertThat(rig.poll().lines()).isEmpty();
            age(dir.resolve("new.log.gz"));
            assertThat(rig.drain().lines()).containsExactly("new");
        }
    }

    @Test
    void takesThoseThatExistForReadIfTheEntryBeginsAtTheEnd() {
        append(log, "old\n");
        age(log);
        gzip(log);
        try (Rig rig = new Rig(Rig.entry(dir + "/*", "'start_position':'end'"))) {
            assertThat(rig.drain().restart().drain().lines()).isEmpty();
            append(dir.resolve("later.log"), "later\n");
            age(dir.resolve("later.log"));
            gzip(dir.resolve("later.log"));
            assertThat(rig.drain().restart().drain().lines()).containsExactly("later");
        }
    }

    @Test
    void readsOneAfterTheOther() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Path file = dir.resolve(i + ".log");
            append(file, "of " + i + "\n");
            expected.add("of " + i);
            age(file);
            gzip(file);
        }
        try (Rig rig = new Rig(Rig.entry(dir + "/*"))) {
            assertThat(rig.drain().restart().drain().lines()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Of a line and a hole of which no more than a part is decompressed at once; and one that is longer than the limit. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 70_000, 400_000, 983_040, 1_200_000, 3_000_000})
    void readsLinesAndHolesOfAnyLength(int length) throws IOException {
        Path file = dir.resolve("old.log");
        append(file, numbered(0, 20_000) + "x".repeat(length) + "\n" + numbered(0, 20_000));
        append(file, "\0".repeat(length) + "after the hole\n" + "\0".repeat(length) + "last");
        age(file);
        gzip(file);
        List<String> expected = new ArrayList<>(numberedLines(0, 20_000));
        expected.add("x".repeat(Math.min(length, Entry.DEFAULT_MAX_LINE_BYTES)));
        expected.addAll(numberedLines(0, 20_000));
        expected.addAll(List.of("after the hole", "last"));
        try (Rig rig = new Rig(Rig.entry(dir + "/*"))) {
            assertThat(rig.drain().lines()).isEqualTo(expected);
            assertThat(rig.progress().unreadable()).isEmpty();
        }
    }

    @Test
    void aHugeLineIsPassedOverInSeveralPolls() throws IOException {
        Path file = dir.resolve("old.log");
        append(file, "x".repeat(40 << 20) + "\nafter it\n");
        age(file);
        gzip(file);
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/*"))) {
            assertThat(rig.poll().newLines()).hasSize(1).contains("one");
            append(log, "two\n");
            assertThat(rig.poll().newLines()).hasSize(1).contains("two");
            assertThat(rig.drain().newLines())
                    .extracting(String::length)
                    .containsExactly(Entry.DEFAULT_MAX_LINE_BYTES, "after it".length());
        }
    }
}
