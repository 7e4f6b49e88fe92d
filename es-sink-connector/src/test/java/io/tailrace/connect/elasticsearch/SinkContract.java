package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.servers.SearchServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What the task must do with a real server, whichever it is. Every test has an index of its own. */
abstract class SinkContract {

    static final Duration ATMOST = Duration.ofMinutes(3);

    /** How long a put or a preCommit may take while the machine is busy with a server's start. */
    private static final Duration CALL = Duration.ofSeconds(2);

    static final Map<String, String> DLQ = Map.of(
            "behavior.on.malformed.documents", "dlq",
            "errors.tolerance", "all",
            "errors.deadletterqueue.topic.name", "dead");

    /** The server that all tests of a class share. */
    abstract SearchServer server();

    @Test
    void twentyThousandRecordsLandOnceEachAndAReplayAddsNone() {
        TopicPartition first = new TopicPartition("many", 0);
        TopicPartition second = new TopicPartition("many", 1);
        for (int i = 0; i < 2; i++) {
            try (TaskHarness harness = harness(Map.of())) {
                harness.assign(first, json(first, 10_000)).assign(second, text(second, 10_000));
                harness.pollUntilCommitted(ATMOST);
                assertThat(harness.longestCall()).isLessThan(CALL);
            }
            assertThat(count("many")).isEqualTo(20_000);
        }
        assertThat(server().request("GET", "/many/_search?q=number:17&size=2", "")
                        .at("/hits/hits"))
                .hasSize(1)
                .allSatisfy(hit -> assertThat(hit.at("/_source").toString())
                        .isEqualTo("{\"number\":17,\"msg\":\"ok\",\"host.name\":\"web1\"}"));
        assertThat(server().request("GET", "/many/_search?q=message:%22line+42%22", "")
                        .at("/hits/total/value"))
                .hasToString("1");
    }

    @Test
    void aServerThatIsPausedInMidStreamLosesNothing() {
        TopicPartition partition = new TopicPartition("paused", 0);
        Map<String, String> small =
                Map.of("read.timeout.ms", "3000", "max.buffered.bytes", "1048576", "bulk.size.bytes", "200000");
        try (TaskHarness harness = harness(small).assign(partition, text(partition, 20_000))) {
            harness.pollUntil(() -> harness.committed().getOrDefault(partition, 0L) > 0, ATMOST);
            server().pause();
            try {
                harness.pollFor(Duration.ofSeconds(4));
                assertThat(harness.pauses()).isPositive();
                assertThat(harness.isAllCommitted()).isFalse();
            } finally {
                server().resume();
            }
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.longestCall()).isLessThan(CALL);
        }
        assertThat(count("paused")).isEqualTo(20_000);
    }

    @Test
    void aServerThatIsKilledInMidStreamLosesNothing() {
        TopicPartition partition = new TopicPartition("killed", 0);
        Map<String, String> small = Map.of("max.buffered.bytes", "1048576", "bulk.size.bytes", "200000");
        try (TaskHarness harness = harness(small).assign(partition, text(partition, 20_000))) {
            harness.pollUntil(() -> harness.committed().getOrDefault(partition, 0L) > 0, ATMOST);
            server().kill();
            try {
                harness.pollFor(Duration.ofSeconds(2));
                assertThat(harness.isAllCommitted()).isFalse();
            } finally {
                server().start();
            }
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.longestCall()).isLessThan(CALL);
        }
        assertThat(count("killed")).isEqualTo(20_000);
    }

    @Test
    void oneDocumentThatDoesNotFitTheMappingIsDealtWithAsConfigured() {
        server().request("PUT", "/poison", "{\"mappings\":{\"properties\":{\"number\":{\"type\":\"long\"}}}}");
        TopicPartition partition = new TopicPartition("poison", 0);
        List<SinkRecord> records = new ArrayList<>(json(partition, 500));
        records.set(123, Records.of("poison", 123, "{\"number\":\"no number\"}"));
        try (TaskHarness harness = harness(Map.of()).assign(partition, records)) {
            assertThatThrownBy(() -> harness.pollUntilCommitted(ATMOST))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("poison-0@123");
            assertThat(harness.committed().get(partition)).isLessThanOrEqualTo(123);
        }
        try (TaskHarness harness = harness(DLQ).assign(partition, records)) {
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.reported())
                    .extracting(SinkRecord::originalKafkaOffset)
                    .containsExactly(123L);
        }
        try (TaskHarness harness = harness(Map.of("behavior.on.malformed.documents", "ignore"))) {
            harness.assign(partition, records).pollUntilCommitted(ATMOST);
        }
        assertThat(count("poison")).isEqualTo(499);
    }

    /** The server says 400 then, as if the documents were to blame. */
    @Test
    void aClusterWithoutRoomForAnotherIndexIsWaitedFor() {
        server().request("PUT", "/there-already", "{}");
        server().request("PUT", "/_cluster/settings", "{\"persistent\":{\"cluster.max_shards_per_node\":1}}");
        TopicPartition partition = new TopicPartition("no-room", 0);
        try (TaskHarness harness = harness(Map.of()).assign(partition, json(partition, 100))) {
            try {
                harness.pollUntil(() -> harness.metric("retries-total", "blocked") > 100, ATMOST);
                assertThat(harness.committed().get(partition)).isZero();
            } finally {
                server().request(
                                "PUT", "/_cluster/settings", "{\"persistent\":{\"cluster.max_shards_per_node\":null}}");
            }
            harness.pollUntilCommitted(ATMOST);
        }
        assertThat(count("no-room")).isEqualTo(100);
    }

    /** The server refuses each document then, as if it were to blame. */
    @Test
    void documentsWaitForAPipelineThatIsMissing() {
        TopicPartition partition = new TopicPartition("piped", 0);
        Map<String, String> piped = new HashMap<>(DLQ);
        piped.put("pipeline", "late");
        try (TaskHarness harness = harness(piped).assign(partition, json(partition, 100))) {
            harness.pollUntil(() -> isWaiting(harness), ATMOST);
            assertThat(harness.committed().get(partition)).isZero();
            server().request("PUT", "/_ingest/pipeline/late", "{\"processors\":[]}");
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.reported()).isEmpty();
        }
        assertThat(count("piped")).isEqualTo(100);
    }

    /** Of an index that is there, and of one that a template makes once a document gets through its pipelines. */
    @Test
    void documentsWaitForAPipelineThatTheirIndexNames() {
        for (String setting : List.of("default_pipeline", "final_pipeline")) {
            String index = "by-" + setting.replace('_', '-');
            String pipeline = "late-" + setting;
            String settings = "{\"settings\":{\"index." + setting + "\":\"" + pipeline + "\"}}";
            server().request("PUT", "/" + index, settings);
            server().request(
                            "PUT",
                            "/_index_template/" + index,
                            "{\"index_patterns\":[\"" + index + "-made\"],\"template\":" + settings + "}");
            assertDocumentsWaitForPipeline(pipeline, index, index + "-made");
        }
    }

    private void assertDocumentsWaitForPipeline(String pipeline, String there, String made) {
        TopicPartition first = new TopicPartition(there, 0);
        TopicPartition second = new TopicPartition(made, 0);
        try (TaskHarness harness = harness(DLQ).assign(first, json(first, 100)).assign(second, json(second, 100))) {
            harness.pollUntil(() -> isWaiting(harness) || !harness.reported().isEmpty(), ATMOST);
            harness.pollFor(Duration.ofSeconds(2));
            assertThat(harness.reported()).isEmpty();
            assertThat(harness.committed().get(first)).isZero();
            assertThat(harness.committed().get(second)).isZero();
            server().request("PUT", "/_ingest/pipeline/" + pipeline, "{\"processors\":[]}");
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.reported()).isEmpty();
        }
        assertThat(count(there)).isEqualTo(100);
        assertThat(count(made)).isEqualTo(100);
    }

    /** All of them in one way or another, however the server tells it. */
    @Test
    void documentsThatAreToBlameDoNotWaitForWhatIsThere() {
        server().request("PUT", "/_ingest/pipeline/there", "{\"processors\":[]}");
        assertDocumentsAreToBlame("blamed", DLQ);
        Map<String, String> piped = new HashMap<>(DLQ);
        piped.put("pipeline", "there");
        assertDocumentsAreToBlame("blamed-too", piped);
        assertDocumentsAreToBlame("blamed-by-index", DLQ, ",\"index.default_pipeline\":\"there\"");
    }

    private void assertDocumentsAreToBlame(String index, Map<String, String> settings) {
        assertDocumentsAreToBlame(index, settings, "");
    }

    private void assertDocumentsAreToBlame(String index, Map<String, String> settings, String indexSettings) {
        server().request(
                        "PUT",
                        "/" + index,
                        "{\"settings\":{\"index.mapping.total_fields.limit\":40" + indexSettings
                                + "},\"mappings\":{\"properties\":"
                                + "{\"number\":{\"type\":\"long\"},\"word\":{\"type\":\"keyword\"}}}}");
        TopicPartition partition = new TopicPartition(index, 0);
        List<SinkRecord> records = new ArrayList<>(json(partition, 100));
        String fields = IntStream.range(0, 50).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
        records.set(11, Records.of(index, 11, "{\"number\":\"no number\"}"));
        records.set(22, Records.of(index, 22, "{\"word\":\"" + "x".repeat(40_000) + "\"}"));
        records.set(33, Records.of(index, 33, "{" + fields + "}"));
        records.set(44, Records.of(index, 44, "{\"number\":1,\"number\":2}"));
        try (TaskHarness harness = harness(settings).assign(partition, records)) {
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.reported())
                    .extracting(SinkRecord::originalKafkaOffset)
                    .containsExactlyInAnyOrder(11L, 22L, 33L, 44L);
        }
        assertThat(count(index)).isEqualTo(96);
    }

    @Test
    void documentsGoToTheWriteIndexOfAnAlias() {
        server().request("PUT", "/all-1", "{\"aliases\":{\"all\":{}}}");
        server().request("PUT", "/all-2", "{\"aliases\":{\"all\":{\"is_write_index\":true}}}");
        TopicPartition partition = new TopicPartition("aliased", 0);
        Map<String, String> alias = Map.of("index", "all", "external.resource.usage", "alias_index");
        try (TaskHarness harness = harness(alias).assign(partition, json(partition, 100))) {
            harness.pollUntilCommitted(ATMOST);
        }
        assertThat(count("all-2")).isEqualTo(100);
        assertThat(count("all-1")).isZero();
    }

    /** The server refuses each document then, as if it were to blame. */
    @Test
    void documentsWaitForAnAliasThatDoesNotSayWhereToWrite() {
        server().request("PUT", "/torn-1", "{\"aliases\":{\"torn\":{}}}");
        server().request("PUT", "/torn-2", "{\"aliases\":{\"torn\":{}}}");
        TopicPartition partition = new TopicPartition("torn", 0);
        try (TaskHarness harness = harness(DLQ).assign(partition, json(partition, 100))) {
            harness.pollUntil(() -> isWaiting(harness) || !harness.reported().isEmpty(), ATMOST);
            assertThat(harness.reported()).isEmpty();
            server().request(
                            "POST",
                            "/_aliases",
                            "{\"actions\":[{\"add\":{\"index\":\"torn-2\",\"alias\":\"torn\",\"is_write_index\":true}}]}");
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.reported()).isEmpty();
        }
        assertThat(count("torn-2")).isEqualTo(100);
        assertThat(count("torn-1")).isZero();
    }

    /** The server would make an index in its place. */
    @Test
    void documentsWaitForAnAliasThatIsMissing() {
        TopicPartition partition = new TopicPartition("behind", 0);
        Map<String, String> alias = Map.of("index", "in-front", "external.resource.usage", "alias_index");
        try (TaskHarness harness = harness(alias).assign(partition, json(partition, 100))) {
            harness.pollUntil(() -> isWaiting(harness) || harness.isAllCommitted(), ATMOST);
            assertThat(harness.committed().get(partition)).isZero();
            server().request("PUT", "/behind", "{\"aliases\":{\"in-front\":{}}}");
            harness.pollUntilCommitted(ATMOST);
        }
        assertThat(count("behind")).isEqualTo(100);
    }

    /** And was there once. */
    @Test
    void documentsWaitForAnAliasThatIsDeleted() {
        server().request("PUT", "/back-1", "{\"aliases\":{\"front\":{}}}");
        TopicPartition before = new TopicPartition("back", 0);
        TopicPartition after = new TopicPartition("back", 1);
        Map<String, String> alias = Map.of("index", "front", "external.resource.usage", "alias_index");
        try (TaskHarness harness = harness(alias).assign(before, json(before, 100))) {
            harness.pollUntilCommitted(ATMOST);
            server().request("DELETE", "/back-1", "");
            harness.assign(after, json(after, 100));
            harness.pollUntil(() -> isWaiting(harness) || harness.isAllCommitted(), ATMOST);
            assertThat(harness.committed().get(after)).isZero();
            server().request("PUT", "/back-2", "{\"aliases\":{\"front\":{}}}");
            harness.pollUntilCommitted(ATMOST);
        }
        assertThat(count("back-2")).isEqualTo(100);
    }

    static boolean isWaiting(TaskHarness harness) {
        return harness.metric("retries-total", "blocked") > 200;
    }

    @Test
    void routingAndVersionsComeFromFieldsAndHeaders() {
        TopicPartition partition = new TopicPartition("routed", 0);
        List<SinkRecord> records = List.of(
                keyed("routed", 0, "k", "{\"tenant\":\"blue\",\"n\":0}", "7"),
                keyed("routed", 1, "k", "{\"tenant\":\"blue\",\"n\":1}", "9"),
                keyed("routed", 2, "k", "{\"tenant\":\"blue\",\"n\":2}", "8"),
                keyed("routed", 3, "other", "{\"n\":3}", "1"));
        Map<String, String> settings = Map.of(
                "id.strategy", "key",
                "write.method", "index",
                "external.version.header", "version",
                "routing", "{field:tenant}");
        try (TaskHarness harness = harness(settings).assign(partition, records)) {
            harness.pollUntilCommitted(ATMOST);
        }
        assertThat(count("routed")).isEqualTo(2);
        JsonNode routed = server().request("GET", "/routed/_doc/k?routing=blue", "");
        assertThat(routed.path("_routing").asText()).isEqualTo("blue");
        assertThat(routed.path("_version").asInt()).isEqualTo(9);
        assertThat(routed.at("/_source/n").asInt()).isEqualTo(1);
        assertThat(server().request("GET", "/routed/_doc/other", "").has("_routing"))
                .isFalse();
    }

    @Test
    void updatesChangeWhatIsThereAndOnlyThat() {
        server().request("PUT", "/updated/_doc/there", "{\"a\":1,\"b\":1}");
        TopicPartition partition = new TopicPartition("updated", 0);
        List<SinkRecord> records = List.of(
                keyed("updated", 0, "there", "{\"b\":2}", "1"), keyed("updated", 1, "missing", "{\"b\":2}", "1"));
        Map<String, String> updates = new HashMap<>(DLQ);
        updates.putAll(Map.of("id.strategy", "key", "write.method", "update"));
        try (TaskHarness harness = harness(updates).assign(partition, records)) {
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.reported()).extracting(SinkRecord::key).containsExactly("missing");
        }
        assertThat(server().request("GET", "/updated/_doc/there", "").path("_source"))
                .hasToString("{\"a\":1,\"b\":2}");
    }

    private static SinkRecord keyed(String topic, long offset, String key, String value, String version) {
        SinkRecord record =
                new SinkRecord(topic, 0, null, key, null, value, offset, Records.TIMESTAMP, TimestampType.CREATE_TIME);
        record.headers().addString("version", version);
        return record;
    }

    @Test
    void aValueWithADeleteActionInItDeletesNothing() {
        server().request("PUT", "/victim/_doc/1?refresh=true", "{\"precious\":true}");
        TopicPartition partition = new TopicPartition("evil", 0);
        String action = "{\"delete\":{\"_index\":\"victim\",\"_id\":\"1\"}}";
        List<SinkRecord> records = List.of(
                Records.of("evil", 0, "{\"a\":1}\n" + action + "\n"),
                Records.of("evil", 1, "\n" + action + "\n" + action),
                Records.of("evil", 2, "{\"a\":1,\n\"b\":\n" + action + "\n}"));
        try (TaskHarness harness = harness(Map.of()).assign(partition, records)) {
            harness.pollUntilCommitted(ATMOST);
        }
        assertThat(count("evil")).isEqualTo(3);
        assertThat(count("victim")).isEqualTo(1);
    }

    @Test
    void stopReturnsInTimeWhileTheServerIsPaused() {
        TopicPartition partition = new TopicPartition("stopped", 0);
        TaskHarness harness = harness(Map.of()).assign(partition, text(partition, 20_000));
        server().pause();
        try {
            harness.pollFor(Duration.ofSeconds(1));
            long start = System.nanoTime();
            harness.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        } finally {
            server().resume();
        }
    }

    @Test
    void indexNamesFollowTheRecordsTime() {
        TopicPartition partition = new TopicPartition("dated", 0);
        try (TaskHarness harness = harness(Map.of("index", "{topic}-{date:yyyy.MM.dd}"))) {
            harness.assign(partition, json(partition, 10)).pollUntilCommitted(ATMOST);
        }
        assertThat(count("dated-2026.11.21")).isEqualTo(10);
    }

    final TaskHarness harness(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(
                Map.of("name", "it", "connection.url", server().url().toString()));
        properties.putAll(more);
        return new TaskHarness(properties);
    }

    final long count(String index) {
        server().refresh(index);
        return server().count(index);
    }

    static List<SinkRecord> json(TopicPartition partition, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Records.withHeader(
                        Records.of(
                                partition.topic(), partition.partition(), i, "{\"number\":" + i + ",\"msg\":\"ok\"}"),
                        "{\"host.name\":\"web1\"}"))
                .toList();
    }

    private static List<SinkRecord> text(TopicPartition partition, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Records.of(
                        partition.topic(),
                        partition.partition(),
                        i,
                        "line " + i + " of a log that says about as much as most lines of most logs do say"))
                .toList();
    }
}
