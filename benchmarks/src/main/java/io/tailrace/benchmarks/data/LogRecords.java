package io.tailrace.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/** Lines as the source sends them: each with the stream as its key, and a header of metadata. */
public final class LogRecords {
    private static final String HEADER_NAME = "tailrace";

    private static final String HEADER = "{\"host.name\":\"web1\",\"host.ip\":[\"192.0.2.1\"],"
            + "\"log.file.path\":\"/var/log/nginx/access.log\",\"service.name\":\"nginx\"}";

    private static final String KEY = "web1||/var/log/nginx/access.log";
    private static final long FIRST_MILLIS = 1_700_000_000_000L;

    private LogRecords() {}

    /**
     * A record for Kafka.
     *
     * @param topic where it goes, to partition 0
     * @param offset that it will have, which makes its timestamp
     * @param line its value
     * @return a record
     */
    public static ProducerRecord<byte[], byte[]> produced(String topic, long offset, byte[] line) {
        return new ProducerRecord<>(
                topic,
                0,
                FIRST_MILLIS + offset,
                bytes(KEY),
                line,
                List.of(new RecordHeader(HEADER_NAME, bytes(HEADER))));
    }

    /**
     * The same record as a worker hands it to a sink.
     *
     * @param topic where it was
     * @param offset that it had
     * @param line its value
     * @return a record with headers of its own
     */
    public static SinkRecord consumed(String topic, long offset, byte[] line) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.add(HEADER_NAME, bytes(HEADER), Schema.OPTIONAL_BYTES_SCHEMA);
        return new SinkRecord(
                topic,
                0,
                Schema.OPTIONAL_BYTES_SCHEMA,
                bytes(KEY),
                Schema.OPTIONAL_BYTES_SCHEMA,
                line,
                offset,
                FIRST_MILLIS + offset,
                TimestampType.CREATE_TIME,
                headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
