package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands in Kafka, for each of Connect's own converters, as a plain consumer sees it. */
@ExtendWith(SharedServers.Extension.class)
class ConvertersIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINE = "{\"msg\":\"größer als \\\"5 €\\\" 日本\"}";

    private final SharedServers servers;

    ConvertersIT(SharedServers servers) {
        this.servers = servers;
    }

    /** A converter that can be chosen for keys, values and headers, and how its bytes are read back. */
    enum Converter {
        BYTES("bytes", "org.apache.kafka.connect.converters.ByteArrayConverter", false),
        STRING("string", "org.apache.kafka.connect.storage.StringConverter", false),
        JSON_TEXT("string", "org.apache.kafka.connect.json.JsonConverter", true);

        private final String valueType;
        private final String converter;
        private final boolean quoted;

        Converter(String valueType, String converter, boolean quoted) {
            this.valueType = valueType;
            this.converter = converter;
            this.quoted = quoted;
        }

        Map<String, String> config() {
            return Map.of(
                    "value.type", valueType,
                    "key.converter", converter,
                    "key.converter.schemas.enable", "false",
                    "value.converter", converter,
                    "value.converter.schemas.enable", "false",
                    "header.converter", converter,
                    "header.converter.schemas.enable", "false");
        }

        String text(byte[] bytes) throws JsonProcessingException {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return quoted ? JSON.readValue(text, String.class) : text;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineIsReadBackWithItsKeyAndItsMetadata(Converter converter, @TempDir Path folder) throws Exception {
        try (Site site = new Site(servers, folder)) {
            Path file = site.log("app.log");
            long before = System.currentTimeMillis();
            ConsumerRecord<byte[], byte[]> record = onlyRecord(site, file, converter.config());

            assertThat(converter.text(record.value())).isEqualTo(LINE);
            assertThat(converter.text(record.key())).isEqualTo(Site.HOST_ID + "|main|" + file);
            assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
            List<Header> headers = new ArrayList<>();
            record.headers().forEach(headers::add);
            assertThat(headers).singleElement().extracting(Header::key).isEqualTo("tailrace");
            JsonNode metadata = JSON.readTree(converter.text(headers.get(0).value()));
            assertMetadata(metadata, file);
            assertThat(metadata.has("log.offset")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEnvelopeHoldsLineAndMetadata(Converter converter, @TempDir Path folder) throws Exception {
        try (Site site = new Site(servers, folder)) {
            Path file = site.log("app.log");
            Map<String, String> config = new HashMap<>(converter.config());
            config.putAll(Map.of("value.format", "envelope", "record.key", "none"));
            ConsumerRecord<byte[], byte[]> record = onlyRecord(site, file, config);

            JsonNode envelope = JSON.readTree(converter.text(record.value()));
            assertThat(envelope.path("message").asText()).isEqualTo(LINE);
            assertThat(envelope.path("@timestamp").asText()).isNotEmpty();
            assertMetadata(envelope, file);
            assertThat(record.key()).isNull();
            assertThat(record.headers()).isEmpty();
        }
    }

    private ConsumerRecord<byte[], byte[]> onlyRecord(Site site, Path file, Map<String, String> config) {
        Site.append(file, LINE);
        site.collect(
                "{\"log_path\":\"%s\",\"topic\":\"%s\",\"service\":\"shop\",\"id\":\"main\",\"fields\":{\"team\":\"blue\"}}"
                        .formatted(file, site.topic()));
        site.startSource(servers.worker(Delivery.AT_LEAST_ONCE), config);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TopicReader reader = site.reader(site.topic())) {
            reader.readUntil(records::add, () -> !records.isEmpty(), SOON);
        }
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static void assertMetadata(JsonNode metadata, Path file) {
        assertThat(metadata.path("host.name").asText()).isNotEmpty();
        assertThat(metadata.path("log.file.path").asText()).isEqualTo(file.toString());
        assertThat(metadata.path("service.name").asText()).isEqualTo("shop");
        assertThat(metadata.path("team").asText()).isEqualTo("blue");
    }
}
