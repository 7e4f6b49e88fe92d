package io.tailrace.connect.elasticsearch.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.DocumentShape;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import io.tailrace.connect.elasticsearch.target.RecordText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class DocumentIdsTest {

    @Test
    void namesTheRecordsPlaceAndTime() {
        assertThat(offsetId(Records.of("web_log", 3, 17, "x"))).isEqualTo("web_log+3+17+" + Records.TIMESTAMP);
        assertThat(offsetId(Records.withoutTimestamp("web_log", 17, "x"))).isEqualTo("web_log+0+17+");
    }

    @Test
    void isTheSameUnderAnotherTopicName() {
        SinkRecord record = Records.of("web_log", 0, 17, "x");
        SinkRecord renamed = record.newRecord("other", 9, null, null, null, "x", record.timestamp(), record.headers());
        assertThat(offsetId(renamed)).isEqualTo(offsetId(record));
    }

    /** Half a character would become a question mark, and different records the same document. */
    @Test
    void halfCharactersMakeNoId() {
        for (String half : List.of("\\ud800", "\\udc00x", "x\\ud83d")) {
            SinkRecord record = Records.of("t", 0, "{\"id\":\"" + half + "\"}");
            RecordText text = new RecordText(record, ((String) record.value()).getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> new DocumentIds(IdStrategy.FIELD, "id", null).id(text))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessageContaining("half a character");
        }
    }

    @Property
    void differentRecordsHaveDifferentIds(
            @ForAll @IntRange(max = 20) int partition,
            @ForAll @LongRange(min = 0, max = 2000) long offset,
            @ForAll @IntRange(max = 20) int otherPartition,
            @ForAll @LongRange(min = 0, max = 2000) long otherOffset) {
        String one = offsetId(Records.of("t", partition, offset, "x"));
        String other = offsetId(Records.of("t", otherPartition, otherOffset, "x"));
        assertThat(one.equals(other)).isEqualTo(partition == otherPartition && offset == otherOffset);
    }

    private static String offsetId(SinkRecord record) {
        DocumentFactory documents = new DocumentFactory(DocumentShape.PLAIN);
        return new DocumentIds(IdStrategy.OFFSET, null, documents).id(new RecordText(record, null));
    }

    @Test
    void staysWithinElasticsearchsLimit() {
        SinkRecord longest = new SinkRecord(
                "t".repeat(249),
                Integer.MAX_VALUE,
                null,
                null,
                null,
                "x",
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                TimestampType.CREATE_TIME);
        assertThat(offsetId(longest).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void keysAndFieldsAreIds() {
        assertThat(id(IdStrategy.KEY, keyed("k\"1"))).isEqualTo("k\"1");
        assertThat(id(IdStrategy.KEY, keyed(17L))).isEqualTo("17");
        assertThat(id(IdStrategy.KEY, keyed("größer".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("größer");
        assertThat(id(IdStrategy.FIELD, keyed(null))).isEqualTo("42");
        for (Object bad : new Object[] {null, "", "x".repeat(513), new byte[] {(byte) 0xFF}, List.of(1)}) {
            assertThatThrownBy(() -> id(IdStrategy.KEY, keyed(bad))).isInstanceOf(MalformedRecordException.class);
        }
    }

    @Test
    void originsAreTheSameWhereverTheLineCameThrough() {
        String header =
                "{\"host.name\":\"h\",\"log.stream\":\"h|main|/var/log/a.log\",\"log.generation\":3,\"log.offset\":170}";
        String id = id(IdStrategy.ORIGIN, Records.withHeader(Records.of("t", 5, "x"), header));
        assertThat(id).endsWith("+3+170").hasSize(22 + 6);
        assertThat(id(IdStrategy.ORIGIN, Records.withHeader(Records.of("other", 1, 99, "x"), header)))
                .isEqualTo(id);
        assertThat(id(IdStrategy.ORIGIN, Records.withHeader(Records.of("t", 5, "x"), header.replace("a.log", "b.log"))))
                .isNotEqualTo(id);
        for (String bad : List.of("{}", header.replace(":170", ":\"170\""), header.replace("log.stream", "stream"))) {
            assertThatThrownBy(() -> id(IdStrategy.ORIGIN, Records.withHeader(Records.of("t", 5, "x"), bad)))
                    .isInstanceOf(MalformedRecordException.class);
        }
        // A value can't pretend to be another line.
        assertThatThrownBy(() -> id(IdStrategy.ORIGIN, Records.of("t", 5, header)))
                .isInstanceOf(MalformedRecordException.class);
    }

    private static String id(IdStrategy strategy, SinkRecord record) {
        DocumentFactory documents = new DocumentFactory(DocumentShape.PLAIN);
        RecordText text = new RecordText(record, "{\"a\":{\"b\":42}}".getBytes(StandardCharsets.UTF_8));
        return new DocumentIds(strategy, "a.b", documents).id(text);
    }

    private static SinkRecord keyed(Object key) {
        return new SinkRecord("t", 0, null, key, null, "x", 0);
    }
}
