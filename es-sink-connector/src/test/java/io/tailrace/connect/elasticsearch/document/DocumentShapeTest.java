package io.tailrace.connect.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.elasticsearch.Records;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class DocumentShapeTest {

    private static final String TIME = "2026-11-21T10:15:30.123Z";
    private static final DocumentShape TIMED = new DocumentShape(true, List.of(), Map.of(), false);
    private static final DocumentShape FIELDS =
            new DocumentShape(true, List.of("none", "a.when", "when"), Map.of(), false);

    @Test
    void objectsWithoutATimeGetTheRecords() {
        assertThat(text(TIMED, "{\"a\":1}")).isEqualTo("{\"a\":1,\"@timestamp\":\"" + TIME + "\"}");
        assertThat(text(TIMED, "{}")).isEqualTo("{\"@timestamp\":\"" + TIME + "\"}");
        assertThat(text(TIMED, "{\"@timestamp\":\"mine\"}")).isEqualTo("{\"@timestamp\":\"mine\"}");
        assertThat(text(TIMED, "line")).isEqualTo("{\"@timestamp\":\"" + TIME + "\",\"message\":\"line\"}");
    }

    @Test
    void theTimeMayComeFromAField() {
        assertThat(text(FIELDS, "{\"when\":\"yesterday \\\"noon\\\"\"}"))
                .isEqualTo("{\"when\":\"yesterday \\\"noon\\\"\",\"@timestamp\":\"yesterday \\\"noon\\\"\"}");
        assertThat(text(FIELDS, "{\"a\":{\"when\":" + Records.TIMESTAMP + "},\"when\":1}"))
                .endsWith(",\"@timestamp\":\"" + TIME + "\"}");
        assertThat(text(FIELDS, "{\"when\":null}")).isEqualTo("{\"when\":null,\"@timestamp\":\"" + TIME + "\"}");
        assertThatThrownBy(() -> text(FIELDS, "{\"when\":99999999999999999999}"))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("'when'");
    }

    @Test
    void withoutAnyTimeTheRecordIsMalformed() {
        for (String value : List.of("{}", "line")) {
            SinkRecord record = Records.withoutTimestamp("t", 0, value);
            assertThatThrownBy(() -> new DocumentFactory(TIMED).document(record))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessageContaining("no timestamp");
        }
    }

    @Test
    void headersBecomeMembers() {
        SinkRecord record = Records.withHeader(Records.of("t", 0, "{\"taken\":1}"), "{\"known\":2}");
        record.headers().addString("trace", "a\"b");
        record.headers().addInt("count", 7);
        record.headers().addBytes("raw", "größer".getBytes(StandardCharsets.UTF_8));
        record.headers().addBytes("broken", new byte[] {'x', (byte) 0xFF});
        record.headers().addString("taken", "no");
        record.headers().addString("known", "no");
        record.headers().add("nothing", null, null);
        DocumentShape all = new DocumentShape(false, List.of(), Map.of("trace", "trace.id"), true);
        assertThat(new String(new DocumentFactory(all).document(record), StandardCharsets.UTF_8))
                .isEqualTo("{\"taken\":1,\"known\":2,\"trace.id\":\"a\\\"b\",\"count\":7,\"raw\":\"größer\","
                        + "\"broken\":\"x\uFFFD\"}");
        DocumentShape one = new DocumentShape(false, List.of(), Map.of("count", "n"), false);
        assertThat(new String(new DocumentFactory(one).document(record), StandardCharsets.UTF_8))
                .isEqualTo("{\"taken\":1,\"known\":2,\"n\":7}");
    }

    /** To the server a name with a dot is an object, beside which no other value of that name can stand. */
    @Test
    void headersThatCanNotStandBesideTheMetadataOrEachOtherStayOut() {
        SinkRecord record = Records.withHeader(Records.of("t", 0, "{}"), "{\"host.name\":\"a\",\"service\":\"b\"}");
        record.headers().addString("host", "c");
        record.headers().addString("service.name", "d");
        record.headers().addString("trace", "e");
        record.headers().addString("trace.id", "f");
        DocumentShape all = new DocumentShape(false, List.of(), Map.of(), true);
        assertThat(new String(new DocumentFactory(all).document(record), StandardCharsets.UTF_8))
                .isEqualTo("{\"host.name\":\"a\",\"service\":\"b\",\"trace\":\"e\"}");
    }

    @Test
    void numbersThatAreNoneAndHugeOnesStayWhatTheyAre() {
        assertThat(text(DocumentShape.PLAIN, "{\"n\":1e400,\"m\":123456789012345678901234567890}"))
                .isEqualTo("{\"n\":1e400,\"m\":123456789012345678901234567890}");
        assertThat(text(DocumentShape.PLAIN, Map.of("n", Double.NaN))).isEqualTo("{\"n\":\"NaN\"}");
        assertThat(text(DocumentShape.PLAIN, Map.of("n", Float.POSITIVE_INFINITY)))
                .isEqualTo("{\"n\":\"Infinity\"}");
        assertThat(text(DocumentShape.PLAIN, "{\"n\":NaN}")).contains("\"message\":\"{\\\"n\\\":NaN}\"");
        assertThat(text(DocumentShape.PLAIN, "{\"a\":1,\"a\":2}")).isEqualTo("{\"a\":1,\"a\":2}");
    }

    private static String text(DocumentShape shape, Object value) {
        return new String(new DocumentFactory(shape).document(Records.of("t", 0, value)), StandardCharsets.UTF_8);
    }
}
