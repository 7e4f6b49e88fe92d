package io.tailrace.connect.elasticsearch.bulk;

import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.JsonStrings;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import io.tailrace.connect.elasticsearch.id.DocumentIds;
import io.tailrace.connect.elasticsearch.offsets.Pending;
import io.tailrace.connect.elasticsearch.target.IndexResolver;
import io.tailrace.connect.elasticsearch.target.RecordText;
import io.tailrace.connect.elasticsearch.target.Template;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes the operation of a record. One thread. */
public final class OperationFactory {

    private static final byte[] UPDATE_BEGIN = "{\"doc\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPDATE_END = "}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPSERT_END = ",\"doc_as_upsert\":true}".getBytes(StandardCharsets.US_ASCII);

    private final DocumentFactory documents;
    private final IndexResolver indices;
    private final DocumentIds ids;
    private final OperationShape shape;
    private final boolean keepRecords;

    /**
     * A factory.
     *
     * @param documents makes the document
     * @param indices finds the index
     * @param ids makes the id
     * @param shape what operations look like
     * @param keepRecords whether operations keep their record, so that it can be reported
     */
    public OperationFactory(
            DocumentFactory documents,
            IndexResolver indices,
            DocumentIds ids,
            OperationShape shape,
            boolean keepRecords) {
        this.documents = documents;
        this.indices = indices;
        this.ids = ids;
        this.shape = shape;
        this.keepRecords = keepRecords;
    }

    /**
     * Makes the operation that writes a record's document.
     *
     * @param record a record whose value isn't null
     * @param pending its place in its partition
     * @return the operation
     * @throws MalformedRecordException if no document, no id or no index can be made of it
     */
    public Operation write(SinkRecord record, Pending pending) {
        byte[] document = documents.document(record);
        RecordText text = new RecordText(record, document);
        String index = indices.index(text);
        String id = ids.id(text);
        StringBuilder action =
                action(shape.method().isPartial() ? "update" : shape.method().toString(), index, id);
        if (shape.method() == WriteMethod.INDEX) {
            action.append(shape.versions().members(text));
        }
        optional(action, "routing", filled(shape.routing(), text));
        String pipeline = filled(shape.pipeline(), text);
        optional(action, "pipeline", pipeline);
        SinkRecord kept = keepRecords ? record : null;
        if (!shape.method().isPartial()) {
            return new Operation(pending, kept, index, line(action), document, sequence(index, id), pipeline);
        }
        byte[] end = shape.method() == WriteMethod.UPSERT ? UPSERT_END : UPDATE_END;
        byte[] changes = joined(UPDATE_BEGIN, document, end);
        return new Operation(pending, kept, index, line(action), changes, sequence(index, id), pipeline);
    }

    /**
     * Makes the operation that deletes the document of a record's key.
     *
     * @param record a record whose value is null
     * @param pending its place in its partition
     * @return the operation
     * @throws MalformedRecordException if no id or no index can be made of it
     */
    public Operation delete(SinkRecord record, Pending pending) {
        RecordText text = new RecordText(record, null);
        String index = indices.index(text);
        String id = ids.id(text);
        StringBuilder action = action("delete", index, id);
        if (!shape.method().isPartial()) {
            action.append(shape.versions().members(text));
        }
        optional(action, "routing", filled(shape.routing(), text));
        return new Operation(
                pending, keepRecords ? record : null, index, line(action), null, sequence(index, id), null);
    }

    private String sequence(String index, String id) {
        return shape.ordered() ? index + '\n' + id : null;
    }

    /** An index name needs no escaping; an id may be anything. */
    private static StringBuilder action(String name, String index, String id) {
        StringBuilder action = new StringBuilder(64 + index.length() + id.length());
        action.append("{\"")
                .append(name)
                .append("\":{\"_index\":\"")
                .append(index)
                .append("\",\"_id\":");
        return action.append(JsonStrings.quoted(id));
    }

    /** Null if the record lacks what it is made of. */
    private static String filled(Template template, RecordText text) {
        return template == null
                ? null
                : template.fill(text.record().topic(), text)
                        .filter(value -> !value.isEmpty())
                        .orElse(null);
    }

    private static void optional(StringBuilder action, String name, String value) {
        if (value != null) {
            action.append(",\"").append(name).append("\":").append(JsonStrings.quoted(value));
        }
    }

    private static byte[] line(StringBuilder action) {
        return action.append("}}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] begin, byte[] document, byte[] end) {
        byte[] all = new byte[begin.length + document.length + end.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(document, 0, all, begin.length, document.length);
        System.arraycopy(end, 0, all, begin.length + document.length, end.length);
        return all;
    }
}
