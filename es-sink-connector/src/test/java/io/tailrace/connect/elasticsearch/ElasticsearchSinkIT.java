package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.SearchServer;
import io.tailrace.servers.ServerResponseException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ElasticsearchSinkIT extends SinkContract {

    private static Elasticsearch server;

    @BeforeAll
    static void start() {
        server = Elasticsearch.builder()
                .property("indexing_pressure.memory.limit", "2mb")
                .build();
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The node writes no more than two megabytes at a time, and says 429 to more. */
    @Test
    void aRequestThatIsTooMuchForTheNodeBecomesSmaller() {
        TopicPartition partition = new TopicPartition("too-much", 0);
        String line = "x".repeat(10_000);
        List<SinkRecord> records = IntStream.range(0, 500)
                .mapToObj(i -> Records.of("too-much", i, line + i))
                .toList();
        try (TaskHarness harness = harness(Map.of()).assign(partition, records)) {
            harness.pollUntilCommitted(ATMOST);
            assertThat(harness.metric("splits-total", "")).isPositive();
        }
        server.refresh("too-much");
        assertThat(server.count("too-much")).isEqualTo(500);
    }

    /** The Elasticsearch of these tests has no data streams. */
    @Test
    void aServerWithoutDataStreamsMakesNoIndexInstead() {
        TopicPartition partition = new TopicPartition("no-streams", 0);
        try (TaskHarness harness =
                harness(Map.of("external.resource.usage", "datastream")).assign(partition, json(partition, 100))) {
            harness.pollUntil(() -> isWaiting(harness) || harness.isAllCommitted(), ATMOST);
            assertThat(harness.committed().get(partition)).isZero();
        }
        assertThatThrownBy(() -> server.request("GET", "/no-streams", "")).isInstanceOf(ServerResponseException.class);
    }

    @Override
    SearchServer server() {
        return server;
    }
}
