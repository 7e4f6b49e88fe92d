package io.tailrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.servers.Connect;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.Kafka;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The zips as they are shipped, in a stock worker that has nothing else. */
class PluginZipsIT {

    private static final Etcd ETCD = Etcd.create();
    private static final Kafka KAFKA = Kafka.create();
    private static final Connect CONNECT = Connect.builder(KAFKA.bootstrapServers())
            .pluginPath(PluginZip.pluginPath())
            .property("config.providers", "etcd")
            .property("config.providers.etcd.class", "io.tailrace.connect.etcd.EtcdConfigProvider")
            .property("config.providers.etcd.param.endpoints", ETCD.endpoint())
            .build();

    @BeforeAll
    static void start() {
        ETCD.start();
        KAFKA.start();
        CONNECT.start();
    }

    @AfterAll
    static void stop() {
        CONNECT.close();
        KAFKA.close();
        ETCD.close();
    }

    @ParameterizedTest
    @CsvSource({
        "io.tailrace.connect.filetail.FileTailSourceConnector,source",
        "io.tailrace.connect.elasticsearch.ElasticsearchSinkConnector,sink"
    })
    void theWorkerFindsTheConnectorWithItsVersion(String plugin, String type) {
        assertThat(CONNECT.connectorPlugins())
                .filteredOn(found -> found.path("class").asText().equals(plugin))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.path("type").asText()).isEqualTo(type);
                    assertThat(found.path("version").asText()).isEqualTo(PluginZip.VERSION);
                });
    }

    /** Connect lists no config providers, so this one is put to work. */
    @Test
    void theWorkerReadsAConnectorsSettingFromEtcd() throws IOException {
        ETCD.put("/connect/es", "{\"url\":\"http://es.example:9200\"}");
        ObjectNode config = (ObjectNode) PluginZip.named("elasticsearch-sink")
                .example("sink-elasticsearch.json")
                .path("config");
        config.put("connection.url", "${etcd:/connect/es:url}");

        JsonNode answer = validate(config);

        assertThat(answer.path("error_count").asInt()).isZero();
        assertThat(value(answer, "connection.url")).isEqualTo("http://es.example:9200");
    }

    @ParameterizedTest
    @CsvSource({
        "file-tail-source,source-from-etcd.json",
        "file-tail-source,source-inline.json",
        "elasticsearch-sink,sink-elasticsearch.json"
    })
    void theExampleIsValid(String zip, String example) throws IOException {
        JsonNode answer = validate(PluginZip.named(zip).example(example).path("config"));

        assertThat(errors(answer)).isEmpty();
        assertThat(answer.path("error_count").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd-config-provider", "file-tail-source", "elasticsearch-sink"})
    void theZipIsAComponentArchive(String name) throws IOException {
        PluginZip zip = PluginZip.named(name);
        JsonNode manifest = zip.manifest();

        assertThat(manifest.path("name").asText()).isEqualTo(name);
        assertThat(manifest.path("version").asText()).isEqualTo(PluginZip.VERSION);
        assertThat(manifest.path("owner").path("username").asText()).isEqualTo("tailrace");
        assertThat(List.of("title", "description", "component_types", "license"))
                .allMatch(manifest::hasNonNull);
        assertThat(manifest.toString()).doesNotContain("${");
        assertThat(zip.files("doc")).contains("LICENSE", "README.md", "THIRD-PARTY.txt");
        assertThat(zip.files("etc")).anyMatch(file -> file.startsWith("worker-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd-config-provider", "file-tail-source", "elasticsearch-sink"})
    void noClassIsThereTwiceOrComesWithConnect(String name) throws IOException {
        List<String> classes = PluginZip.named(name).classes();

        assertThat(classes).doesNotHaveDuplicates();
        assertThat(classes)
                .noneMatch(file -> file.startsWith("org/apache/kafka/")
                        || file.startsWith("org/slf4j/")
                        || file.startsWith("jakarta/ws/")
                        || file.startsWith("net/jpountz/")
                        || file.startsWith("org/xerial/snappy/")
                        || file.startsWith("com/github/luben/"));
    }

    private static JsonNode validate(JsonNode config) {
        return CONNECT.validate(config.path("connector.class").asText(), withName(config));
    }

    private static String withName(JsonNode config) {
        // There is no Elasticsearch here.
        return ((ObjectNode) config)
                .put("name", "example")
                .put("validate.connection", "false")
                .toString();
    }

    private static List<String> errors(JsonNode answer) {
        return values(answer).stream()
                .filter(value -> !value.path("errors").isEmpty())
                .map(JsonNode::toString)
                .toList();
    }

    private static String value(JsonNode answer, String key) {
        return values(answer).stream()
                .filter(value -> value.path("name").asText().equals(key))
                .map(value -> value.path("value").asText())
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> values(JsonNode answer) {
        return StreamSupport.stream(answer.path("configs").spliterator(), false)
                .map(config -> config.path("value"))
                .toList();
    }
}
