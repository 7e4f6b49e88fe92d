package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole task against a server that answers as it is told. */
class ElasticsearchSinkTaskTest {

    private static final TopicPartition P0 = new TopicPartition("web_log", 0);
    private static final TopicPartition P1 = new TopicPartition("web_log", 1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration CALL = Duration.ofMillis(500);

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void everyRecordBecomesADocument() {
        try (TaskHarness harness = harness(Map.of()).assign(P0, lines(P0, 2500))) {
            harness.pollUntilCommitted(SOON);
            assertThat(server.documents()).hasSize(2500);
            assertThat(server.documents().get(id(P0, 17))).contains("\"message\":\"line 17\"");
            assertThat(server.contentTypes()).containsOnly("application/x-ndjson");
            assertThat(harness.longestCall()).isLessThan(CALL);
        }
    }

    @Test
    void aReplayAddsNothing() {
        for (int i = 0; i < 2; i++) {
            try (TaskHarness harness = harness(Map.of()).assign(P0, lines(P0, 700))) {
                harness.pollUntilCommitted(SOON);
            }
        }
        assertThat(server.documents()).hasSize(700);
        assertThat(server.attempts().values()).containsOnly(2);
    }

    @Test
    void aLoneRecordGoesAfterTheLingerTimeWithoutAnotherPut() {
        try (TaskHarness harness = harness(Map.of("linger.ms", "100")).assign(P0, lines(P0, 1))) {
            harness.poll();
            Awaitility.await().atMost(SOON).until(() -> server.documents().size() == 1);
        }
    }

    @Test
    void onlyItemsThatWereNotTakenAreSentAgain() {
        server.answerItems((id, document, earlier) -> document.contains("line 7") && earlier < 3 ? 429 : 201);
        try (TaskHarness harness = harness(Map.of()).assign(P0, lines(P0, 10))) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.attempts().get(id(P0, 7))).isEqualTo(4);
        assertThat(server.attempts().entrySet().stream().filter(e -> e.getValue() > 1))
                .hasSize(1);
    }

    @Test
    void refusedAndBrokenRequestsAreSentAgain() {
        int[] answers = {429, 503, 200, -1, 401, 200, 500, 403, 200, 408};
        server.answerRequests((request, lines) -> request <= answers.length ? answers[request - 1] : 200);
        try (TaskHarness harness = harness(Map.of("batch.size", "10", "max.in.flight.requests", "1"))
                .assign(P0, lines(P0, 100))) {
            harness.pollUntilCommitted(Duration.ofSeconds(60));
            assertThat(harness.longestCall()).isLessThan(CALL);
        }
        assertThat(server.documents()).hasSize(100);
    }

    /**
     * A node's limit for all that it is writing may be below what was configured for one request, and something on the
     * way may break what takes too long or is too much.
     */
    @ParameterizedTest
    @ValueSource(ints = {429, -1, ScriptedServer.CUT})
    void requestsThatAreAlwaysTooMuchForTheServerBecomeSmaller(int status) {
        server.answerRequests(
                (request, lines) -> lines.stream().mapToInt(String::length).sum() > 1_500_000 ? status : 200);
        String line = "x".repeat(10_000);
        List<SinkRecord> records = IntStream.range(0, 300)
                .mapToObj(i -> Records.of("web_log", i, line + i))
                .toList();
        try (TaskHarness harness = harness(Map.of()).assign(P0, records)) {
            harness.pollUntilCommitted(Duration.ofSeconds(60));
            assertThat(harness.metric("splits-total", "")).isPositive();
        }
        assertThat(server.documents()).hasSize(300);
        assertThat(server.sizes())
                .as("but not so small that overload for long makes requests of every document")
                .allMatch(size -> size > 20);
    }

    /** The documents are there then, and nobody was told so. */
    @Test
    void anAnswerThatBreaksOffCountsAsNone() {
        server.answerRequests((request, lines) -> request <= 3 ? ScriptedServer.CUT : 200);
        try (TaskHarness harness = harness(Map.of()).assign(P0, lines(P0, 100))) {
            harness.pollUntilCommitted(SOON);
            assertThat(harness.metric("retries-total", "broken-connection")).isGreaterThanOrEqualTo(100);
        }
        assertThat(server.documents()).hasSize(100);
        assertThat(server.queries())
                .allSatisfy(query -> assertThat(query)
                        .as("answers without what nobody reads")
                        .startsWith("filter_path=errors,items.*.status"));
    }

    @Test
    void aHangingAnswerIsGivenUp() {
        server.answerRequests((request, lines) -> request <= 2 ? 0 : 200);
        try (TaskHarness harness = harness(Map.of("read.timeout.ms", "300")).assign(P0, lines(P0, 100))) {
            harness.pollUntilCommitted(SOON);
            assertThat(harness.longestCall()).isLessThan(CALL);
        }
        assertThat(server.documents()).hasSize(100);
    }

    @Test
    void oneStuckPartitionDoesNotHoldTheOther() {
        server.answerItems((id, document, earlier) -> id.startsWith("web_log+0+") ? 503 : 201);
        try (TaskHarness harness = harness(Map.of("max.in.flight.requests", "1", "batch.size", "10"))) {
            harness.assign(P0, lines(P0, 100));
            harness.pollUntil(() -> !server.attempts().isEmpty(), SOON);
            harness.assign(P1, lines(P1, 100));
            harness.pollUntil(() -> harness.committed().getOrDefault(P1, 0L) == 100, SOON);
            assertThat(harness.committed().get(P0)).isZero();
        }
    }

    @Test
    void pausesAndResumesByBytes() {
        server.answerRequests((request, lines) -> 503);
        Map<String, String> small = Map.of("max.buffered.bytes", "1048576", "bulk.size.bytes", "100000");
        try (TaskHarness harness = harness(small).assign(P0, lines(P0, 20_000))) {
            harness.pollUntil(() -> harness.pauses() > 0, SOON);
            int position = harness.position(P0);
            harness.pollFor(Duration.ofMillis(300));
            assertThat(harness.position(P0)).isEqualTo(position).isBetween(1000, 8000);
            assertThat(harness.committed().get(P0)).isZero();

            server.answerRequests((request, lines) -> 200);
            harness.pollUntilCommitted(Duration.ofSeconds(60));
            assertThat(harness.longestCall()).isLessThan(CALL);
        }
        assertThat(server.documents()).hasSize(20_000);
    }

    @Test
    void aRebalanceWhilePausedLeavesNothingPaused() {
        server.answerRequests((request, lines) -> 503);
        Map<String, String> small = Map.of("max.buffered.bytes", "1048576", "bulk.size.bytes", "100000");
        try (TaskHarness harness = harness(small).assign(P0, lines(P0, 10_000)).assign(P1, lines(P1, 10_000))) {
            harness.pollUntil(() -> harness.paused().equals(Set.of(P0, P1)), SOON);
            harness.rebalance();
            server.answerRequests((request, lines) -> 200);
            harness.pollUntilCommitted(Duration.ofSeconds(60));
        }
        assertThat(server.documents()).hasSize(20_000);
    }

    @Test
    void onlyThePartitionThatTakesTooMuchIsPaused() {
        server.answerItems((id, document, earlier) -> id.startsWith("web_log+0+") ? 403 : 201);
        Map<String, String> small = Map.of("max.buffered.bytes", "1048576", "bulk.size.bytes", "100000");
        try (TaskHarness harness = harness(small).assign(P0, lines(P0, 20_000)).assign(P1, lines(P1, 20_000))) {
            harness.pollUntil(() -> harness.committed().getOrDefault(P1, 0L) == 20_000, SOON);
            assertThat(harness.committed().get(P0)).isZero();
            assertThat(harness.position(P0)).isLessThan(8000);
            assertThat(harness.metric("paused-ms-total", "")).isPositive();
            assertThat(harness.metric("buffered-bytes", "")).isBetween(100_000.0, 1_200_000.0);
            server.answerItems((id, document, earlier) -> 201);
            harness.pollUntilCommitted(Duration.ofSeconds(60));
            assertThat(harness.paused()).isEmpty();
        }
    }

    /** The first poll brings more of it than all partitions together may have waiting. */
    @Test
    void aPartitionThatTakesTooMuchAtOnceHoldsUpNoOther() {
        server.answerItems((id, document, earlier) -> id.startsWith("web_log+0+") ? 403 : 201);
        Map<String, String> small = Map.of("max.buffered.bytes", "1048576", "bulk.size.bytes", "100000");
        String padding = "x".repeat(5_000);
        List<SinkRecord> long0 = IntStream.range(0, 1000)
                .mapToObj(i -> Records.of(P0.topic(), 0, i, padding))
                .toList();
        try (TaskHarness harness = harness(small).assign(P0, long0)) {
            harness.pollUntil(() -> harness.paused().equals(Set.of(P0)), SOON);
            assertThat(harness.metric("buffered-bytes", "")).isGreaterThan(1_048_576);
            harness.assign(P1, lines(P1, 2_000));
            harness.pollUntil(() -> harness.committed().getOrDefault(P1, 0L) == 2_000, SOON);
            assertThat(harness.committed().get(P0)).isZero();
            server.answerItems((id, document, earlier) -> 201);
            harness.pollUntilCommitted(Duration.ofSeconds(60));
        }
    }

    @Test
    void orderOfAPartitionIsKeptWithOneRequestInFlight() {
        server.answerRequests((request, lines) ->
                request % 5 == 0 ? 503 : lines.stream().mapToInt(String::length).sum() > 3000 ? 413 : 200);
        Map<String, String> ordered = Map.of("max.in.flight.requests", "1", "batch.size", "50");
        try (TaskHarness harness = harness(ordered).assign(P0, lines(P0, 500)).assign(P1, lines(P1, 500))) {
            harness.pollUntilCommitted(Duration.ofSeconds(60));
        }
        assertThat(server.documents()).hasSize(1000);
        assertThat(server.batchesOutOfOrder()).isZero();
    }

    @Test
    void metricsTellWhatWasDone() {
        server.answerItems((id, document, earlier) ->
                document.contains("line 3\"") ? 400 : document.contains("line 7\"") && earlier < 2 ? 429 : 201);
        server.answerRequests((request, lines) -> request == 1 ? 413 : request == 2 ? 503 : 200);
        try (TaskHarness harness = harness(Map.of("behavior.on.malformed.documents", "ignore"))) {
            harness.assign(P0, lines(P0, 100)).pollUntilCommitted(SOON);
            harness.poll();
            assertThat(harness.metric("documents-total", "")).isEqualTo(99);
            assertThat(harness.metric("bytes-total", "")).isBetween(10_000.0, 30_000.0);
            assertThat(harness.metric("splits-total", "")).isEqualTo(1);
            assertThat(harness.metric("malformed-total", "")).isEqualTo(1);
            assertThat(harness.metric("retries-total", "overloaded")).isEqualTo(2);
            assertThat(harness.metric("retries-total", "unavailable")).isGreaterThanOrEqualTo(50);
            assertThat(harness.metric("retries-total", "timeout")).isZero();
            assertThat(harness.metric("requests-total", "")).isGreaterThanOrEqualTo(5);
            assertThat(harness.metric("in-flight", "")).isZero();
            assertThat(harness.metric("buffered-bytes", "")).isZero();
            assertThat(harness.metric("bulk-latency-ms-max", "")).isPositive();
            assertThat(harness.metric("bulk-latency-ms-p99", "")).isPositive();
        }
    }

    @Test
    void aTopicThatMakesNoLegalNameIsDealtWithAsConfigured() {
        TopicPartition bad = new TopicPartition("_bad", 0);
        try (TaskHarness harness = harness(dlq()).assign(bad, lines(bad, 3)).assign(P0, lines(P0, 3))) {
            harness.pollUntilCommitted(SOON);
            assertThat(harness.reported()).hasSize(3);
        }
        assertThat(server.documents()).hasSize(3);
    }

    @Test
    void compressedBodiesAreTheSame() {
        try (TaskHarness harness =
                harness(Map.of("connection.compression", "true")).assign(P0, lines(P0, 2500))) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.documents()).hasSize(2500);
        assertThat(server.encodings()).containsOnly("gzip");
    }

    @Test
    void aHostThatIsAwayIsReplacedByAnother() {
        Map<String, String> hosts = Map.of("connection.url", "http://127.0.0.1:1," + server.url());
        try (TaskHarness harness = harness(hosts).assign(P0, lines(P0, 2500))) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.documents()).hasSize(2500);
    }

    /** By what is in the document or in a header; a record that lacks it goes without. */
    @ParameterizedTest
    @ValueSource(strings = {"{field:kind.name}", "{header:kind}", "pipe-{key}", "{topic}"})
    void documentsGoThroughThePipelineAndToTheShardThatTheySay(String template) {
        Map<String, String> settings = Map.of("pipeline", template, "routing", template);
        List<SinkRecord> records = List.of(
                new SinkRecord("web_log", 0, null, "a", null, "{\"kind\":{\"name\":\"a\"}}", 0),
                new SinkRecord("web_log", 0, null, "b\"b", null, "{\"kind\":{\"name\":\"b\\\"b\"}}", 1),
                new SinkRecord("web_log", 0, null, null, null, "{\"kind\":{\"name\":null}}", 2),
                new SinkRecord("web_log", 0, null, "", null, "{\"kind\":{\"name\":\"\"}}", 3));
        records.get(0).headers().addString("kind", "a");
        records.get(1).headers().addString("kind", "wrong").addBytes("kind", "b\"b".getBytes(StandardCharsets.UTF_8));
        records.get(3).headers().addString("kind", "");
        try (TaskHarness harness = harness(settings).assign(P0, records)) {
            harness.pollUntilCommitted(SOON);
        }
        List<String> expected = switch (template) {
            case "{topic}" -> List.of("web_log", "web_log", "web_log", "web_log");
            case "pipe-{key}" -> List.of("pipe-a", "pipe-b\"b", "none", "pipe-");
            default -> List.of("a", "b\"b", "none", "none");
        };
        assertThat(server.actions())
                .extracting(action -> action.path("pipeline").asText("none"))
                .isEqualTo(expected);
        assertThat(server.actions())
                .extracting(action -> action.path("routing").asText("none"))
                .isEqualTo(expected);
    }

    @Test
    void requestsGoBelowThePathOfTheUrl() {
        Map<String, String> balancer = Map.of("connection.url", server.url() + "/search/es/");
        try (TaskHarness harness = harness(balancer).assign(P0, lines(P0, 1))) {
            harness.pollUntil(() -> !server.others().isEmpty(), SOON);
        }
        assertThat(server.others().get(0)).startsWith("POST /search/es/_bulk?");
    }

    @Test
    void whatMustBeThereIsPutFirst() {
        server.answerRequests((request, lines) -> 200);
        Map<String, String> setup = Map.of(
                "setup.ilm.policy.name", "week",
                "setup.ilm.policy", "{\"policy\":{\"phases\":{}}}",
                "setup.index.template.name", "logs",
                "setup.index.template", "{\"index_patterns\":[\"web_*\"]}",
                "setup.data.stream", "web_log");
        try (TaskHarness harness = harness(setup).assign(P0, lines(P0, 10))) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.others())
                .containsExactly(
                        "GET /_ilm/policy/week",
                        "PUT /_ilm/policy/week {\"policy\":{\"phases\":{}}}",
                        "GET /_index_template/logs",
                        "PUT /_index_template/logs {\"index_patterns\":[\"web_*\"]}",
                        "GET /_data_stream/web_log",
                        "PUT /_data_stream/web_log");
    }

    @Test
    void headersOfOurOwnTravelAlong() {
        try (TaskHarness harness =
                harness(Map.of("connection.header.X-Tenant", "blue")).assign(P0, lines(P0, 1))) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.tenants()).containsExactly("blue");
    }

    @Test
    void oversizedBodiesAreSplitDownToThePoison() {
        server.answerRequests(
                (request, lines) -> lines.stream().mapToInt(String::length).sum() > 1000
                                || lines.stream().anyMatch(line -> line.contains("line 42\""))
                        ? 413
                        : 200);
        try (TaskHarness harness = harness(dlq()).assign(P0, lines(P0, 100))) {
            harness.pollUntilCommitted(SOON);
            assertThat(harness.reported())
                    .extracting(SinkRecord::originalKafkaOffset)
                    .containsExactly(42L);
        }
        assertThat(server.documents()).hasSize(99).doesNotContainKey(id(P0, 42));
    }

    @Test
    void onePoisonRecordInManyGoesToTheDeadLetterQueueOnce() {
        server.answerItems((id, document, earlier) -> document.contains("line 4242\"") ? 400 : 201);
        try (TaskHarness harness = harness(dlq()).assign(P0, lines(P0, 5000))) {
            harness.pollUntilCommitted(SOON);
            assertThat(harness.reported())
                    .extracting(SinkRecord::originalKafkaOffset)
                    .containsExactly(4242L);
        }
        assertThat(server.documents()).hasSize(4999);
    }

    @Test
    void poisonIsSkippedOrFailsAsConfigured() {
        server.answerItems((id, document, earlier) -> document.contains("line 5\"") ? 400 : 201);
        try (TaskHarness harness = harness(Map.of("behavior.on.malformed.documents", "ignore"))) {
            harness.assign(P0, lines(P0, 10)).pollUntilCommitted(SOON);
        }
        try (TaskHarness harness = harness(Map.of()).assign(P0, lines(P0, 10))) {
            assertThatThrownBy(() -> harness.pollUntilCommitted(SOON))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("web_log-0@5")
                    .hasMessageContaining("400 scripted_exception");
            assertThat(harness.committed().get(P0)).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void aMissingIndexFailsWithTheReason() {
        server.answerItems((id, document, earlier) -> 404);
        try (TaskHarness harness = harness(Map.of()).assign(P0, lines(P0, 10))) {
            assertThatThrownBy(() -> harness.pollUntilCommitted(SOON))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("404");
            assertThat(harness.committed().get(P0)).isZero();
        }
    }

    @Test
    void recordsWithoutAValue() {
        List<SinkRecord> records = new ArrayList<>(lines(P0, 3));
        records.add(Records.of("web_log", 3, null));
        try (TaskHarness harness =
                harness(Map.of("behavior.on.null.values", "ignore")).assign(P0, records)) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.documents()).hasSize(3);
        try (TaskHarness harness = harness(Map.of()).assign(P0, records)) {
            assertThatThrownBy(harness::poll)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("web_log-0@3 has no value");
        }
    }

    @Test
    void rebalancesInMidStreamLoseAndRepeatNothing() {
        server.answerItems((id, document, earlier) -> earlier == 0 && id.hashCode() % 5 == 0 ? 429 : 201);
        try (TaskHarness harness = harness(Map.of("batch.size", "100"))) {
            harness.assign(P0, lines(P0, 3000)).assign(P1, lines(P1, 3000));
            for (int i = 0; i < 5; i++) {
                harness.poll();
                harness.rebalance();
                harness.poll();
                harness.revoke(P1);
                harness.poll();
                harness.reassign(P1);
            }
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.documents()).hasSize(6000);
    }

    @Test
    void stopsInTimeWhileTheServerHangsAndLeavesNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        server.answerRequests((request, lines) -> 0);
        TaskHarness harness = harness(Map.of()).assign(P0, lines(P0, 20_000));
        harness.pollUntil(() -> server.sizes().size() == 3, SOON);
        long start = System.nanoTime();
        harness.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> name.contains("tailrace") || name.contains("elasticsearch")))
                .isEmpty();
    }

    @Test
    void saysWhoItIs() {
        Map<String, String> user = Map.of("connection.username", "ä", "connection.password", "b");
        try (TaskHarness harness = harness(user).assign(P0, lines(P0, 1))) {
            harness.pollUntilCommitted(SOON);
        }
        try (TaskHarness harness = harness(Map.of("connection.api.key", "abc")).assign(P0, lines(P0, 1))) {
            harness.pollUntilCommitted(SOON);
        }
        try (TaskHarness harness =
                harness(Map.of("connection.bearer.token", "xyz")).assign(P0, lines(P0, 1))) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.authorizations()).containsExactly("Basic w6Q6Yg==", "ApiKey abc", "Bearer xyz");
    }

    private TaskHarness harness(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("name", "test", "connection.url", server.url()));
        properties.putAll(more);
        return new TaskHarness(properties);
    }

    private static Map<String, String> dlq() {
        return Map.of(
                "behavior.on.malformed.documents", "dlq",
                "errors.tolerance", "all",
                "errors.deadletterqueue.topic.name", "dead");
    }

    private static List<SinkRecord> lines(TopicPartition partition, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Records.of(partition.topic(), partition.partition(), i, "line " + i))
                .toList();
    }

    private static String id(TopicPartition partition, long offset) {
        return partition.topic() + "+" + partition.partition() + "+" + offset + "+" + Records.TIMESTAMP;
    }
}
