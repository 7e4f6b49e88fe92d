package io.tailrace.connect.filetail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.watch.EntriesWatch;
import io.tailrace.servers.Etcd;
import io.tailrace.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector's entries follow keys in a real etcd, through the real provider. */
class EntriesFromEtcdIT {
    private static final String ALL = "/logagent/all/logconfig";
    private static final String HOST = "/logagent/host1/logconfig";
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path state;

    private final Etcd etcd = Etcd.create();
    private RecordingContext context = new RecordingContext();
    private FileTailSourceConnector connector = new FileTailSourceConnector();

    @BeforeEach
    void startEtcd() {
        etcd.start();
    }

    @AfterEach
    void stop() {
        connector.stop();
        etcd.close();
    }

    @Test
    void anEditIsAnnouncedWithinASecondAndAnIdenticalOneIsNot() {
        etcd.put(ALL, list("a", "t"));
        startConnector();
        assertThat(tasks()).contains("/var/log/a\"");
        assertThat(context.requests()).isZero();

        long before = System.nanoTime();
        etcd.put(ALL, list("b", "t"));
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(1))
                .until(() -> context.requests() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(tasks()).contains("/var/log/b\"").doesNotContain("/var/log/a\"");
        assertThat(context.threads()).allMatch(name -> name.equals("tailrace-entries-test"));

        etcd.put(ALL, " " + list("b", "t") + "\n");
        etcd.put(HOST, list("c", "t"));
        await().atMost(SOON).until(() -> tasks().contains("/var/log/c\""));
        awaitRequests(2);
    }

    @Test
    void keysAreMergedAndADeletedOneContributesNothing() {
        etcd.put(ALL, list("a", "all"));
        etcd.put(HOST, list("a", "host"));
        startConnector();
        assertThat(tasks()).contains("\"host\"").doesNotContain("\"all\"");
        etcd.delete(HOST);
        await().atMost(SOON).until(() -> tasks().contains("\"all\""));
        etcd.delete(ALL);
        await().atMost(SOON).until(() -> connector.taskConfigs(4).isEmpty());
        etcd.put(HOST, list("later", "t"));
        await().atMost(SOON).until(() -> tasks().contains("later"));
    }

    @Test
    void aBadListIsRefusedOnceAndTheLastGoodOneStays() {
        etcd.put(ALL, list("a", "t"));
        etcd.put(HOST, list("h", "t"));
        startConnector();
        String good = tasks();
        assertThat(context.metric("refused-keys")).hasValue(0L);
        try (LogCapture log = LogCapture.of("io.tailrace.connect.filetail.watch")) {
            etcd.put(ALL, "[{\"path\":\"/etc/shadow\",\"topic\":\"t\",\"colour\":1}]");
            await().atMost(SOON).until(() -> !log.messages().isEmpty());
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("ERROR", ALL, "entry 1, field 'colour'", "\"/etc/shadow\"", "stays in force");
            assertThat(tasks()).isEqualTo(good);
            assertThat(context.requests()).isZero();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(context.metric("refused-keys")).hasValue(1L));
            assertThat(context.metric("entries")).hasValue(2);
        }
        etcd.put(ALL, list("mended", "t"));
        await().atMost(SOON).until(() -> tasks().contains("mended") && tasks().contains("/var/log/h\""));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(context.metric("refused-keys")).hasValue(0L));
        connector.stop();
        assertThat(context.metric("refused-keys")).isEmpty();
    }

    @Test
    void aHundredEditsInASecondAreOneOrTwoReconfigurationsAndTheLastIsWhatRuns() {
        startConnector();
        long begun = System.nanoTime();
        for (int i = 1; i <= 100; i++) {
            etcd.put(ALL, list("edit" + i, "t"));
        }
        // A slow disk may take longer for them than a second, and then some may rightly be applied in between.
        long secondsMore = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        await().atMost(SOON).until(() -> tasks().contains("/var/log/edit100\""));
        await().atMost(SOON).untilAsserted(() -> assertThat(context.requests()).isBetween(1, 2 + (int) secondsMore));
    }

    @Test
    void whenEtcdIsAwayAtStartTheLastGoodEntriesRunAndEtcdIsFollowedOnceItIsBack() {
        etcd.put(ALL, list("a", "t"));
        startConnector();
        String good = tasks();
        connector.stop();
        etcd.kill();

        try (LogCapture log = LogCapture.of("io.tailrace.connect")) {
            startConnector("4", 1_000);
            assertThat(tasks()).isEqualTo(good);
            assertThat(log.messages()).anyMatch(message -> message.contains(ALL + " cannot be read"));
            etcd.start();
            etcd.put(ALL, list("b", "t"));
            await().atMost(Duration.ofSeconds(20)).until(() -> tasks().contains("/var/log/b\""));
            awaitRequests(1);
        }
    }

    @Test
    void whenEtcdIsAwayAtTheFirstStartThereAreNoTasksUntilItIsThere() {
        etcd.put(ALL, list("a", "t"));
        etcd.kill();
        try (LogCapture log = LogCapture.of("io.tailrace.connect")) {
            startConnector("4", 1_000);
            assertThat(connector.taskConfigs(4)).isEmpty();
            assertThat(log.messages()).isNotEmpty();
            etcd.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !connector.taskConfigs(4).isEmpty());
            awaitRequests(1);
        }
    }

    @Test
    void aListThatIsTooLargeForOneTaskIsRefused() {
        etcd.put(ALL, list("a", "t"));
        startConnector("1", 9_000);
        String good = tasks();
        try (LogCapture log = LogCapture.of("io.tailrace.connect.filetail.watch")) {
            etcd.put(HOST, longList());
            await().atMost(SOON).until(() -> !log.messages().isEmpty());
            assertThat(log.messages()).singleElement().asString().contains("at most 900000", "tasks.max");
            assertThat(tasks()).isEqualTo(good);
            assertThat(context.requests()).isZero();
        }
    }

    @Test
    void anEditSoonAfterAnotherWaitsUntilTheTasksOfThatHaveHadTimeToStart() {
        startConnector();
        etcd.put(ALL, list("one", "t"));
        awaitRequests(1);
        long first = System.nanoTime();
        await().pollDelay(Duration.ofMillis(600)).until(() -> System.nanoTime() - first > 600_000_000L);
        etcd.put(ALL, list("two", "t"));
        awaitRequests(2);
        assertThat(Duration.ofNanos(context.nanos().get(1) - context.nanos().get(0)))
                .isGreaterThanOrEqualTo(EntriesWatch.GAP);
    }

    @Test
    void anEtcdThatLostItsDataDeletesNothing() throws IOException {
        etcd.put(ALL, list("a", "t"));
        for (int i = 0; i < 20; i++) {
            etcd.put("/filler", "moves the revision on");
        }
        etcd.put(HOST, list("h", "t"));
        startConnector();
        String good = tasks();
        awaitRemembered(HOST);
        try (LogCapture log = LogCapture.of("io.tailrace.connect")) {
            loseData();
            await().atMost(SOON)
                    .until(() -> log.messages().stream()
                            .anyMatch(message -> message.contains(HOST) && message.contains("has lost its data")));
            assertThat(tasks()).isEqualTo(good);
            assertThat(context.requests()).isZero();
        }
        etcd.put(ALL, list("anew", "t"));
        await().atMost(SOON).until(() -> tasks().contains("anew") && tasks().contains("/var/log/h\""));
        etcd.put(HOST, "[]");
        etcd.delete(HOST);
        await().atMost(SOON).until(() -> !tasks().contains("/var/log/h\""));
    }

    @Test
    void anEtcdThatLostItsDataWhileNobodyLookedDeletesNothing() throws IOException {
        etcd.put(ALL, list("a", "t"));
        for (int i = 0; i < 20; i++) {
            etcd.put("/filler", "moves the revision on");
        }
        etcd.put(HOST, list("h", "t"));
        startConnector();
        String good = tasks();
        awaitRemembered(HOST);
        connector.stop();
        loseData();
        try (LogCapture log = LogCapture.of("io.tailrace.connect.filetail.watch")) {
            startConnector();
            assertThat(tasks()).isEqualTo(good);
            assertThat(log.messages()).anyMatch(message -> message.contains("has lost its data"));
        }
        // Also when etcd has long had more revisions than the key had.
        for (int i = 0; i < 50; i++) {
            etcd.put("/filler", "moves the revision on");
        }
        connector.stop();
        startConnector();
        assertThat(tasks()).isEqualTo(good);
        etcd.put(ALL, "[]");
        etcd.put(HOST, list("anew", "t"));
        await().atMost(SOON).until(() -> tasks().contains("anew") && !tasks().contains("/var/log/a\""));
    }

    @Test
    void anEtcdThatLostItsDataMayBeYoungerThanItWasAndOlderThanTheKey() throws IOException {
        etcd.put(ALL, list("a", "t"));
        for (int i = 0; i < 20; i++) {
            etcd.put("/filler", "moves the revision on");
        }
        startConnector();
        String good = tasks();
        awaitRemembered(ALL);
        connector.stop();
        loseData();
        // As many hosts do that report their status before this one is back.
        for (int i = 0; i < 10; i++) {
            etcd.put("/filler", "moves the revision on");
        }
        startConnector();
        assertThat(tasks()).isEqualTo(good);
        etcd.put(ALL, list("anew", "t"));
        await().atMost(SOON).until(() -> tasks().contains("anew"));
        etcd.delete(ALL);
        await().atMost(SOON).until(() -> connector.taskConfigs(4).isEmpty());
    }

    @Test
    void aKeyThatIsDeletedWhileNobodyLooksIsDeleted() throws IOException {
        etcd.put(ALL, list("a", "t"));
        startConnector();
        awaitRemembered(ALL);
        connector.stop();
        etcd.delete(ALL);
        startConnector();
        assertThat(connector.taskConfigs(4)).isEmpty();
    }

    /** The revision is remembered a moment after the first reading. */
    private void awaitRemembered(String key) throws IOException {
        Path file = StateDir.open(state).file("entries", "test");
        await().atMost(SOON)
                .until(() -> Files.exists(file)
                        && Files.readString(file).matches("(?s).*\"revisions\":\\{[^}]*\"" + key + "\":[1-9].*"));
    }

    private void loseData() throws IOException {
        etcd.kill();
        try (Stream<Path> files = Files.walk(etcd.directory().resolve("data"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        etcd.start();
    }

    @Test
    void noThreadIsLeft() {
        startConnector();
        connector.stop();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(
                                name -> name.startsWith("tailrace-entries-") || name.startsWith("tailrace-chores-")));
    }

    private void startConnector() {
        startConnector("4", 9_000);
    }

    private void startConnector(String tasksMax, int timeoutMs) {
        context = new RecordingContext();
        connector = new FileTailSourceConnector();
        connector.initialize(context);
        connector.start(Map.of(
                "name",
                "test",
                "tasks.max",
                tasksMax,
                "host.id",
                "host1",
                "entries.paths",
                ALL + ",/logagent/{host.id}/logconfig",
                "entries.provider.param.endpoints",
                etcd.endpoint(),
                "entries.provider.param.timeout.ms",
                String.valueOf(timeoutMs),
                "state.dir",
                state.toString()));
    }

    /** What is in force is announced a moment after it can be seen. */
    private void awaitRequests(int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(context.requests()).isEqualTo(count));
    }

    /** All tasks' entries as one text. */
    private String tasks() {
        return String.join(
                "\n",
                connector.taskConfigs(4).stream()
                        .map(config -> config.get(FileTailSourceConfig.TASK_ENTRIES))
                        .toList());
    }

    private static String list(String file, String topic) {
        return "[{\"path\":\"/var/log/" + file + "\",\"topic\":\"" + topic + "\"}]";
    }

    /** Just below what a key may hold, and above what a task may. */
    private static String longList() {
        String regexes = String.join(",", Collections.nCopies(100, "\"" + "[x]".repeat(330) + "\""));
        return IntStream.range(0, 10)
                .mapToObj(
                        i -> "{\"path\":\"/var/log/big" + i + "\",\"topic\":\"t\",\"include_lines\":[" + regexes + "]}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
