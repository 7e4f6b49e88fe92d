package io.tailrace.connect.elasticsearch.config;

/** What happens to records without a value. */
public enum NullPolicy {
    /** The task fails. */
    FAIL,
    /** They are skipped. */
    IGNORE,
    /** The document of their key is deleted. */
    DELETE
}
