package io.tailrace.connect.elasticsearch.bulk;

import java.util.Locale;

/** What is done with a document. */
public enum WriteMethod {
    /** It is written unless there is one of that id already. */
    CREATE,
    /** It is written over one of that id. */
    INDEX,
    /** Its members are written over those of the one of that id, which must be there. */
    UPDATE,
    /** Its members are written over those of the one of that id; it is made if there is none. */
    UPSERT;

    /**
     * Whether a document is made of several records, whose order matters.
     *
     * @return true if so
     */
    public boolean isPartial() {
        return this == UPDATE || this == UPSERT;
    }

    /** The name in configurations. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
