package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tailrace.servers.MissingJavaException;
import io.tailrace.servers.OpenSearch;
import io.tailrace.servers.SearchServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenSearchSinkIT extends SinkContract {

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

    @Override
    SearchServer server() {
        return server;
    }
}
