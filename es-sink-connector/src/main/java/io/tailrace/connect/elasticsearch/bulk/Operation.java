package io.tailrace.connect.elasticsearch.bulk;

import io.tailrace.connect.elasticsearch.offsets.Pending;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** One document to be written, or deleted. */
public final class Operation {

    /** What the objects around the bytes take, roughly: tiny documents must count, too. */
    private static final int OVERHEAD_BYTES = 200;

    /** A record as a worker hands it over, with its headers and with what it was before converters and transforms. */
    private static final int RECORD_BYTES = 600;

    private final Pending pending;
    private final SinkRecord record;
    private final String index;
    private final byte[] action;
    private final byte[] document;
    private final String sequence;
    private final String pipeline;
    private final long heapBytes;

    /**
     * An operation; the arrays are kept and must not be changed.
     *
     * @param pending the record's place in its partition, to be settled once
     * @param record the record itself, for reporting it; null if nothing will ever report it
     * @param index where the document goes: an index, an alias or a data stream
     * @param action the action line, line feed included
     * @param document the document, on one line, without its line feed; null if it is deleted
     * @param sequence names the document if what is done with it must be done in order; else null
     * @param pipeline what the document goes through; null if through none
     */
    public Operation(
            Pending pending,
            SinkRecord record,
            String index,
            byte[] action,
            byte[] document,
            String sequence,
            String pipeline) {
        this.pending = pending;
        this.record = record;
        this.index = index;
        this.action = action;
        this.document = document;
        this.sequence = sequence;
        this.pipeline = pipeline;
        this.heapBytes = bodyBytes() + OVERHEAD_BYTES + (record == null ? 0 : RECORD_BYTES + valueBytes());
    }

    /**
     * The part of several operations of a bulk body.
     *
     * @param operations any
     * @return bytes
     */
    public static long bodyBytes(List<Operation> operations) {
        long bytes = 0;
        for (Operation operation : operations) {
            bytes += operation.bodyBytes();
        }
        return bytes;
    }

    /**
     * Roughly what several operations take in memory.
     *
     * @param operations any
     * @return bytes
     */
    public static long heapBytes(List<Operation> operations) {
        long bytes = 0;
        for (Operation operation : operations) {
            bytes += operation.heapBytes;
        }
        return bytes;
    }

    /**
     * The record's place in its partition.
     *
     * @return to be settled once
     */
    public Pending pending() {
        return pending;
    }

    /**
     * The record it was made of.
     *
     * @return the record, or null if it wasn't kept
     */
    public SinkRecord record() {
        return record;
    }

    /**
     * Where the document goes.
     *
     * @return the name of an index, an alias or a data stream
     */
    public String index() {
        return index;
    }

    /**
     * Its part of a bulk body.
     *
     * @return bytes, both line feeds included
     */
    public long bodyBytes() {
        return document == null ? action.length : (long) action.length + document.length + 1;
    }

    /**
     * Roughly what it takes in memory.
     *
     * @return bytes
     */
    public long heapBytes() {
        return heapBytes;
    }

    /** What the record's value takes beside the document. */
    private long valueBytes() {
        Object value = record.value();
        if (value instanceof byte[] bytes) {
            return bytes == document ? 0 : bytes.length;
        }
        // Text takes about as much as the document that is made of it; of anything else that is a guess.
        return document == null ? 0 : document.length;
    }

    /**
     * The document, where order matters.
     *
     * @return its index and id; null if it doesn't matter what is done with it first
     */
    public String sequence() {
        return sequence;
    }

    /**
     * The ingest pipeline that the document goes through.
     *
     * @return its name; null if there is none
     */
    public String pipeline() {
        return pipeline;
    }

    byte[] action() {
        return action;
    }

    byte[] document() {
        return document;
    }
}
