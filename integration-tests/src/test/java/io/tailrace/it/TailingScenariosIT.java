package io.tailrace.it;

import static io.tailrace.it.support.Scene.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.LogFiles;
import io.tailrace.it.support.Scene;
import io.tailrace.it.support.SharedServers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to log files while they are collected, from the file to Kafka, with every line counted. */
@ExtendWith(SharedServers.Extension.class)
class TailingScenariosIT {

    /** Rotated files that stay. */
    private static final int ALL = Integer.MAX_VALUE;

    private static final int INODES_MAX = 5_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final SharedServers servers;

    @TempDir
    private Path folder;

    TailingScenariosIT(SharedServers servers) {
        this.servers = servers;
    }

    private Scene scene() {
        return new Scene(servers, servers.worker(Delivery.AT_LEAST_ONCE), folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.log", "*.log*"})
    void threeFilesAreRotatedQuicklyThreeTimesEach(String glob) throws IOException {
        try (Scene scene = scene()) {
            scene.collect(scene.entry(glob));
            List<String> written = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                scene.append(scene.file(name + ".log"), lines(name, 0, 1));
                written.addAll(lines(name, 0, 1));
            }
            scene.arrive(written);
            written.clear();
            for (int round = 1; round <= 3; round++) {
                for (String name : List.of("a", "b", "c")) {
                    Path file = scene.file(name + ".log");
                    LogFiles.rename(file, ALL);
                    scene.append(file, lines(name, 10 * round, 10 * round + 10));
                    written.addAll(lines(name, 10 * round, 10 * round + 10));
                }
            }
            scene.arrive(written);
            scene.end();
        }
    }

    /** Each by itself; files of 10 lines are smaller than the fingerprint, files of 1,000 larger. */
    @ParameterizedTest
    @CsvSource({
        "move, keep, 10", "move, delete, 10", "move, keep, 1000", "move, delete, 1000",
        "copy, keep, 10", "copy, delete, 10", "copy, keep, 1000", "copy, delete, 1000"
    })
    void filesAreRotatedByMoveAndByCopyTruncate(String way, String oldGenerations, int size) throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("first", 0, size));
            scene.collect(scene.entry("app.log"));
            scene.arriveNext(lines("first", 0, size));
            for (int round = 0; round < 2; round++) {
                scene.append(file, lines("tail" + round, 0, size));
                if (way.equals("move")) {
                    LogFiles.rename(file, ALL);
                } else {
                    LogFiles.copyTruncate(file, ALL);
                }
                scene.append(file, lines("new" + round, 0, size));
                scene.arriveNext(lines("tail" + round, 0, size));
                scene.arriveNext(lines("new" + round, 0, size));
                if (oldGenerations.equals("delete")) {
                    Files.delete(LogFiles.rotated(file, 1));
                }
            }
            scene.end();
        }
    }

    @Test
    void aFileIsMovedOutOfTheGlobWhileItIsWritten() throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            try (OutputStream writer = Files.newOutputStream(file, StandardOpenOption.CREATE)) {
                write(writer, lines("before", 0, 100));
                scene.collect(scene.entry("*.log"));
                scene.arriveNext(lines("before", 0, 100));
                Files.move(file, scene.file("elsewhere/kept"));
                write(writer, lines("moved", 0, 100));
                scene.arriveNext(lines("moved", 0, 100));
            }
            scene.append(file, lines("new", 0, 100));
            scene.arriveNext(lines("new", 0, 100));
            scene.end();
        }
    }

    private static void write(OutputStream writer, List<String> lines) throws IOException {
        writer.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Also by less, by as much, and by more than was in it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1000})
    void aFileIsTruncatedAndThenWritten(int lines) throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("one", 0, 100));
            scene.collect(scene.entry("app.log"));
            scene.arriveNext(lines("one", 0, 100));
            LogFiles.truncate(file);
            scene.append(file, lines("two", 0, lines));
            scene.arriveNext(lines("two", 0, lines));
            scene.end();
        }
    }

    @Test
    void aCopyHasAnUnreadTailAndTheOriginalNewLines() throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("read", 0, 100));
            scene.collect(scene.entry("app.log"));
            scene.arriveNext(lines("read", 0, 100));
            scene.stop();
            scene.append(file, lines("tail", 0, 100));
            LogFiles.copyTruncate(file, ALL);
            scene.append(file, lines("new", 0, 1000));
            scene.resume();
            scene.arriveNext(lines("tail", 0, 100));
            scene.arriveNext(lines("new", 0, 1000));
            scene.append(file, lines("newer", 0, 1));
            scene.arriveNext(lines("newer", 0, 1));
            scene.end();
        }
    }

    @Test
    void aLineArrivesInSeveralWrites() {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, List.of("whole"));
            scene.collect(scene.entry("*.log"));
            scene.arriveNext(List.of("whole"));
            scene.appendText(file, "in ");
            // A line of another file, which is written after it, arrives: so the first part has been looked at.
            scene.append(scene.file("other.log"), List.of("other"));
            scene.arriveNext(List.of("other"));
            scene.appendText(file, "several");
            scene.stop();
            assertThat(scene.position(file)).isEqualTo("whole\n".length());
            scene.resume();
            scene.appendText(file, " writ");
            scene.appendText(file, "es\nnext\n");
            scene.arriveNext(List.of("in several writes", "next"));
            scene.end();
        }
    }

    @Test
    void thereAreMoreFilesThanMayBeOpen() throws IOException {
        try (Scene scene = scene()) {
            List<String> written = new ArrayList<>();
            for (int file = 0; file < 50; file++) {
                scene.append(scene.file(file + ".log"), lines("first of " + file, 0, 20));
                written.addAll(lines("first of " + file, 0, 20));
            }
            scene.collect(Map.of("open.files.max", "5"), scene.entry("*.log"));
            scene.arrive(written);
            awaitOpen(scene.file(""), 5);
            written.clear();
            for (int file = 49; file >= 0; file--) {
                scene.append(scene.file(file + ".log"), lines("second of " + file, 0, 20));
                written.addAll(lines("second of " + file, 0, 20));
            }
            scene.arrive(written);
            awaitOpen(scene.file(""), 5);
            scene.end();
        }
    }

    @Test
    void aHugeLineIsCutAndItsNeighboursArriveWhole() {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, List.of("before", "x".repeat(3 << 20), "after"));
            scene.collect(scene.entry("app.log", "'max_line_bytes':500000"));
            scene.arriveNext(List.of("before", "x".repeat(500_000), "after"));
            assertThat(flags(scene, 0)).isEmpty();
            assertThat(flags(scene, 1)).contains("truncated");
            assertThat(flags(scene, 2)).isEmpty();
            scene.end();
        }
    }

    private static String flags(Scene scene, int record) {
        byte[] header =
                scene.records().get(record).headers().lastHeader("tailrace").value();
        String json = new String(header, StandardCharsets.UTF_8);
        int at = json.indexOf("log.flags");
        return at < 0 ? "" : json.substring(at);
    }

    @Test
    void aLineIsCutInsideACharacter() {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, List.of("日本語日本語", "short", "aé€😀😀😀"));
            // 16 bytes: in the middle of the last character of both.
            scene.collect(scene.entry("app.log", "'max_line_bytes':16"));
            scene.arriveNext(List.of("日本語日本", "short", "aé€😀😀"));
            scene.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "GB18030", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
    void linesAreInAnotherEncoding(String encoding) {
        Charset charset = Charset.forName(encoding);
        // Halves of these have the value of a line feed, in one byte order or the other.
        List<String> wide = List.of("上海 first", "ਊ Ċ ഊ \u0A0D second", "third 北京");
        // Second bytes from 0x30 and from 0x40 on, which are ASCII characters.
        List<String> narrow = List.of("上海 丂丄丅 first", "second 侊乗", "third 北京");
        List<String> first =
                encoding.startsWith("UTF") ? wide : encoding.startsWith("GB") ? narrow : List.of("é", "ü ÿ");
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            byte[] bytes = (String.join("\n", first) + "\n").getBytes(charset);
            scene.appendBytes(file, bytes);
            scene.collect(scene.entry("app.log", "'encoding':'" + encoding + "'"));
            scene.arriveNext(first);
            scene.stop();
            assertThat(scene.position(file)).isEqualTo(bytes.length);
            scene.appendBytes(file, (String.join("\r\n", first) + "\r\n").getBytes(charset));
            scene.resume();
            scene.arriveNext(first);
            scene.end();
        }
    }

    /** Exactly 0 to 19,999, copied and truncated ten times in mid-stream. */
    @Test
    void twentyThousandLinesAreWrittenOverCopyTruncate() throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("n", 0, 1_000));
            scene.collect(scene.entry("app.log"));
            scene.arriveNext(lines("n", 0, 1_000));
            for (int from = 1_000; from < 20_000; from += 500) {
                scene.append(file, lines("n", from, from + 500));
                if (from % 2_000 == 0) {
                    LogFiles.copyTruncate(file, ALL);
                }
            }
            scene.arriveNext(lines("n", 1_000, 20_000));
            scene.end();
        }
    }

    @Test
    void theDescriptorOfADeletedFileIsFreed() throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("one", 0, 100));
            scene.collect(scene.entry("*.log"));
            scene.arriveNext(lines("one", 0, 100));
            assertThat(descriptors(file)).isEqualTo(1);
            scene.append(file, lines("last", 0, 100));
            Files.delete(file);
            scene.arriveNext(lines("last", 0, 100));
            awaitOpen(file, 0);
            scene.end();
        }
    }

    private void awaitOpen(Path file, int most) {
        Awaitility.await(most + " descriptors of " + file).atMost(SOON).until(() -> descriptors(file) <= most);
    }

    /** How many the worker has of a file, or of those in a folder; a deleted one's name goes on with a remark. */
    private long descriptors(Path file) throws IOException {
        Path descriptors = Path.of(
                "/proc", Long.toString(servers.worker(Delivery.AT_LEAST_ONCE).pid()), "fd");
        assumeTrue(Files.isDirectory(descriptors), "Only Linux tells which files a process has open");
        try (Stream<Path> links = Files.list(descriptors)) {
            return links.filter(link -> target(link).startsWith(file.toString()))
                    .count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    /** From a few bytes to some thousands at once, in the same task and over a restart. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileGrowsPastTheFingerprintBetweenTwoLooks(boolean restart) {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("few", 0, 3));
            scene.collect(scene.entry("app.log"));
            scene.arriveNext(lines("few", 0, 3));
            if (restart) {
                scene.stop();
            }
            scene.append(file, lines("many", 0, 1_000));
            if (restart) {
                scene.resume();
            }
            scene.arriveNext(lines("many", 0, 1_000));
            scene.end();
        }
    }

    /** A file is deleted, and the next one gets its inode and is longer than what had been read. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInodeIsReusedAtOnce(boolean restart) throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("old", 0, 100));
            scene.collect(scene.entry("app.log", "'close_idle':'1s'"));
            scene.arriveNext(lines("old", 0, 100));
            if (restart) {
                scene.stop();
            } else {
                awaitOpen(file, 0);
            }
            Object inode = Files.getAttribute(file, "unix:ino");
            Files.delete(file);
            Files.move(fileWith(inode), file);
            scene.append(file, lines("new", 0, 1_000));
            if (restart) {
                scene.resume();
            }
            scene.arriveNext(lines("new", 0, 1_000));
            scene.end();
        }
    }

    /** A file system gives free inodes away in an order of its own. */
    private Path fileWith(Object inode) throws IOException {
        for (int attempt = 0; attempt < INODES_MAX; attempt++) {
            Path file = Files.createFile(folder.resolve("logs/no-log-" + attempt));
            if (inode.equals(Files.getAttribute(file, "unix:ino"))) {
                return file;
            }
        }
        return abort("The file system has not given the inode away again");
    }

    /** Two files whose first kilobytes are the same, both growing, then renamed to each other's names while nobody looks. */
    @Test
    void filesHaveIdenticalFirstKilobytes() throws IOException {
        try (Scene scene = scene()) {
            Path a = scene.file("a.log");
            Path b = scene.file("b.log");
            List<String> head = lines("the same head", 0, 200);
            scene.append(a, head);
            scene.append(b, head);
            scene.collect(scene.entry("*.log*"));
            List<String> both = new ArrayList<>(head);
            both.addAll(head);
            scene.arrive(both);
            scene.append(a, lines("a", 0, 10));
            scene.append(b, lines("b", 0, 20));
            List<String> ends = new ArrayList<>(lines("a", 0, 10));
            ends.addAll(lines("b", 0, 20));
            scene.arrive(ends);
            scene.stop();
            scene.append(a, lines("a", 10, 20));
            LogFiles.rename(a, ALL);
            scene.append(a, head);
            scene.append(b, lines("b", 20, 30));
            scene.resume();
            List<String> rest = new ArrayList<>(lines("a", 10, 20));
            rest.addAll(head);
            rest.addAll(lines("b", 20, 30));
            scene.arrive(rest);
            scene.end();
        }
    }
}
