package io.tailrace.connect.elasticsearch.bulk;

import io.tailrace.connect.elasticsearch.document.ByteSink;
import io.tailrace.connect.elasticsearch.document.DocumentFactory;
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
    private final ByteSink action = new ByteSink(256);
    private String lastIndex = "";
    private String lastMethod = "";
    private byte[] lastBegin = new byte[0];

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
        begin(shape.method().isPartial() ? "update" : shape.method().toString(), index, id);
        if (shape.method() == WriteMethod.INDEX) {
            action.ascii(shape.versions().members(text));
        }
        optional("routing", filled(shape.routing(), text));
        String pipeline = filled(shape.pipeline(), text);
        optional("pipeline", pipeline);
        SinkRecord kept = keepRecords ? record : null;
        if (!shape.method().isPartial()) {
            return new Operation(pending, kept, index, line(), document, sequence(index, id), pipeline);
        }
        byte[] end = shape.method() == WriteMethod.UPSERT ? UPSERT_END : UPDATE_END;
        byte[] changes = joined(UPDATE_BEGIN, document, end);
        return new Operation(pending, kept, index, line(), changes, sequence(index, id), pipeline);
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
        begin("delete", index, id);
        if (!shape.method().isPartial()) {
            action.ascii(shape.versions().members(text));
        }
        optional("routing", filled(shape.routing(), text));
        return new Operation(pending, keepRecords ? record : null, index, line(), null, sequence(index, id), null);
    }

    private String sequence(String index, String id) {
        return shape.ordered() ? index + '\n' + id : null;
    }

    /** An index name needs no escaping; an id may be anything. Most actions begin as the one before. */
    private void begin(String method, String index, String id) {
        if (!index.equals(lastIndex) || !method.equals(lastMethod)) {
            lastIndex = index;
            lastMethod = method;
            lastBegin = ("{\"" + method + "\":{\"_index\":\"" + index + "\",\"_id\":").getBytes(StandardCharsets.UTF_8);
        }
        action.clear().bytes(lastBegin);
        action.quoted(id);
    }

    /** Null if the record lacks what it is made of. */
    private static String filled(Template template, RecordText text) {
        return template == null
                ? null
                : template.fill(text.record().topic(), text)
                        .filter(value -> !value.isEmpty())
                        .orElse(null);
    }

    private void optional(String name, String value) {
        if (value != null) {
            action.ascii(",\"" + name + "\":");
            action.quoted(value);
        }
    }

    private byte[] line() {
        action.ascii("}}\n");
        return action.toBytes();
    }

    private static byte[] joined(byte[] begin, byte[] document, byte[] end) {
        byte[] all = new byte[begin.length + document.length + end.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(document, 0, all, begin.length, document.length);
        System.arraycopy(end, 0, all, begin.length + document.length, end.length);
        return all;
    }
}
