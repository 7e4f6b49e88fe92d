package io.tailrace.connect.elasticsearch.bulk;

import java.io.InputStream;
import java.util.List;

/**
 * The body of a bulk request: for every operation its action line and its document line. It is never assembled; what
 * reads it walks over the operations' own bytes, as often as it must be sent.
 */
public final class BulkBody {

    private final List<Operation> operations;
    private final long length;

    /**
     * The body of some operations.
     *
     * @param operations in the order in which the answer will list them
     */
    public BulkBody(List<Operation> operations) {
        this.operations = operations;
        this.length = Operation.bodyBytes(operations);
    }

    /**
     * Its length.
     *
     * @return bytes
     */
    public long length() {
        return length;
    }

    /**
     * Reads it from its start.
     *
     * @return a stream of its own
     */
    public InputStream open() {
        return new BodyStream(operations);
    }
}
