package io.tailrace.connect.elasticsearch.document;

import org.apache.kafka.connect.errors.DataException;

/** A record that no document can be made of; {@code behavior.on.malformed.documents} says what happens to it. */
public final class MalformedRecordException extends DataException {

    private static final long serialVersionUID = 1L;

    /**
     * A malformed record.
     *
     * @param message what is wrong with it
     */
    public MalformedRecordException(String message) {
        super(message);
    }

    /**
     * A malformed record.
     *
     * @param message what is wrong with it
     * @param cause what showed it
     */
    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
