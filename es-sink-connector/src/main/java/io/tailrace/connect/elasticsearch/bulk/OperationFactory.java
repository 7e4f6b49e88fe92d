package io.tailrace.connect.elasticsearch.bulk;

import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import io.tailrace.connect.elasticsearch.id.IdStrategy;
import io.tailrace.connect.elasticsearch.offsets.Pending;
import io.tailrace.connect.elasticsearch.target.IndexResolver;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes the operation of a record: {@code create}, so that one that is there already isn't touched. One thread. */
public final class OperationFactory {

    private final DocumentFactory documents = new DocumentFactory();
    private final IndexResolver indices;
    private final IdStrategy ids;
    private final boolean keepRecords;

    /**
     * A factory.
     *
     * @param indices finds the index
     * @param ids makes the id
     * @param keepRecords whether operations keep their record, so that it can be reported
     */
    public OperationFactory(IndexResolver indices, IdStrategy ids, boolean keepRecords) {
        this.indices = indices;
        this.ids = ids;
        this.keepRecords = keepRecords;
    }

    /**
     * Makes an operation.
     *
     * @param record a record whose value isn't null
     * @param pending its place in its partition
     * @return the operation
     * @throws MalformedRecordException if no document or no index can be made of it
     */
    public Operation create(SinkRecord record, Pending pending) {
        String action =
                "{\"create\":{\"_index\":\"" + indices.index(record) + "\",\"_id\":\"" + ids.id(record) + "\"}}\n";
        byte[] document = documents.document(record);
        return new Operation(pending, keepRecords ? record : null, action.getBytes(StandardCharsets.UTF_8), document);
    }
}
