package io.tailrace.connect.elasticsearch.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.Records;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class IdStrategyTest {

    @Test
    void namesTheRecordsPlaceAndTime() {
        assertThat(IdStrategy.OFFSET.id(Records.of("web_log", 3, 17, "x")))
                .isEqualTo("web_log+3+17+" + Records.TIMESTAMP);
        assertThat(IdStrategy.OFFSET.id(Records.withoutTimestamp("web_log", 17, "x")))
                .isEqualTo("web_log+0+17+");
    }

    @Test
    void isTheSameUnderAnotherTopicName() {
        SinkRecord record = Records.of("web_log", 0, 17, "x");
        SinkRecord renamed = record.newRecord("other", 9, null, null, null, "x", record.timestamp(), record.headers());
        assertThat(IdStrategy.OFFSET.id(renamed)).isEqualTo(IdStrategy.OFFSET.id(record));
    }

    @Property
    void differentRecordsHaveDifferentIds(
            @ForAll @IntRange(max = 20) int partition,
            @ForAll @LongRange(min = 0, max = 2000) long offset,
            @ForAll @IntRange(max = 20) int otherPartition,
            @ForAll @LongRange(min = 0, max = 2000) long otherOffset) {
        String one = IdStrategy.OFFSET.id(Records.of("t", partition, offset, "x"));
        String other = IdStrategy.OFFSET.id(Records.of("t", otherPartition, otherOffset, "x"));
        assertThat(one.equals(other)).isEqualTo(partition == otherPartition && offset == otherOffset);
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
        assertThat(IdStrategy.OFFSET.id(longest).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(512);
    }
}
