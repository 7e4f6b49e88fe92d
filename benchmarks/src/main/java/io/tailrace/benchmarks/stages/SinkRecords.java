package io.tailrace.benchmarks.stages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records as the source sends them and a worker hands them to the sink. */
final class SinkRecords {
    static final String TOPIC = "nginx_log";

    private static final String HEADER = "{\"host.name\":\"web1\",\"host.ip\":[\"192.0.2.1\"],"
            + "\"log.file.path\":\"/var/log/nginx/access.log\",\"service.name\":\"nginx\"}";

    private SinkRecords() {}

    /** As many as there are lines. Each has a header array of its own, as each comes from a record of its own. */
    static List<SinkRecord> some(String data) {
        byte[] key = "web1||/var/log/nginx/access.log".getBytes(StandardCharsets.UTF_8);
        List<SinkRecord> records = new ArrayList<>(HeldLine.COUNT);
        for (HeldLine line : HeldLine.some(data)) {
            ConnectHeaders headers = new ConnectHeaders();
            headers.add("tailrace", HEADER.getBytes(StandardCharsets.UTF_8), Schema.OPTIONAL_BYTES_SCHEMA);
            records.add(new SinkRecord(
                    TOPIC,
                    0,
                    Schema.OPTIONAL_BYTES_SCHEMA,
                    key,
                    Schema.OPTIONAL_BYTES_SCHEMA,
                    line.buffer(),
                    records.size(),
                    1_700_000_000_000L + records.size(),
                    TimestampType.CREATE_TIME,
                    headers));
        }
        return records;
    }
}
