package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailerTest {
    @TempDir
    Path dir;

    private Path log;

    @BeforeEach
    void nameTheLog() {
        log = dir.resolve("app.log");
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String numbered(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to).forEach(i -> text.append("line ").append(i).append('\n'));
        return text.toString();
    }

    private static List<String> numberedLines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    @Test
    void readsWhatIsThereAndWhatIsAppended() {
        append(log, "one\ntwo\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            assertThat(rig.poll().newLines()).containsExactly("one", "two");
            append(log, "three\nfo");
            assertThat(rig.poll().newLines()).containsExactly("three");
            append(log, "ur\r\n\nfive\n");
            assertThat(rig.poll().newLines()).containsExactly("four", "five");
        }
    }

    @Test
    void findsFilesThatAppearLater() {
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            assertThat(rig.poll().newLines()).isEmpty();
            append(log, "one\n");
            append(dir.resolve("other.txt"), "not this\n");
            assertThat(rig.poll().newLines()).containsExactly("one");
        }
    }

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
    void sendsALineWithoutEndWhenItsFileIsLeft() throws IOException {
        append(log, "one\ntwo");
        try (Rig rig = new Rig(Rig.entry(log))) {
            assertThat(rig.drain().newLines()).containsExactly("one");
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "three\n");
            assertThat(rig.drain().lines()).containsExactly("two", "three");
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

    private void rotate() throws IOException {
        for (int i = 8; i > 0; i--) {
            Path from = dir.resolve("app.log." + i);
            if (Files.exists(from)) {
                Files.move(from, dir.resolve("app.log." + (i + 1)));
            }
        }
        Files.move(log, dir.resolve("app.log.1"));
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

    private void clean() throws IOException {
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
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
            Files.setLastModifiedTime(
                    dir.resolve("app.log.3"), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
            Files.delete(dir.resolve("app.log.2"));
            assertThat(rig.crash().drain().lines()).containsExactly("a1", "b1", "c1");
        }
    }

    @Test
    void aRotationInTheFirstScanAfterARestartRepeatsNothing() throws IOException {
        append(log, "a1\n");
        java.util.concurrent.atomic.AtomicBoolean rotating = new java.util.concurrent.atomic.AtomicBoolean();
        try (Rig rig = new Rig(
                settings -> settings.withAllowed(path -> {
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

    private void rotateUnchecked() {
        try {
            rotate();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void leavesCompressedFilesAlone() {
        append(dir.resolve("app.log.1.gz"), "\u001f\u008b\n");
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            assertThat(rig.drain().lines()).containsExactly("one");
        }
    }

    @Test
    void aFileOfTwoEntriesIsReadForEachIfTheirIdsDifferAndElseForOne() {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log), Rig.entry(dir + "/*.log"))) {
            assertThat(rig.drain().lines()).containsExactly("one");
        }
        try (Rig rig = new Rig(Rig.entry(log), Rig.entry(dir + "/*.log", "'id':'second'"))) {
            assertThat(rig.drain().lines()).containsExactly("one", "one");
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

    @Test
    void cutsALineThatIsTooLongAndKeepsItsNeighboursWhole() {
        append(log, "before\n" + "ä".repeat(40_000) + "\nafter\n");
        try (Rig rig = new Rig(Rig.entry(log, "'max_line_bytes':10001"))) {
            assertThat(rig.drain().lines()).containsExactly("before", "ä".repeat(5000), "after");
            assertThat(rig.records().get(1).headers().lastWithName("tailrace").value())
                    .isEqualTo("{\"log.flags\":[\"truncated\"]}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void hasMoreFilesThanItMayKeepOpen() {
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 50; i++) {
                    append(dir.resolve(i + ".log"), round + " " + i + "\n");
                }
                rig.drain();
            }
            assertThat(rig.lines()).hasSize(150).doesNotHaveDuplicates();
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
    void honoursTheRate() {
        append(log, numbered(0, 3000));
        try (Rig rig = new Rig(Rig.entry(log, "'send_rate':100"))) {
            for (int i = 0; i < 10; i++) {
                rig.poll();
            }
            assertThat(rig.lines().size()).isBetween(890, 1010);
        }
    }

    @Test
    void closesAnIdleFileAndStillSeesWhatIsAppended() {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain().pass(Duration.ofMinutes(6));
            rig.drain();
            append(log, "two\n");
            assertThat(rig.drain().lines()).containsExactly("one", "two");
        }
    }

    private static final String TRACE = "'multiline':{'pattern':'^\\\\s','match':'after'}";

    @Test
    void joinsTheLinesOfAStackTrace() {
        append(log, "one\nboom\n  at a\n\tat b\ntwo\n  at c\n");
        try (Rig rig = new Rig(Rig.entry(log, TRACE))) {
            assertThat(rig.poll().newLines()).containsExactly("one", "boom\n  at a\n\tat b");
            append(log, "  at d\n");
            assertThat(rig.drain().newLines()).containsExactly("two\n  at c\n  at d");
        }
    }

    @Test
    void readsAnEventAgainWholeAfterARestartInItsMidst() {
        append(log, "one\nboom\n  at a\n");
        try (Rig rig = new Rig(Rig.entry(log, TRACE))) {
            rig.poll().restart();
            append(log, "  at b\ntwo\n");
            assertThat(rig.drain().lines()).containsExactly("one", "boom\n  at a\n  at b", "two");
        }
    }

    @Test
    void joinsLinesToTheOneThatFollowsThem() {
        append(log, "one \\\ntwo \\\nthree\nfour\n");
        try (Rig rig = new Rig(Rig.entry(log, "'multiline':{'pattern':'\\\\\\\\$','match':'before'}"))) {
            assertThat(rig.poll().lines()).containsExactly("one \\\ntwo \\\nthree", "four");
        }
    }

    @Test
    void endsAnEventWithItsFile() throws IOException {
        append(log, "boom\n  at a\n");
        try (Rig rig = new Rig(Rig.entry(log, TRACE.replace("}", ",'timeout_ms':3600000}")))) {
            rig.poll();
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "  at b\n");
            assertThat(rig.drain().newLines()).containsExactly("boom\n  at a");
            Files.writeString(log, "x\n", StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(rig.drain().newLines()).containsExactly("  at b");
        }
    }

    @Test
    void dropsWhatIsBeyondTheLimitsOfAnEvent() {
        append(log, "boom\n  at a\n  at b\n  at c\nend\n");
        try (Rig rig = new Rig(Rig.entry(log, TRACE.replace("}", ",'max_lines':3}")))) {
            assertThat(rig.drain().lines()).containsExactly("boom\n  at a\n  at b", "end");
            assertThat(new String(
                            (byte[]) rig.records()
                                    .get(0)
                                    .headers()
                                    .lastWithName("tailrace")
                                    .value(),
                            java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("{\"log.flags\":[\"truncated\"]}");
        }
    }

    @Test
    void readsUtf16AndGbkByTheByte() throws IOException {
        Files.write(log, "\uFEFFone \u0a0a\r\ntwo\n".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
        Path gbk = dir.resolve("gbk.log");
        Files.write(gbk, "\u4e2d\u6587\n\u65e5\n".getBytes(java.nio.charset.Charset.forName("GBK")));
        try (Rig rig = new Rig(Rig.entry(log, "'encoding':'UTF-16LE'"), Rig.entry(gbk, "'encoding':'GBK'"))) {
            rig.poll().restart();
            Files.write(log, "three\n".getBytes(java.nio.charset.StandardCharsets.UTF_16LE), StandardOpenOption.APPEND);
            assertThat(rig.drain().lines())
                    .containsExactlyInAnyOrder("one \u0a0a", "two", "three", "\u4e2d\u6587", "\u65e5");
        }
    }

    @Test
    void keepsOnlyTheLinesThatAreWanted() {
        append(log, "INFO a\nDEBUG b\nERROR c\nERROR noise\n");
        try (Rig rig = new Rig(Rig.entry(log, "'include_lines':['^INFO','^ERROR']", "'exclude_lines':['noise']"))) {
            assertThat(rig.drain().lines()).containsExactly("INFO a", "ERROR c");
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

    @Test
    void whatCannotBeLookedAtHidesNothingElse() throws IOException {
        Files.createSymbolicLink(dir.resolve("loop.log"), dir.resolve("loop.log"));
        Files.createSymbolicLink(dir.resolve("broken.log"), dir.resolve("nowhere"));
        Files.createDirectories(dir.resolve("folder.log"));
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/**/*.log"))) {
            assertThat(rig.drain().lines()).containsExactly("one");
        }
    }

    @Test
    void comesBackFromAFileOfWhichNoLineIsWanted() {
        append(log, "no\n".repeat(10_000_000));
        append(log, "yes\n");
        try (Rig rig = new Rig(Rig.entry(log, "'include_lines':['yes']"))) {
            assertThat(rig.poll().lines()).isEmpty();
            assertThat(rig.drain().lines()).containsExactly("yes");
        }
    }

    @Test
    void anUnreadableFileKeepsNoOtherFromBeingRead() throws IOException {
        Files.createSymbolicLink(dir.resolve("a.log"), Path.of("/etc/hostname"));
        append(log, "one\n");
        try (Rig rig = new Rig(
                settings -> settings.withAllowed(path -> path.startsWith(dir)),
                Rig.entry(dir + "/*.log", "'start_position':'end'"))) {
            rig.poll();
            append(log, "two\n");
            assertThat(rig.drain().lines()).containsExactly("two");
        }
    }
}
