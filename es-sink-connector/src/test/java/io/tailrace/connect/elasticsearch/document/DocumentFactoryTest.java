package io.tailrace.connect.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.elasticsearch.Records;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class DocumentFactoryTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HEADER = "{\"host.name\":\"web1\",\"log.file.path\":\"/var/log/a.log\"}";

    private final DocumentFactory documents = new DocumentFactory(DocumentShape.PLAIN);

    @Test
    void jsonObjectGoesThroughAsTheSameBytes() {
        byte[] value = " {\"code\": \"200\", \"a\":{\"b\":[1,2.50]}}".getBytes(StandardCharsets.UTF_8);
        assertThat(documents.document(Records.of("t", 0, value))).isSameAs(value);
        assertThat(text(" {\"x\":1.0} ")).isEqualTo(" {\"x\":1.0} ");
    }

    @Test
    void rawLineBreaksBecomeSpaces() {
        assertThat(text("{\"a\":1,\r\n\"b\":2}\n")).isEqualTo("{\"a\":1,  \"b\":2} ");
        assertThat(textWithHeader("{\n}\n", "{\n\"k\":\n[1,\n2]}")).isEqualTo("{ \"k\":[1, 2]}");
    }

    @Test
    void anInjectedActionIsOnlyText() {
        String evil = "{\"a\":1}\n{\"delete\":{\"_index\":\"x\",\"_id\":\"1\"}}\n";
        assertThat(text(evil))
                .isEqualTo("{\"@timestamp\":\"2026-11-21T10:15:30.123Z\",\"message\":\"{\\\"a\\\":1}\\n"
                        + "{\\\"delete\\\":{\\\"_index\\\":\\\"x\\\",\\\"_id\\\":\\\"1\\\"}}\\n\"}");
    }

    @Test
    void textIsWrappedWithTimeAndMetadata() {
        assertThat(textWithHeader("GET / 200", HEADER))
                .isEqualTo("{\"@timestamp\":\"2026-11-21T10:15:30.123Z\",\"message\":\"GET / 200\","
                        + "\"host.name\":\"web1\",\"log.file.path\":\"/var/log/a.log\"}");
        assertThat(new String(documents.document(Records.withoutTimestamp("t", 0, "x")), StandardCharsets.UTF_8))
                .isEqualTo("{\"message\":\"x\"}");
    }

    @Test
    void scalarsAndArraysAreTextToo() {
        for (String value : List.of("42", "\"quoted\"", "[1,2]", "true", "null", "", "{\"a\":}", "\uFEFF{}")) {
            assertThat(json(text(value)).get("message").asText()).isEqualTo(value);
        }
        assertThat(json(text(7)).get("message").asText()).isEqualTo("7");
        assertThat(json(text(List.of(1, 2))).get("message").asText()).isEqualTo("[1,2]");
    }

    @Test
    void bytesThatAreNoUtf8ShowAsReplacementCharacters() {
        byte[] gbk = {'{', '"', 'a', '"', ':', '"', (byte) 0xD6, (byte) 0xD0, '"', '}'};
        assertThat(json(new String(documents.document(Records.of("t", 0, gbk)), StandardCharsets.UTF_8))
                        .get("message")
                        .asText())
                .isEqualTo("{\"a\":\"\uFFFD\uFFFD\"}");
    }

    @Test
    void metadataJoinsObjects() {
        assertThat(textWithHeader("{\"a\":1}", HEADER))
                .isEqualTo("{\"a\":1,\"host.name\":\"web1\",\"log.file.path\":\"/var/log/a.log\"}");
        assertThat(textWithHeader(" { } ", HEADER))
                .isEqualTo("{ \"host.name\":\"web1\",\"log.file.path\":\"/var/log/a.log\"}");
        assertThat(textWithHeader("{\"a\":1}", "{}")).isEqualTo("{\"a\":1}");
        assertThat(textWithHeader("{\"a\":1}", "{\"k\":1,\"k\":2}")).isEqualTo("{\"a\":1,\"k\":1}");
    }

    @Test
    void whatTheDocumentHasAlreadyStays() {
        assertThat(textWithHeader("{\"host.name\":\"mine\"}", HEADER))
                .isEqualTo("{\"host.name\":\"mine\",\"log.file.path\":\"/var/log/a.log\"}");
        assertThat(textWithHeader("{\"host\\u002ename\":\"mine\"}", HEADER))
                .isEqualTo("{\"host\\u002ename\":\"mine\",\"log.file.path\":\"/var/log/a.log\"}");
    }

    /** {@code "log": "text"} beside {@code "log.file.path"} would make Elasticsearch refuse the whole document. */
    @Test
    void fieldsUnderAScalarDoNotJoin() {
        assertThat(textWithHeader("{\"log\":\"text\",\"host\":{\"ip\":\"::1\"}}", HEADER))
                .isEqualTo("{\"log\":\"text\",\"host\":{\"ip\":\"::1\"},\"host.name\":\"web1\"}");
        assertThat(textWithHeader("{\"host.name.first\":1}", HEADER))
                .isEqualTo("{\"host.name.first\":1,\"log.file.path\":\"/var/log/a.log\"}");
    }

    /** To the server {@code "host": {"name": …}} and {@code "host.name"} are one field. */
    @Test
    void fieldsThatAnObjectHasInsideDoNotJoin() {
        String noHost = ",\"log.file.path\":\"/var/log/a.log\"}";
        for (String host : List.of(
                "{\"name\":\"mine\"}",
                "{\"ip\":[{}],\"name\":null}",
                "{\"na\\u006de\":[\"mine\"]}",
                "{\"name\":{\"first\":1}}",
                "{\"name.first\":1}")) {
            assertThat(textWithHeader("{\"host\":" + host + "}", HEADER)).isEqualTo("{\"host\":" + host + noHost);
        }
        String noLog = ",\"host.name\":\"web1\"}";
        for (String log :
                List.of("{\"file\":\"x\"}", "{\"file\":{\"path\":1}}", "{\"file.path\":1}", "{\"file\":[]}")) {
            assertThat(textWithHeader("{\"log\":" + log + "}", HEADER)).isEqualTo("{\"log\":" + log + noLog);
        }
        String other = "{\"log\":{\"file\":{\"name\":1},\"path\":2},\"host\":{\"names\":1}";
        assertThat(textWithHeader(other + "}", HEADER))
                .isEqualTo(other + ",\"host.name\":\"web1\",\"log.file.path\":\"/var/log/a.log\"}");
    }

    @Test
    void headerMayBeBytesTextOrMap() {
        String expected = "{\"a\":1,\"k\":\"v\"}";
        assertThat(textWithHeader("{\"a\":1}", "{\"k\":\"v\"}")).isEqualTo(expected);
        assertThat(textWithHeader("{\"a\":1}", "{\"k\":\"v\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
        assertThat(textWithHeader("{\"a\":1}", Map.of("k", "v"))).isEqualTo(expected);
    }

    @Test
    void headerThatIsNoObjectMakesTheRecordMalformed() {
        assertThatThrownBy(() -> textWithHeader("{}", "web1"))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("header 'tailrace' is not a JSON object: web1");
    }

    @Test
    void structuresAreWrittenAsJsonConverterWritesThem() throws IOException {
        Schema schema = SchemaBuilder.struct()
                .field("name", Schema.STRING_SCHEMA)
                .field("count", Schema.INT32_SCHEMA)
                .build();
        Struct struct = new Struct(schema).put("name", "a\nb").put("count", 3);
        SinkRecord record = Records.withHeader(Records.of("t", schema, struct), "{\"k\":\"v\"}");
        assertThat(MAPPER.readTree(documents.document(record)))
                .isEqualTo(MAPPER.readTree("{\"name\":\"a\\nb\",\"count\":3,\"k\":\"v\"}"));
        assertThat(json(text(Map.of("a", List.of(1, 2))))).isEqualTo(MAPPER.readTree("{\"a\":[1,2]}"));
        assertThat(text(ByteBuffer.wrap("{\"a\":1}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void decimalsAreNumbersWithAllTheirDigits() {
        BigDecimal decimal = new BigDecimal("12345678901234567890.1200");
        Schema schema = SchemaBuilder.struct()
                .field("price", Decimal.schema(decimal.scale()))
                .build();
        SinkRecord record = Records.of("t", schema, new Struct(schema).put("price", decimal));
        assertThat(new String(documents.document(record), StandardCharsets.UTF_8))
                .isEqualTo("{\"price\":12345678901234567890.1200}");
    }

    @Property(tries = 2000)
    void everyObjectKeepsItsContentAndGainsTheMetadata(
            @ForAll("objects") String value, @ForAll("objects") String header) throws IOException {
        String document = textWithHeader(value, header);
        assertThat(document).doesNotContain("\n", "\r");
        JsonNode actual = MAPPER.readTree(document);
        ObjectNode rest = actual.deepCopy();
        JsonNode original = MAPPER.readTree(value);
        original.properties().forEach(field -> {
            assertThat(actual.get(field.getKey())).isEqualTo(field.getValue());
            rest.remove(field.getKey());
        });
        rest.fieldNames()
                .forEachRemaining(name -> assertThat(json(header).has(name)).isTrue());
    }

    @Property(tries = 2000)
    void everyValueBecomesOneLineOfJson(@ForAll byte[] value) {
        String document = new String(documents.document(Records.of("t", 0, value)), StandardCharsets.UTF_8);
        assertThat(document).doesNotContain("\n", "\r");
        assertThat(json(document).isObject()).isTrue();
        assertThat(json(text(new String(value, StandardCharsets.ISO_8859_1)))
                        .get("message")
                        .asText())
                .isEqualTo(new String(value, StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<String> objects() {
        return JsonArbitraries.objects();
    }

    private String text(Object value) {
        return new String(documents.document(Records.of("t", 0, value)), StandardCharsets.UTF_8);
    }

    private String textWithHeader(Object value, Object header) {
        SinkRecord record = Records.withHeader(Records.of("t", 0, value), header);
        return new String(documents.document(record), StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
