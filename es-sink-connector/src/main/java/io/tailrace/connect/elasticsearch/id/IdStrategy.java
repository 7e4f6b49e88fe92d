package io.tailrace.connect.elasticsearch.id;

import java.util.Locale;
import org.apache.kafka.connect.sink.SinkRecord;

/** How the id of a document is made. Every strategy is a function of the record, so that a replay is harmless. */
public enum IdStrategy {
    /**
     * The record's place in Kafka and its timestamp: {@code topic+partition+offset+timestamp}, from before any
     * transform renamed the topic. The timestamp tells a topic from one of the same name that was deleted before.
     */
    OFFSET {
        @Override
        public String id(SinkRecord record) {
            return record.originalTopic()
                    + '+'
                    + record.originalKafkaPartition()
                    + '+'
                    + record.originalKafkaOffset()
                    + '+'
                    + (record.timestamp() == null ? "" : record.timestamp());
        }
    };

    /**
     * Makes an id.
     *
     * @param record any record
     * @return an id that needs no escaping in JSON, at most 512 bytes long
     */
    public abstract String id(SinkRecord record);

    /** The name in configurations. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
