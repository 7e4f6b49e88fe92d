package io.tailrace.connect.filetail.tail;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/** The records of one poll, bounded in number and bytes. */
final class Batch {
    private final List<SourceRecord> records;
    private final int maxRecords;
    private final int maxBytes;
    private int bytes;

    Batch(int maxRecords, int maxBytes) {
        this.records = new ArrayList<>();
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    void add(SourceRecord record, int lineBytes) {
        records.add(record);
        bytes += lineBytes;
    }

    boolean isFull() {
        return records.size() >= maxRecords || bytes >= maxBytes;
    }

    List<SourceRecord> records() {
        return records;
    }
}
