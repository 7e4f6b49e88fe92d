package io.tailrace.benchmarks.stages;

import io.tailrace.benchmarks.data.LogRecords;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records as the source sends them and a worker hands them to the sink. */
final class SinkRecords {
    static final String TOPIC = "nginx_log";

    private SinkRecords() {}

    /** As many as there are lines. Each has a header array of its own, as each comes from a record of its own. */
    static List<SinkRecord> some(String data) {
        List<SinkRecord> records = new ArrayList<>(HeldLine.COUNT);
        for (HeldLine line : HeldLine.some(data)) {
            records.add(LogRecords.consumed(TOPIC, records.size(), line.buffer()));
        }
        return records;
    }
}
