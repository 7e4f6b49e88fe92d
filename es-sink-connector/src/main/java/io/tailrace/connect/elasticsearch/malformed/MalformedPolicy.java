package io.tailrace.connect.elasticsearch.malformed;

/** What happens to malformed records. */
public enum MalformedPolicy {
    /** The task fails, and the record is read again when it is restarted. */
    FAIL,
    /** The record is logged and skipped. */
    WARN,
    /** The record is skipped. */
    IGNORE,
    /** The record goes to the dead letter queue. */
    DLQ
}
