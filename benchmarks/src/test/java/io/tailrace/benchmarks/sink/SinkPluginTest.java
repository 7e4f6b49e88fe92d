package io.tailrace.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.connect.elasticsearch.ElasticsearchSinkConnector;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkPluginTest {
    private static final ShippedConfigs SHIPPED = new ShippedConfigs(
            Path.of(System.getProperty("tailrace.repository")).resolve("connect-configs"));
    private static final Path JARS = Path.of("/jars");

    @Test
    void oursHasAllThatIsShipped() {
        Map<String, String> config = SinkPlugin.tailrace(SHIPPED, JARS).config("some_log", "http://127.0.0.1:9200");
        assertThat(config)
                .containsEntry("connector.class", ElasticsearchSinkConnector.class.getName())
                .containsEntry("topics", "some_log")
                .containsEntry("connection.url", "http://127.0.0.1:9200")
                .containsEntry("errors.deadletterqueue.topic.name", "some_log_dlq")
                .doesNotContainKey("topics.regex")
                .hasSameSizeAs(with(SHIPPED.sink(), "connection.url"));
    }

    private static Map<String, String> with(Map<String, String> config, String key) {
        config.putIfAbsent(key, "");
        return config;
    }

    @Test
    void thePeerHasTheSameRoom() {
        SinkConfig ours =
                SinkConfig.parse(SinkPlugin.tailrace(SHIPPED, JARS).config("some_log", "http://127.0.0.1:9200"));
        Map<String, String> theirs = SinkPlugin.confluent(SHIPPED, JARS, true).config("some_log", "http://127.0.0.1:1");
        assertThat(theirs)
                .containsEntry("batch.size", String.valueOf(ours.bulk().maxCount()))
                .containsEntry(
                        "max.in.flight.requests", String.valueOf(ours.bulk().maxInFlight()))
                .containsEntry("consumer.override.max.poll.records", "2000")
                .containsEntry("value.converter.schemas.enable", "false")
                .doesNotContainKey("errors.deadletterqueue.topic.name");
    }

    @Test
    void textIsWrappedForThePeer() {
        assertThat(SinkPlugin.confluent(SHIPPED, JARS, false).connector())
                .containsEntry("transforms.wrap.field", "message");
    }
}
