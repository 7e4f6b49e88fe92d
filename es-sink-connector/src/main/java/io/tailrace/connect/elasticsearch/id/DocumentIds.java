package io.tailrace.connect.elasticsearch.id;

import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import io.tailrace.connect.elasticsearch.target.RecordText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes ids. One instance serves one thread. */
public final class DocumentIds {

    /** What Elasticsearch and OpenSearch take. */
    private static final int MAX_BYTES = 512;

    private final IdStrategy strategy;
    private final String field;
    private final DocumentFactory documents;

    /**
     * Ids of one strategy.
     *
     * @param strategy how they are made
     * @param field the member that {@link IdStrategy#FIELD} takes, else null
     * @param documents reads metadata headers
     */
    public DocumentIds(IdStrategy strategy, String field, DocumentFactory documents) {
        this.strategy = strategy;
        this.field = field;
        this.documents = documents;
    }

    /**
     * Makes an id.
     *
     * @param text what is known of the record
     * @return an id of 1 to 512 bytes
     * @throws MalformedRecordException if the record doesn't have what the id is made of, or it makes no legal id
     */
    public String id(RecordText text) {
        return switch (strategy) {
            case OFFSET -> place(text.record());
            case KEY -> checked("key", text.key());
            case FIELD -> checked("field '" + field + "'", text.field(field));
            case ORIGIN -> Origin.id(text.record(), documents);
        };
    }

    private static String place(SinkRecord record) {
        return record.originalTopic()
                + '+'
                + record.originalKafkaPartition()
                + '+'
                + record.originalKafkaOffset()
                + '+'
                + (record.timestamp() == null ? "" : record.timestamp());
    }

    private static String checked(String what, Optional<String> found) {
        String id = found.orElseThrow(() -> new MalformedRecordException("its document has no id: it has no " + what));
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw new MalformedRecordException(
                    "its " + what + " makes an id of " + bytes + " bytes, and 1 to " + MAX_BYTES + " are allowed");
        }
        return id;
    }
}
