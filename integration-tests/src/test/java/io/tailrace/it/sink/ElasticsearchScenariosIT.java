package io.tailrace.it.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.WorkerLog;
import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.SearchServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Sinking on Elasticsearch, scenario by scenario; the others are in {@link SinkScenarios} and {@link OpenSearchScenariosIT}. */
class ElasticsearchScenariosIT extends SinkScenarios {

    /** How long the server is away; the nightly run takes 15 minutes. */
    private static final Duration AWAY = Duration.ofSeconds(Long.getLong("tailrace.sink.away.seconds", 5));

    /** Records for each second of it. */
    private static final int RATE = 500;

    private static final int BUFFER_BYTES = 16 << 20;
    private static final String USER = "writer";

    @Override
    SearchServer create(String property, String value) {
        return Elasticsearch.builder().property(property, value).build();
    }

    /** Scenario 1: the server is dead, not just out of reach. */
    @Test
    void aServerThatIsDownAtTheStartAndForLongLosesNothingAndTasksKeepRunning() throws Exception {
        try (SinkBench bench = bench("away")) {
            bench.createTopic(1);
            server().kill();
            ConnectorHandle sink = bench.startSink(outage("away"));
            List<String> members = members(bench, sink);
            long heap = heapBytes();
            long heapMost = heap;
            long end = System.nanoTime() + AWAY.toNanos();
            int step = (int) Math.max(2_000, RATE * AWAY.toSeconds() / 10);
            int produced = 0;
            while (System.nanoTime() < end || produced < 10 * step) {
                bench.produce(0, produced, produced + step, SinkScenarios::document);
                produced += step;
                Awaitility.await("tasks that keep running")
                        .during(AWAY.dividedBy(10))
                        .atMost(AWAY)
                        .untilAsserted(() -> assertThat(sink.states()).containsOnly("RUNNING"));
                heapMost = Math.max(heapMost, heapBytes());
                assertThat(bench.members(sink)).isEqualTo(members);
            }
            server().start();
            Duration caughtUp = duration(bench, sink, "away", produced);
            assertThat(bench.members(sink)).isEqualTo(members);
            assertThat(sink.states()).containsOnly("RUNNING");
            Duration undisturbed =
                    duration(bench, bench.startSink("sink-away-again", outage("away-again")), "away-again", produced);
            System.out.printf(
                    "Away for %s: %d records waited, heap after a collection %d MB before and %d MB at most, caught up"
                            + " in %d ms, a sink that was never disturbed takes %d ms%n",
                    AWAY, produced, heap >> 20, heapMost >> 20, caughtUp.toMillis(), undisturbed.toMillis());
            assertThat(bench.count()).isEqualTo(produced);
            assertThat(heapMost - heap).as("growth of the heap").isLessThan(2 * BUFFER_BYTES);
            // A server that has just started is slow at first.
            assertThat(caughtUp).isLessThan(undisturbed.multipliedBy(2).plusSeconds(30));
        } finally {
            if (!server().isRunning()) {
                server().start();
            }
        }
    }

    private Map<String, String> outage(String index) {
        Map<String, String> changes =
                small("validate.connection", "false", "max.buffered.bytes", Integer.toString(BUFFER_BYTES));
        changes.put("connection.url", server().url().toString());
        changes.put("index", index);
        return changes;
    }

    /** From the first document, which may take as long as the longest pause between two attempts, to the last. */
    private static Duration duration(SinkBench bench, ConnectorHandle sink, String index, int records) {
        bench.awaitCount(index, 1);
        long start = System.nanoTime();
        Awaitility.await(records + " records committed")
                .atMost(SinkBench.PATIENCE.plus(AWAY))
                .until(() -> bench.committed(sink).getOrDefault(0, -1L) >= records);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Scenario 2. */
    @Test
    void onlyItemsThatWereNotTakenAreSentAgain() {
        try (SinkBench bench = bench("items")) {
            bench.createTopic(1);
            bench.produce(0, 0, 500, SinkScenarios::document);
            proxy().refuseItems((id, earlier) -> id.startsWith("items+0+7+") && earlier < 3 ? 429 : 0);
            // A slow machine must not make requests time out here.
            ConnectorHandle sink = bench.startSink(small("read.timeout.ms", "60000"));
            bench.awaitCommitted(sink, 0, 500);

            assertThat(bench.count()).isEqualTo(500);
            proxy().attempts()
                    .forEach((id, attempts) ->
                            assertThat(attempts).as(id).isEqualTo(id.startsWith("items+0+7+") ? 4 : 1));
        }
    }

    /** Scenario 3. */
    @Test
    void requestsThatAreRefusedBrokenHangingOrSlowAreSentAgain() {
        try (SinkBench bench = bench("requests")) {
            bench.createTopic(1);
            ConnectorHandle sink = bench.startSink(small("read.timeout.ms", "500", "linger.ms", "10"));
            int sent = 0;
            List<Runnable> faults = List.of(
                    () -> proxy().answer(429),
                    () -> proxy().answer(503),
                    () -> proxy().answer(401),
                    proxy()::reset,
                    proxy()::hang,
                    () -> proxy().slow(20));
            for (Runnable fault : faults) {
                fault.run();
                bench.produce(0, sent, sent + 200, SinkScenarios::document);
                sent += 200;
                Awaitility.await().pollDelay(Duration.ofMillis(700)).until(() -> true);
                proxy().pass();
                bench.awaitCommitted(sink, 0, sent);
            }
            assertThat(bench.count()).isEqualTo(sent);
            assertThat(sink.states()).containsOnly("RUNNING");
        }
    }

    /** Scenario 4. */
    @Test
    void aStuckBatchAndThousandsMoreRecordsPauseAndResumeAndNeverLeaveTheGroup() throws Exception {
        try (SinkBench bench = bench("stuck")) {
            bench.createTopic(1);
            ConnectorHandle sink = bench.startSink(small(
                    "read.timeout.ms", "60000",
                    "max.buffered.bytes", "1048576",
                    "consumer.override.max.poll.interval.ms", "4000",
                    "consumer.override.session.timeout.ms", "6000"));
            List<String> members = members(bench, sink);
            proxy().hang();
            bench.produce(0, 0, 20_000, i -> document(i).replace("line", "line ".repeat(40)));
            Awaitility.await()
                    .during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(9))
                    .until(() -> bench.members(sink).equals(members)
                            && sink.states().stream().allMatch("RUNNING"::equals));
            proxy().pass();
            bench.awaitCommitted(sink, 0, 20_000);
            assertThat(bench.count()).isEqualTo(20_000);
            assertThat(bench.members(sink)).isEqualTo(members);
        }
    }

    /** Scenario 5. */
    @Test
    void ofTwoPartitionsOfWhichOneIsStuckTheOtherCommits() {
        try (SinkBench bench = bench("one-stuck")) {
            bench.createTopic(2);
            proxy().refuseItems((id, earlier) -> id.startsWith("one-stuck+0+") ? 403 : 0);
            ConnectorHandle sink = bench.startSink(small("max.buffered.bytes", "1048576"));
            bench.produce(0, 0, 10_000, SinkScenarios::document);
            bench.produce(1, 10_000, 20_000, SinkScenarios::document);
            bench.awaitCommitted(sink, 1, 10_000);
            assertThat(bench.committed(sink).getOrDefault(0, 0L)).isZero();
            proxy().pass();
            bench.awaitCommitted(sink, 0, 10_000);
            assertThat(bench.count()).isEqualTo(20_000);
        }
    }

    /** Scenario 6: a second connector in the same group takes partitions away and gives them back. */
    @Test
    void partitionsThatAreRevokedInMidFlightLoseAndRepeatNothing() {
        Map<String, String> assignors = Map.of(
                "eager", "org.apache.kafka.clients.consumer.RangeAssignor",
                "cooperative", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        assignors.forEach((kind, assignor) -> {
            try (SinkBench bench = bench("revoked-" + kind)) {
                bench.createTopic(4);
                Map<String, String> changes = small(
                        "consumer.override.group.id",
                        "group-" + kind,
                        "consumer.override.partition.assignment.strategy",
                        assignor,
                        "batch.size",
                        "50");
                ConnectorHandle first = bench.startSink(bench.topic() + "-1", changes);
                proxy().refuseItems((id, earlier) -> earlier == 0 && id.hashCode() % 5 == 0 ? 429 : 0);
                int sent = 0;
                sent = produceToFour(bench, sent);
                ConnectorHandle second = bench.startSink(bench.topic() + "-2", changes);
                sent = produceToFour(bench, sent);
                bench.remove(second);
                sent = produceToFour(bench, sent);
                for (int partition = 0; partition < 4; partition++) {
                    bench.awaitCommitted(first, partition, sent / 4);
                }
                assertThat(bench.count()).isEqualTo(sent);
                assertThat(first.states()).containsOnly("RUNNING");
            }
        });
    }

    /** Scenarios 4 and 6 at once: a worker keeps paused what was, though it was taken away in between. */
    @Test
    void partitionsThatArePausedWhenTheyAreTakenAwayGoOnAfterwards() {
        try (SinkBench bench = bench("paused")) {
            bench.createTopic(2);
            Map<String, String> changes = small(
                    "consumer.override.group.id", "group-paused",
                    "max.buffered.bytes", "1048576");
            ConnectorHandle first = bench.startSink(bench.topic() + "-1", changes);
            proxy().answer(503);
            for (int partition = 0; partition < 2; partition++) {
                bench.produce(partition, partition * 10_000, (partition + 1) * 10_000, SinkScenarios::document);
            }
            // A buffer of a megabyte is full long before.
            Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            bench.remove(bench.startSink(bench.topic() + "-2", changes));
            proxy().pass();
            bench.awaitCommitted(first, 0, 10_000);
            bench.awaitCommitted(first, 1, 10_000);
            assertThat(bench.count()).isEqualTo(20_000);
            assertThat(first.states()).containsOnly("RUNNING");
        }
    }

    private static int produceToFour(SinkBench bench, int from) {
        for (int partition = 0; partition < 4; partition++) {
            bench.produce(partition, from + partition * 500, from + partition * 500 + 500, SinkScenarios::document);
        }
        return from + 2000;
    }

    /** Scenario 7. */
    @Test
    void aTopicRenamedByATransformStillCommits() {
        try (SinkBench bench = bench("renamed")) {
            bench.createTopic(1);
            bench.produce(0, 0, 300, SinkScenarios::document);
            ConnectorHandle sink = bench.startSink(small(
                    "transforms", "route",
                    "transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter",
                    "transforms.route.regex", "renamed",
                    "transforms.route.replacement", "other-name"));
            bench.awaitCommitted(sink, 0, 300);
            assertThat(bench.count("other-name")).isEqualTo(300);
        }
    }

    /** Scenario 8. */
    @Test
    void whenEveryRecordIsFilteredOutTheLagReachesZero() {
        try (SinkBench bench = bench("filtered")) {
            bench.createTopic(1);
            bench.produce(0, 0, 300, SinkScenarios::document);
            ConnectorHandle sink = bench.startSink(
                    small("transforms", "drop", "transforms.drop.type", "org.apache.kafka.connect.transforms.Filter"));
            bench.awaitCommitted(sink, 0, 300);
            assertThat(bench.count()).isZero();
        }
    }

    /** Scenario 13. */
    @Test
    void aTopicThatIsDeletedAndMadeAgainGivesNewDocuments() throws Exception {
        try (SinkBench bench = bench("again")) {
            bench.createTopic(1);
            bench.produce(0, 0, 100, SinkScenarios::document);
            ConnectorHandle sink = bench.startSink(small(
                    "consumer.override.metadata.max.age.ms",
                    "500",
                    "consumer.override.allow.auto.create.topics",
                    "false"));
            bench.awaitCount(100);
            bench.deleteTopic();
            bench.createTopic(1);
            bench.produce(0, 100, 130, SinkScenarios::document);
            bench.awaitCount(130);
            assertThat(numbers(bench)).isEqualTo(IntStream.range(0, 130).boxed().toList());
            assertThat(sink.states()).containsOnly("RUNNING");
        }
    }

    /** Scenario 14. */
    @Test
    void aStopWithAHangingServerTakesLessThanFiveSecondsAndLeavesNoThread() throws Exception {
        try (SinkBench bench = bench("stopped")) {
            bench.createTopic(1);
            ConnectorHandle sink = bench.startSink(small("read.timeout.ms", "60000"));
            bench.produce(0, 0, 100, SinkScenarios::document);
            bench.awaitCount(100);
            WorkerLog log = new WorkerLog(worker());
            proxy().hang();
            bench.produce(0, 100, 5000, SinkScenarios::document);
            Awaitility.await()
                    .until(() -> threads().stream().anyMatch(line -> line.contains("tailrace-es-sink-stopped")));
            long start = System.nanoTime();
            sink.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(threads()).noneMatch(line -> line.contains("tailrace-es-sink-stopped"));
            assertThat(log.lines().stream()
                            .filter(line -> line.contains(" ERROR ")
                                    || line.contains("reactor failed")
                                    || line.contains("has died")))
                    .isEmpty();
            sink.resume();
            proxy().pass();
            bench.awaitCount(5000);
        }
    }

    /** Keys as ids: whatever is refused at first, writes and deletions of a document take effect in their order. */
    @Test
    void keyedRecordsAreWrittenOverUpdatedAndDeletedInOrder() {
        List<Map<String, String>> ways = List.of(
                Map.of("write.method", "index"),
                Map.of("write.method", "index", "version.from", "none"),
                Map.of("write.method", "upsert"));
        for (int way = 0; way < ways.size(); way++) {
            try (SinkBench bench = bench("keyed-" + way)) {
                bench.createTopic(1);
                proxy().refuseItems((id, earlier) -> Set.of("k1", "k2").contains(id)
                                && ThreadLocalRandom.current().nextInt(4) == 0
                        ? 429
                        : 0);
                for (int i = 0; i < 100; i++) {
                    bench.send(0, "k" + i % 10, document(i).getBytes(StandardCharsets.UTF_8));
                }
                bench.send(0, "k1", null);
                bench.send(0, "k2", null);
                bench.send(0, "k2", document(100).getBytes(StandardCharsets.UTF_8));
                bench.flush();
                Map<String, String> changes =
                        small("id.strategy", "key", "behavior.on.null.values", "delete", "batch.size", "60");
                changes.putAll(ways.get(way));
                ConnectorHandle sink = bench.startSink(changes);
                bench.awaitCommitted(sink, 0, 103);
                bench.count();
                assertThat(numbers(bench)).containsExactly(90, 93, 94, 95, 96, 97, 98, 99, 100);
            }
        }
    }

    /** A worker's REST interface says what is wrong, and on which key. */
    @Test
    void aConfigurationThatCannotConnectIsRefused() {
        assertThat(errors(Map.of("connection.url", "http://127.0.0.1:1"))).containsOnlyKeys("connection.url");
        assertThat(errors(Map.of("connection.url", "http://no.such.host.example.invalid:9200")))
                .containsOnlyKeys("connection.url");
        assertThat(errors(Map.of("connection.url", server().url().toString()))).isEmpty();
        proxy().answer(401);
        assertThat(errors(Map.of("connection.url", proxy().url()))).containsOnlyKeys("connection.username");
        assertThat(errors(Map.of(
                        "connection.url",
                        proxy().url(),
                        "connection.username",
                        "me",
                        "connection.password",
                        "hunter2")))
                .containsOnlyKeys("connection.password")
                .allSatisfy((key, message) -> assertThat(message).doesNotContain("hunter2"));
        proxy().pass();
        assertThat(errors(Map.of("connection.url", "http://127.0.0.1:1", "validate.connection", "false")))
                .isEmpty();
    }

    /** A password is changed on the server, and some time later where the worker takes it from. */
    @Test
    void aPasswordThatIsChangedReachesTheTasksByItself() throws Exception {
        WorkerLog log = new WorkerLog(worker());
        servers().etcd().put("/connect/secured", "{\"password\":\"first-secret\"}");
        try (SinkBench bench = bench("secured")) {
            proxy().wantPassword(USER, "first-secret");
            bench.createTopic(1);
            bench.produce(0, 0, 100, SinkScenarios::document);
            ConnectorHandle sink = bench.startSink(
                    small("connection.username", USER, "connection.password", "${etcd:/connect/secured:password}"));
            bench.awaitCommitted(sink, 0, 100);
            proxy().wantPassword(USER, "second-secret");
            bench.produce(0, 100, 200, SinkScenarios::document);
            Awaitility.await()
                    .atMost(SinkBench.PATIENCE)
                    .until(() -> log.lines().stream()
                            .anyMatch(line -> line.contains("takes no documents") && line.contains(": 401 fault")));
            assertThat(bench.count()).isEqualTo(100);
            // The provider's values live for a second, and with each new one the worker starts the connector anew.
            assertThat(sink.states()).doesNotContain("FAILED");
            servers().etcd().put("/connect/secured", "{\"password\":\"second-secret\"}");
            bench.awaitCount(200);
            assertThat(log.lines()).noneMatch(line -> line.contains("first-secret") || line.contains("second-secret"));
            assertThat(worker().tasks(sink.name()).toString()).doesNotContain("-secret");
        }
    }

    private Map<String, String> errors(Map<String, String> config) {
        return SinkBench.errors(worker(), config);
    }

    private static List<String> members(SinkBench bench, ConnectorHandle sink) throws Exception {
        Awaitility.await().until(() -> bench.members(sink).size() == 1);
        return bench.members(sink);
    }

    private List<String> threads() throws IOException {
        return jcmd("Thread.print");
    }

    /** Bytes in use after a full collection. */
    private long heapBytes() throws IOException {
        jcmd("GC.run");
        return jcmd("GC.class_histogram").stream()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.trim().split("\\s+", -1)[2]))
                .findFirst()
                .orElseThrow();
    }

    private List<String> jcmd(String command) throws IOException {
        String java = System.getProperty("java.home") + "/bin/jcmd";
        Process process = new ProcessBuilder(java, Long.toString(worker().pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
