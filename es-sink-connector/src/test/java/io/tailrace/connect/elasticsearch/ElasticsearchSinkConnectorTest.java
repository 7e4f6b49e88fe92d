package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
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
        assertThat(connector.taskConfigs(3))
                .hasSize(3)
                .allSatisfy(task ->
                        assertThat(task).containsAllEntriesOf(PROPERTIES).hasSize(PROPERTIES.size() + 1));
        assertThat(connector.taskClass()).isEqualTo(ElasticsearchSinkTask.class);
        connector.stop();
    }

    /** Connect restarts tasks only if their configurations differ, and compares them with secrets unresolved. */
    @Test
    void newCredentialsMakeOtherTaskConfigurations() {
        assertThat(fingerprint("hunter1")).isEqualTo(fingerprint("hunter1")).isNotEqualTo(fingerprint("hunter2"));
        assertThat(fingerprint("hunter1")).hasSizeLessThan(6);
    }

    private static String fingerprint(String password) {
        Map<String, String> properties = new HashMap<>(PROPERTIES);
        properties.putAll(Map.of("connection.username", "me", "connection.password", password));
        ElasticsearchSinkConnector connector = new ElasticsearchSinkConnector();
        connector.start(properties);
        return connector.taskConfigs(1).get(0).get("task.credentials");
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
