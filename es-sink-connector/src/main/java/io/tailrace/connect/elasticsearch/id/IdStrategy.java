package io.tailrace.connect.elasticsearch.id;

import java.util.Locale;

/** How the id of a document is made. Every strategy is a function of the record, so that a replay is harmless. */
public enum IdStrategy {
    /**
     * The record's place in Kafka and its timestamp: {@code topic+partition+offset+timestamp}, from before any
     * transform renamed the topic. The timestamp tells a topic from one of the same name that was deleted before.
     */
    OFFSET,
    /** The record's key. */
    KEY,
    /** A member of the document. */
    FIELD,
    /** Where the line stood in its file, as the source says in the metadata header. */
    ORIGIN;

    /**
     * Whether later records may have the id of earlier ones, and mean the same thing anew.
     *
     * @return true if so
     */
    public boolean isKeyed() {
        return this == KEY || this == FIELD;
    }

    /** The name in configurations. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
