package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.filetail.entries.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How the tailer gets to know that something has happened to a file. */
@EnabledOnOs(OS.LINUX)
class TailerNoticeTest extends TailerFixture {
    /** Longer than a file that was read to its end is looked at by itself. */
    private static final Duration QUIET = Duration.ofSeconds(11);

    private static final Duration ROUND = Duration.ofSeconds(16);

    /** Polls while the rig's clock hardly goes on, so that nothing is due but what is heard of. */
    private static List<String> hear(Rig rig, int lines) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> rig.pollNow().lines().size() >= lines);
        return rig.newLines();
    }

    private static void settle(Rig rig) {
        rig.poll().poll().poll();
        rig.pass(QUIET);
        rig.poll().poll();
        rig.newLines();
    }

    private Rig quiet(String glob) {
        Rig rig = new Rig(Rig.entry(dir + glob)).watching();
        settle(rig);
        return rig;
    }

    @Test
    void hearsOfALineInAQuietFile() {
        append(log, "one\n");
        try (Rig rig = quiet("/*.log")) {
            append(log, "two\n");
            assertThat(hear(rig, 1)).containsExactly("two");
        }
    }

    @Test
    void hearsOfANewFileAndOfARotation() throws IOException {
        append(log, "one\n");
        try (Rig rig = quiet("/*.log")) {
            append(dir.resolve("new.log"), "two\n");
            assertThat(hear(rig, 1)).containsExactly("two");
            rotate();
            append(log, "three\n");
            assertThat(rig.drain().newLines()).containsExactly("three");
        }
    }

    @Test
    void hearsOfAFileThatLiesElsewhere() throws IOException {
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        append(elsewhere.resolve("real"), "one\n");
        Files.createSymbolicLink(dir.resolve("link.log"), elsewhere.resolve("real"));
        try (Rig rig = quiet("/*.log")) {
            append(elsewhere.resolve("real"), "two\n");
            assertThat(hear(rig, 1)).containsExactly("two");
        }
    }

    @Test
    void hearsOfAFileInAFolderThatIsMadeDeepBelow() throws IOException {
        try (Rig rig = quiet("/**/*.log")) {
            Path deep = Files.createDirectories(dir.resolve("a/b/c")).resolve("new.log");
            append(deep, "one\n");
            assertThat(hear(rig, 1)).containsExactly("one");
            settle(rig);
            append(deep, "two\n");
            assertThat(hear(rig, 1)).containsExactly("two");
        }
    }

    /** What was moved away goes on being heard, and what has its place now is what matters. */
    @Test
    void hearsOfAFolderThatHasTakenThePlaceOfAnother() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("logs"));
        append(folder.resolve("app.log"), "one\n");
        try (Rig rig = quiet("/logs/*.log")) {
            Files.move(folder, dir.resolve("logs.old"));
            Files.createDirectory(folder);
            append(folder.resolve("new.log"), "two\n");
            assertThat(rig.poll().poll().newLines()).containsExactly("two");
            settle(rig);
            append(folder.resolve("new.log"), "three\n");
            assertThat(hear(rig, 1)).containsExactly("three");
        }
    }

    @Test
    void seesThatALinkLeadsElsewhereByAnotherLink() throws IOException {
        for (String version : List.of("v1", "v2")) {
            append(Files.createDirectory(dir.resolve(version)).resolve("app.log"), version + "\n");
        }
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        Path current = Files.createSymbolicLink(elsewhere.resolve("current"), dir.resolve("v1"));
        Files.createSymbolicLink(dir.resolve("link.log"), current.resolve("app.log"));
        try (Rig rig = new Rig(Rig.entry(dir + "/link.log")).relyingOnWhatItHears()) {
            assertThat(rig.drain().newLines()).containsExactly("v1");
            Files.delete(current);
            Files.createSymbolicLink(current, dir.resolve("v2"));
            assertThat(rig.drain().newLines()).containsExactly("v2");
        }
    }

    @Test
    void readsWhatWasBeingCompressedThoughNothingTellsThatThisIsOver() {
        append(dir.resolve("app.log.1"), "one\n");
        TailerGzipTest.gzip(dir.resolve("app.log.1"));
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*")).relyingOnWhatItHears()) {
            assertThat(rig.poll().poll().lines()).isEmpty();
            rig.age(Rig.ROTATE_WAIT);
            assertThat(rig.poll().poll().lines()).containsExactly("one");
        }
    }

    @Test
    void readsWhatCouldNotBeOpenedThoughNothingTellsThatThisIsOver() {
        FaultyDisk disk = new FaultyDisk();
        append(log, "one\n");
        Path other = dir.resolve("app.log.1");
        disk.forbidden.add(other);
        try (Rig rig = new Rig(settings -> settings, disk, Rig.entry(dir + "/app.log*")).relyingOnWhatItHears()) {
            rig.drain();
            // Whether it is a copy of what was read can't be seen without opening it.
            append(other, "two\n");
            assertThat(rig.drain().lines()).containsExactly("one");
            disk.forbidden.clear();
            assertThat(rig.poll().poll().newLines()).contains("two");
        }
    }

    @Test
    void sendsAnEventWhenItsTimeIsOverThoughTheFileIsClosedBefore() {
        append(log, "one\n");
        Entry entry = Rig.entry(
                dir + "/*.log", "'close_idle':'1s'", "'multiline':{'pattern':'^ ','match':'after','timeout_ms':20000}");
        try (Rig rig = new Rig(entry).relyingOnWhatItHears()) {
            assertThat(rig.poll().poll().poll().lines()).isEmpty();
            rig.pass(Duration.ofSeconds(20));
            assertThat(rig.poll().lines()).containsExactly("one");
        }
    }

    @Test
    void seesWithinAScanIntervalWhatItCannotHear() {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            settle(rig);
            append(log, "two\n");
            append(dir.resolve("new.log"), "three\n");
            assertThat(rig.poll().newLines()).containsExactlyInAnyOrder("two", "three");
        }
    }

    @Test
    void findsWhatASilentWatchKeepsFromItAndReliesOnItNoMore() throws IOException {
        append(log, "one\n");
        setBack(log);
        setBack(dir);
        try (Rig rig = quiet("/*.log")) {
            rig.pass(ROUND);
            rig.poll();
            writeUnheard("two\n");
            assertThat(rig.poll().lines()).isEmpty();
            rig.pass(ROUND);
            assertThat(rig.poll().newLines()).containsExactly("two");
            rig.pass(QUIET);
            rig.poll();
            writeUnheard("three\n");
            assertThat(rig.poll().newLines()).containsExactly("three");
        }
    }

    /** The kernel tells nothing of what is written under a name in another folder; nor of what another host writes. */
    private void writeUnheard(String text) throws IOException {
        Path elsewhere = Files.createDirectory(dir.resolveSibling(dir.getFileName() + "-elsewhere"));
        Path other = Files.createLink(elsewhere.resolve("hard-link"), log);
        append(other, text);
        setBack(other);
        Files.delete(other);
        Files.delete(elsewhere);
    }

    /** So long ago that nobody looks again just because the time stamp is young. */
    private static void setBack(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.fromMillis(System.currentTimeMillis() - 10_000));
    }

    @Test
    void aRoundLooksAtEveryFileOfMany() {
        int files = 1500;
        IntStream.range(0, files).forEach(i -> append(dir.resolve(i + ".log"), "first\n"));
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            rig.drain();
            rig.newLines();
            settle(rig);
            IntStream.range(0, files).forEach(i -> append(dir.resolve(i + ".log"), i + "\n"));
            rig.drain();
            assertThat(rig.lines()).hasSize(files).doesNotHaveDuplicates();
        }
    }

    @Test
    void aFileThatIsClosedToMakeRoomWhenSomethingWasNoticedOfItIsReadAllTheSame() {
        int files = 3 * Rig.OPEN_FILES_MAX;
        IntStream.range(0, files).forEach(i -> append(dir.resolve(i + ".log"), "first\n"));
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            settle(rig);
            IntStream.range(0, files).forEach(i -> append(dir.resolve(i + ".log"), "second\n"));
            assertThat(rig.poll().poll().newLines()).hasSize(files);
        }
    }

    /** Scenario 8 of tailing: more files than the cap on open files. */
    @Test
    void moreBusyFilesThanMayBeOpenGetTheirShareEach() {
        int files = 200;
        String lines = "x".repeat(99) + "\n";
        IntStream.range(0, files)
                .forEach(i -> append(dir.resolve(i + ".log"), (i + " " + lines.substring(4)).repeat(1000)));
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            Set<String> served = new HashSet<>();
            int polls = 0;
            while (served.size() < files) {
                rig.pollAtOnce();
                polls++;
                List<String> batch = rig.newLines();
                batch.forEach(line -> served.add(line.substring(0, line.indexOf(' '))));
                assertThat(rig.progress().openFiles()).isLessThanOrEqualTo(Rig.OPEN_FILES_MAX);
                assertThat(polls)
                        .as("polls until each of %d files had a turn", files)
                        .isLessThan(100);
            }
            rig.drain();
        }
    }
}
