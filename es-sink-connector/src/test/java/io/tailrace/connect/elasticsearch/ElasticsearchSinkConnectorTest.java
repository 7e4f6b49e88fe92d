package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class ElasticsearchSinkConnectorTest {

    private static final Map<String, String> PROPERTIES =
            Map.of("connection.url", "http://localhost:9200", "topics", "web_log");

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(SinkConnector.class))
                .hasAtLeastOneElementOfType(ElasticsearchSinkConnector.class);
    }

    @Test
    void everyTaskGetsTheWholeConfiguration() {
        ElasticsearchSinkConnector connector = new ElasticsearchSinkConnector();
        connector.start(PROPERTIES);
        assertThat(connector.taskConfigs(3)).hasSize(3).containsOnly(PROPERTIES);
        assertThat(connector.taskClass()).isEqualTo(ElasticsearchSinkTask.class);
        connector.stop();
    }

    @Test
    void tellsItsVersion() {
        assertThat(new ElasticsearchSinkConnector().version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(new ElasticsearchSinkTask().version()).isEqualTo(new ElasticsearchSinkConnector().version());
    }

    @Test
    void doesNotStartWithABadConfiguration() {
        assertThatThrownBy(() -> new ElasticsearchSinkConnector().start(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("connection.url");
    }
}
