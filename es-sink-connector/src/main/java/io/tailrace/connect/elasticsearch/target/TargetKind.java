package io.tailrace.connect.elasticsearch.target;

/** What the names are that documents go to. */
public enum TargetKind {
    /** Indices, or whatever the server finds under the name. */
    ANY(false, false),
    /** Aliases, of whatever. */
    ALIAS(true, false),
    /** Data streams. */
    DATA_STREAM(false, true),
    /** Aliases of data streams. */
    DATA_STREAM_ALIAS(true, true);

    private final boolean isAlias;
    private final boolean isDataStream;

    TargetKind(boolean isAlias, boolean isDataStream) {
        this.isAlias = isAlias;
        this.isDataStream = isDataStream;
    }

    /**
     * Whether the name must be that of an alias.
     *
     * @return true if so
     */
    public boolean isAlias() {
        return isAlias;
    }

    /**
     * Whether documents end up in a data stream, which takes only new ones that have an {@code @timestamp}.
     *
     * @return true if so
     */
    public boolean isDataStream() {
        return isDataStream;
    }
}
