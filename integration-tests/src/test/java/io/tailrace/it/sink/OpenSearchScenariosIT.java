package io.tailrace.it.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.servers.MissingJavaException;
import io.tailrace.servers.OpenSearch;
import io.tailrace.servers.SearchServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sinking on OpenSearch, which has data streams where the Elasticsearch of these tests hasn't. */
class OpenSearchScenariosIT extends SinkScenarios {

    private static final String TEMPLATE =
            "{\"index_patterns\":[\"events*\"],\"data_stream\":{},\"template\":{\"settings\":{\"number_of_replicas\":0}}}";

    @Override
    SearchServer create(String property, String value) {
        try {
            return OpenSearch.builder().property(property, value).build();
        } catch (MissingJavaException e) {
            return abort(e.getMessage());
        }
    }

    /** Scenario 12. */
    @Test
    void aDataStreamThatIsReplayedHasEveryDocumentOnce() {
        try (SinkBench bench = bench("events")) {
            bench.createTopic(1);
            bench.produce(0, 0, 3000, SinkScenarios::document);
            ConnectorHandle sink = bench.startSink(small(
                    "external.resource.usage", "datastream",
                    "setup.index.template.name", "events",
                    "setup.index.template", TEMPLATE,
                    "setup.data.stream", "events"));
            bench.awaitCommitted(sink, 0, 3000);
            assertThat(bench.count()).isEqualTo(3000);
            assertThat(server().request("GET", "/_data_stream/events", "")
                            .at("/data_streams/0/name")
                            .asText())
                    .isEqualTo("events");

            sink.stop();
            worker().resetOffsets(sink.name());
            sink.resume();
            bench.awaitCommitted(sink, 0, 3000);
            assertThat(bench.count()).isEqualTo(3000);
            assertThat(bench.search("{\"query\":{\"exists\":{\"field\":\"@timestamp\"}},\"track_total_hits\":true}")
                            .at("/hits/total/value")
                            .asLong())
                    .isEqualTo(3000);
            assertThat(sink.states()).containsOnly("RUNNING");
        }
    }

    /** The names of Confluent's scheme, and a time that is in the document. */
    @Test
    void aDataStreamOfTheSchemeTakesTheTimeFromAField() {
        server().request("PUT", "/_index_template/scheme", TEMPLATE.replace("events*", "logs-*-*"));
        try (SinkBench bench = bench("scheme")) {
            bench.createTopic(1);
            bench.produce(0, 0, 100, i -> "{\"n\":" + i + ",\"when\":" + (1_795_256_130_123L + i) + "}");
            Map<String, String> changes = small(
                    "index", "",
                    "data.stream.type", "LOGS",
                    "data.stream.dataset", "app",
                    "data.stream.timestamp.field", "none,when");
            ConnectorHandle sink = bench.startSink(changes);
            bench.awaitCommitted(sink, 0, 100);
            assertThat(bench.count("logs-app-scheme")).isEqualTo(100);
            assertThat(server().request("GET", "/logs-app-scheme/_search?q=n:7", "")
                            .at("/hits/hits/0/_source/@timestamp")
                            .asText())
                    .isEqualTo("2026-11-21T10:15:30.130Z");
        }
    }
}
