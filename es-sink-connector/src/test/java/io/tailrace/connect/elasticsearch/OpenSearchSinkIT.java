package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tailrace.servers.MissingJavaException;
import io.tailrace.servers.OpenSearch;
import io.tailrace.servers.SearchServer;
import io.tailrace.servers.ServerResponseException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenSearchSinkIT extends SinkContract {

    private static final Map<String, String> STREAMS = Map.of("external.resource.usage", "datastream");

    private static OpenSearch server;

    @BeforeAll
    static void start() {
        try {
            server = OpenSearch.create();
        } catch (MissingJavaException e) {
            abort(e.getMessage());
        }
        server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** And stay out of any if they name none. */
    @Test
    void documentsGoThroughThePipelineThatTheirFieldOrHeaderNames() {
        for (String colour : List.of("blue", "red")) {
            server.request(
                    "PUT",
                    "/_ingest/pipeline/to-" + colour,
                    "{\"processors\":[{\"set\":{\"field\":\"colour\",\"value\":\"" + colour + "\"}}]}");
        }
        for (String source : List.of("field", "header")) {
            TopicPartition partition = new TopicPartition("coloured-by-" + source, 0);
            List<SinkRecord> records = IntStream.range(0, 30)
                    .mapToObj(i ->
                            named(partition, i, List.of("to-blue", "to-red", "").get(i % 3)))
                    .toList();
            Map<String, String> piped = Map.of("pipeline", "{" + source + ":pipe}", "routing", "{" + source + ":pipe}");
            try (TaskHarness harness = harness(piped).assign(partition, records)) {
                harness.pollUntilCommitted(ATMOST);
            }
            assertThat(count(partition.topic())).isEqualTo(30);
            assertThat(found(partition, "colour:blue")).isEqualTo(10);
            assertThat(found(partition, "colour:red")).isEqualTo(10);
            assertThat(found(partition, "_routing:to-red")).isEqualTo(10);
            assertThat(found(partition, "NOT _exists_:_routing")).isEqualTo(10);
        }
    }

    private static SinkRecord named(TopicPartition partition, int offset, String pipeline) {
        SinkRecord record = Records.of(partition.topic(), offset, "{\"pipe\":\"" + pipeline + "\"}");
        record.headers().addString("pipe", pipeline);
        return record;
    }

    private static int found(TopicPartition partition, String query) {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        return server.request("GET", "/" + partition.topic() + "/_search?q=" + encoded, "")
                .at("/hits/total/value")
                .asInt();
    }

    /** The status says then that the server is in trouble. */
    @Test
    void aDocumentThatAPipelineIsMadeToRefuseGoesToTheDeadLetterQueue() {
        server.request(
                "PUT",
                "/_ingest/pipeline/strict",
                "{\"processors\":[{\"fail\":{\"if\":\"ctx.n == 2\",\"message\":\"no twos\"}}]}");
        TopicPartition partition = new TopicPartition("refused", 0);
        List<SinkRecord> records = IntStream.range(0, 10)
                .mapToObj(i -> Records.of("refused", i, "{\"n\":" + i + "}"))
                .toList();
        Map<String, String> piped = new HashMap<>(DLQ);
        piped.put("pipeline", "strict");
        try (TaskHarness harness = harness(piped).assign(partition, records)) {
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.reported())
                    .extracting(SinkRecord::originalKafkaOffset)
                    .containsExactly(2L);
        }
    }

    /** Without a template the first document would make a plain index, and all would go there from then on. */
    @Test
    void documentsWaitForATemplateThatMakesTheirTargetADataStream() {
        TopicPartition partition = new TopicPartition("streamed", 0);
        try (TaskHarness harness = harness(STREAMS).assign(partition, json(partition, 100))) {
            harness.pollUntil(() -> isWaiting(harness) || harness.isAllCommitted(), ATMOST);
            assertThat(harness.committed().get(partition)).isZero();
            assertThatThrownBy(() -> server.request("GET", "/streamed", ""))
                    .isInstanceOf(ServerResponseException.class);
            putTemplate("streamed");
            harness.pollUntilCommitted(ATMOST);
        }
        assertThat(count("streamed")).isEqualTo(100);
        assertThat(isDataStream("streamed")).isTrue();
    }

    @Test
    void documentsForADataStreamDoNotGoToAnIndexOfItsName() {
        server.request("PUT", "/plain", "{}");
        TopicPartition partition = new TopicPartition("plain", 0);
        try (TaskHarness harness = harness(STREAMS).assign(partition, json(partition, 100))) {
            harness.pollUntil(() -> isWaiting(harness) || harness.isAllCommitted(), ATMOST);
            assertThat(harness.committed().get(partition)).isZero();
            assertThat(count("plain")).isZero();
            server.request("DELETE", "/plain", "");
            putTemplate("plain");
            harness.pollUntilCommitted(ATMOST);
        }
        assertThat(count("plain")).isEqualTo(100);
        assertThat(isDataStream("plain")).isTrue();
    }

    /** It is written to the newest index, and what others of the data stream name doesn't matter. */
    @Test
    void documentsWaitForAPipelineThatADataStreamNames() {
        putTemplate("flowing", ",\"template\":{\"settings\":{\"index.default_pipeline\":\"never\"}}");
        server.request("PUT", "/_data_stream/flowing", "");
        putTemplate("flowing", ",\"template\":{\"settings\":{\"index.default_pipeline\":\"late-stream\"}}");
        server.request("POST", "/flowing/_rollover", "");
        TopicPartition partition = new TopicPartition("flowing", 0);
        Map<String, String> streams = new HashMap<>(DLQ);
        streams.putAll(STREAMS);
        List<SinkRecord> records = new ArrayList<>(json(partition, 100));
        String tooMany =
                IntStream.range(0, 1_100).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
        records.set(11, Records.of("flowing", 11, "{" + tooMany + "}"));
        try (TaskHarness harness = harness(streams).assign(partition, records)) {
            harness.pollUntil(() -> isWaiting(harness) || !harness.reported().isEmpty(), ATMOST);
            assertThat(harness.reported()).isEmpty();
            server.request("PUT", "/_ingest/pipeline/late-stream", "{\"processors\":[]}");
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.reported())
                    .extracting(SinkRecord::originalKafkaOffset)
                    .containsExactly(11L);
        }
        assertThat(count("flowing")).isEqualTo(99);
    }

    private static void putTemplate(String name, String more) {
        server.request(
                "PUT",
                "/_index_template/" + name,
                "{\"index_patterns\":[\"" + name + "\"],\"data_stream\":{}" + more + "}");
    }

    private static void putTemplate(String name) {
        putTemplate(name, "");
    }

    private static boolean isDataStream(String name) {
        return server.request("GET", "/_data_stream/" + name, "")
                .at("/data_streams/0/name")
                .asText()
                .equals(name);
    }

    @Override
    SearchServer server() {
        return server;
    }
}
