package io.tailrace.connect.elasticsearch;

import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records as Connect would hand them over. */
public final class Records {

    /** The time of every record: 2026-11-21T10:15:30.123Z. */
    public static final long TIMESTAMP = 1_795_256_130_123L;

    private Records() {}

    /** A record of partition 0. */
    public static SinkRecord of(String topic, long offset, Object value) {
        return of(topic, 0, offset, value);
    }

    /** A record. */
    public static SinkRecord of(String topic, int partition, long offset, Object value) {
        return new SinkRecord(topic, partition, null, null, null, value, offset, TIMESTAMP, TimestampType.CREATE_TIME);
    }

    /** A record whose value has a schema. */
    public static SinkRecord of(String topic, Schema schema, Object value) {
        return new SinkRecord(topic, 0, null, null, schema, value, 0, TIMESTAMP, TimestampType.CREATE_TIME);
    }

    /** A record without a timestamp. */
    public static SinkRecord withoutTimestamp(String topic, long offset, Object value) {
        return new SinkRecord(topic, 0, null, null, null, value, offset, null, TimestampType.NO_TIMESTAMP_TYPE);
    }

    /** The same record with a metadata header. */
    public static SinkRecord withHeader(SinkRecord record, Object header) {
        record.headers().add("tailrace", header, null);
        return record;
    }
}
