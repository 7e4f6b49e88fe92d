package io.tailrace.connect.elasticsearch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.elasticsearch.malformed.MalformedPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkConfigTest {

    @Test
    void everyKeyWithItsDefault() {
        Map<String, Object> defaults = new HashMap<>();
        SinkConfig.definition().configKeys().forEach((name, key) -> defaults.put(name, key.defaultValue));
        Map<String, Object> expected = new HashMap<>();
        expected.put("connection.url", ConfigDef.NO_DEFAULT_VALUE);
        expected.put("connection.username", null);
        expected.put("connection.password", null);
        expected.put("connection.api.key", null);
        expected.put("connection.timeout.ms", 5_000);
        expected.put("read.timeout.ms", 60_000);
        expected.put("index", "{topic}");
        expected.put("id.strategy", "offset");
        expected.put("behavior.on.null.values", "fail");
        expected.put("behavior.on.malformed.documents", "fail");
        expected.put("batch.size", 5_000);
        expected.put("bulk.size.bytes", 5 * 1024 * 1024);
        expected.put("linger.ms", 50L);
        expected.put("max.in.flight.requests", 3);
        expected.put("max.buffered.bytes", 64L * 1024 * 1024);
        assertThat(defaults).isEqualTo(expected);
    }

    @Test
    void everyKeyIsDocumented() {
        SinkConfig.definition().configKeys().values().forEach(key -> {
            assertThat(key.documentation).as(key.name).isNotBlank();
            assertThat(key.group).as(key.name).isNotBlank();
        });
    }

    @Test
    void readsASmallConfiguration() {
        SinkConfig config = SinkConfig.parse(with("connection.url", "http://a:9200, https://b:9201"));
        assertThat(config.connection().urls())
                .extracting(Object::toString)
                .containsExactly("http://a:9200", "https://b:9201");
        assertThat(config.document().malformed()).isEqualTo(MalformedPolicy.FAIL);
        assertThat(config.document().index()).hasToString("{topic}");
        assertThat(errors(with("tasks.max", "3"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection.url | '' | at least one URL",
                "connection.url | localhost:9200 | must look like http",
                "connection.url | ftp://a | must look like http",
                "connection.url | http://a:9200,http://b:9200/es | same path",
                "connection.url | http://a:9200,http://a:9200 | twice",
                "connection.url | http://a:9200/?x=1 | query",
                "connection.url | 'http://a b' | not a URL",
                "index | {field:x} | not supported yet",
                "index | Logs | lower case",
                "id.strategy | origin | not supported yet",
                "id.strategy | key | must be offset",
                "behavior.on.null.values | delete | not supported yet",
                "behavior.on.null.values | skip | must be ignore or fail",
                "behavior.on.malformed.documents | drop | drop",
                "batch.size | 0 | at least 1",
                "linger.ms | -1 | at least 0",
                "max.in.flight.requests | 11 | no more than 10",
                "max.buffered.bytes | 2000000 | must not be less than bulk.size.bytes",
                "connection.username | me | connection.password",
                "connection.password | secret | connection.username",
                "key.ignore | false | not supported yet",
                "write.method | upsert | not supported yet",
                "data.stream.type | logs | not supported yet",
                "elastic.https.ssl.truststore.location | /x | not supported yet"
            })
    void refuses(String key, String value, String expected) {
        Map<String, String> properties = with(key, value);
        assertThat(errors(properties)).hasSize(1).allSatisfy((k, messages) -> {
            assertThat(messages).hasSize(1);
            assertThat(messages.get(0)).contains(expected);
        });
        assertThatThrownBy(() -> SinkConfig.parse(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void problemsBetweenKeysAreSaidOnTheKeyToChange() {
        assertThat(errors(with("connection.username", "me"))).containsOnlyKeys("connection.password");
        assertThat(errors(with("key.ignore", "false"))).containsOnlyKeys("key.ignore");
        Map<String, String> both = with("connection.api.key", "abc");
        both.put("connection.username", "me");
        both.put("connection.password", "secret");
        assertThat(errors(both)).containsOnlyKeys("connection.api.key");
    }

    @Test
    void deadLetterQueueNeedsConnectsOwnSettings() {
        Map<String, String> properties = with("behavior.on.malformed.documents", "dlq");
        assertThat(errors(properties).get("behavior.on.malformed.documents")).hasSize(2);
        properties.put("errors.tolerance", "all");
        assertThat(errors(properties).get("behavior.on.malformed.documents")).hasSize(1);
        properties.put("errors.deadletterqueue.topic.name", "dead");
        assertThat(errors(properties)).isEmpty();
        assertThat(SinkConfig.parse(properties).document().malformed()).isEqualTo(MalformedPolicy.DLQ);
    }

    @Test
    void keysOfOtherSinksThatAskForWhatHappensAnywayAreAccepted() {
        Map<String, String> properties = with("key.ignore", "true");
        properties.put("schema.ignore", "true");
        properties.put("write.method", "INSERT");
        properties.put("connection.compression", "false");
        assertThat(errors(properties)).isEmpty();
    }

    @Test
    void secretsAreNeverShown() {
        Map<String, String> properties = with("connection.url", "http://me:hunter2@a:9200");
        assertThat(errors(properties).toString()).doesNotContain("hunter2").contains("holds credentials");
        assertThatThrownBy(() -> SinkConfig.parse(properties)).hasMessageNotContaining("hunter2");
        Map<String, String> password = with("connection.username", "me");
        password.put("connection.password", "hunter2");
        assertThat(SinkConfig.parse(password).toString()).doesNotContain("hunter2");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> properties = new HashMap<>(Map.of("connection.url", "http://localhost:9200"));
        properties.put(key, value);
        return properties;
    }

    private static Map<String, List<String>> errors(Map<String, String> properties) {
        return SinkConfig.validate(properties).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
    }
}
