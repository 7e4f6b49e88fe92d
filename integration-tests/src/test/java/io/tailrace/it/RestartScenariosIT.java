package io.tailrace.it;

import static io.tailrace.it.support.Scene.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.KafkaChanges;
import io.tailrace.it.support.LogFiles;
import io.tailrace.it.support.Scene;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.WorkerLog;
import io.tailrace.servers.Connect;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to log files, to positions and to Kafka while the source is down, stopped or killed, with every line counted. */
@ExtendWith(SharedServers.Extension.class)
class RestartScenariosIT {

    /** Rotated files that stay. */
    private static final int ALL = Integer.MAX_VALUE;

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long GIB = 1L << 30;

    /** Of 100 bytes each: more than fit into a producer's buffer. */
    private static final List<String> MANY_LINES = lines("x".repeat(80), 0, 150_000);

    private static final double SLOW_BYTES_PER_SECOND = 50_000;

    /** What a worker logs when a task has ended. */
    private static final String ITS_END = "Closing the Kafka producer";

    private final SharedServers servers;
    private final Connect worker;

    @TempDir
    private Path folder;

    RestartScenariosIT(SharedServers servers) {
        this.servers = servers;
        this.worker = servers.worker(Delivery.AT_LEAST_ONCE);
    }

    private Scene scene() {
        return new Scene(servers, worker, folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.log", "app.log*"})
    void aFileIsMovedWhileTheSourceIsDown(String glob) throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("read", 0, 100));
            scene.collect(scene.entry(glob));
            scene.arriveNext(lines("read", 0, 100));
            scene.stop();
            scene.append(file, lines("tail", 0, 100));
            LogFiles.rename(file, ALL);
            scene.append(file, lines("new", 0, 100));
            scene.resume();
            scene.arriveNext(lines("tail", 0, 100));
            scene.arriveNext(lines("new", 0, 100));
            scene.end();
        }
    }

    @ParameterizedTest
    @CsvSource({"move, app.log", "move, app.log*", "copy, app.log", "copy, app.log*"})
    void filesAreRotatedSeveralTimesWhileTheSourceIsDown(String way, String glob) throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("read", 0, 100));
            scene.collect(scene.entry(glob));
            scene.arriveNext(lines("read", 0, 100));
            scene.stop();
            List<String> missed = new ArrayList<>(lines("tail", 0, 100));
            scene.append(file, lines("tail", 0, 100));
            for (int generation = 0; generation < 5; generation++) {
                if (way.equals("move")) {
                    LogFiles.rename(file, ALL);
                } else {
                    LogFiles.copyTruncate(file, ALL);
                }
                scene.append(file, lines("generation" + generation, 0, 100));
                missed.addAll(lines("generation" + generation, 0, 100));
            }
            scene.resume();
            scene.arriveNext(missed);
            scene.end();
        }
    }

    /** Rotated while it is collected and while the source is down, with a restart after each rotation. */
    @Test
    void aGlobMatchesRotatedNamesTooAndTheSourceRestarts() throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("0", 0, 100));
            scene.collect(scene.entry("app.log*"));
            scene.arriveNext(lines("0", 0, 100));
            for (int round = 1; round <= 3; round++) {
                LogFiles.rename(file, ALL);
                scene.append(file, lines("up" + round, 0, 100));
                scene.arriveNext(lines("up" + round, 0, 100));
                scene.stop();
                LogFiles.rename(file, ALL);
                scene.append(file, lines("down" + round, 0, 100));
                scene.resume();
                scene.arriveNext(lines("down" + round, 0, 100));
            }
            scene.end();
        }
    }

    /** Of both kinds: what is not a number where one should be, and what is not even JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"position\":\"everywhere\"}", "not JSON"})
    void aSavedPositionIsUnreadable(String saved) {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("one", 0, 100));
            scene.collect(scene.entry("app.log"));
            scene.arriveNext(lines("one", 0, 100));
            scene.stop();
            WorkerLog log = new WorkerLog(worker);
            new KafkaChanges(servers.kafka().bootstrapServers())
                    .overwrite(
                            SharedServers.offsetsTopic(Delivery.AT_LEAST_ONCE),
                            file.toString(),
                            saved.getBytes(StandardCharsets.UTF_8));
            scene.append(file, lines("two", 0, 100));
            scene.resume();
            scene.arriveNext(lines("one", 0, 100));
            scene.arriveNext(lines("two", 0, 100));
            if (saved.startsWith("{")) {
                log.await(SOON, "WARN", "The saved offset of " + file, "position", "everywhere");
            } else {
                // Connect finds it before the source could.
                log.await(SOON, "ERROR", "Failed to deserialize offset data");
            }
            scene.end();
        }
    }

    /**
     * The file begins with a hole, so that no gigabytes have to be written; positions are as large as with them. The first
     * lines lie across the limits of 32-bit numbers.
     */
    @ParameterizedTest
    @ValueSource(longs = {2 * GIB - 100, 4 * GIB - 100, 5 * GIB})
    void positionsAreBeyondTwoAndFourGibibytes(long size) throws IOException {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(size);
            }
            scene.collect(scene.entry("*.log", "'start_position':'end'"));
            // A file that appears later is read from its beginning: its line proves that the first scan is over.
            scene.append(scene.file("later.log"), List.of("scanned"));
            scene.arriveNext(List.of("scanned"));
            scene.append(file, lines("one", 0, 20));
            scene.arriveNext(lines("one", 0, 20));
            scene.stop();
            assertThat(scene.position(file)).isEqualTo(Files.size(file)).isGreaterThan(size);

            scene.append(file, lines("two", 0, 20));
            scene.resume();
            scene.arriveNext(lines("two", 0, 20));
            scene.stop();
            // In the middle of the first line: reading goes on with the next.
            worker.alterOffsets(scene.source().name(), offsets("it-host||" + file, size + 3));
            scene.resume();
            scene.arriveNext(lines("one", 1, 20));
            scene.arriveNext(lines("two", 0, 20));

            scene.append(file, lines("tail", 0, 20));
            LogFiles.rename(file, ALL);
            scene.append(file, lines("new", 0, 20));
            scene.arriveNext(lines("tail", 0, 20));
            scene.arriveNext(lines("new", 0, 20));
            scene.end();
        }
    }

    private static String offsets(String stream, long position) {
        return "{\"offsets\":[{\"partition\":{\"stream\":\"%s\"},\"offset\":{\"position\":%d}}]}"
                .formatted(stream, position);
    }

    @Test
    void twoEntriesHaveTheSameFile() {
        try (Scene scene = scene()) {
            Path file = scene.file("app.log");
            scene.append(file, lines("one", 0, 100));
            scene.collect(scene.entry("app.log", "'id':'a'"), scene.entry("*.log", "'id':'b'"));
            scene.arrive(twice(lines("one", 0, 100)));
            scene.stop();
            scene.append(file, lines("two", 0, 100));
            scene.resume();
            scene.arrive(twice(lines("two", 0, 100)));
            scene.end();
        }
    }

    private static List<String> twice(List<String> lines) {
        List<String> twice = new ArrayList<>(lines);
        twice.addAll(lines);
        return twice;
    }

    @Test
    void theSourceIsStoppedWhileSendingIsBlocked() {
        try (Scene scene = scene()) {
            collectMoreThanKafkaTakes(scene);
            WorkerLog log = new WorkerLog(worker);
            worker.stopConnector(scene.source().name());
            Awaitility.await("the task still waits to send")
                    .during(Duration.ofSeconds(1))
                    .until(() -> log.find(ITS_END, producer(scene)).isEmpty());
            limit(scene, null);
            log.await(SOON, ITS_END, producer(scene));
            assertThat(scene.position(scene.file("app.log"))).isLessThan(size(scene.file("app.log")));
            scene.resume();
            scene.arriveNext(MANY_LINES);
            scene.end();
        }
    }

    @Test
    void linesThatWereNotAcknowledgedAreReadAgain() {
        try (Scene scene = scene()) {
            collectMoreThanKafkaTakes(scene);
            worker.kill();
            limit(scene, null);
            worker.start();
            int repeated = scene.arriveAtLeastOnce(MANY_LINES);
            System.out.printf("Unacknowledged: %d lines, %d repeated%n", MANY_LINES.size(), repeated);
        }
    }

    /** The producer's buffer, of 8 MiB, fills up, and the task waits for room in it. */
    private void collectMoreThanKafkaTakes(Scene scene) {
        limit(scene, SLOW_BYTES_PER_SECOND);
        scene.append(scene.file("app.log"), MANY_LINES);
        scene.collect(Map.of("producer.override.compression.type", "none"), scene.entry("app.log"));
        scene.arriveUntilStuck();
    }

    private void limit(Scene scene, Double bytesPerSecond) {
        new KafkaChanges(servers.kafka().bootstrapServers()).limit(producer(scene), bytesPerSecond);
    }

    private static String producer(Scene scene) {
        return "connector-producer-source-" + scene.site().topic() + "-0";
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
