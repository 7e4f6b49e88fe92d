package io.tailrace.connect.filetail.metrics;

import io.tailrace.connect.filetail.tail.measure.StreamProgress;

/** What a stream's metrics say about the present, beside what is counted of it. */
public enum FileGauge {
    /** How far its file has been read. */
    POSITION("position", "How many bytes of the file have been read, all of them complete lines"),
    /** How long its file is. */
    SIZE("size", "How many bytes the file has, as far as has been seen"),
    /** How much of it is unread. */
    LAG_BYTES("lag-bytes", "Bytes that are unread; the beginning of a line without an end counts"),
    /** How late it is. */
    LAG_SECONDS(
            "lag-seconds",
            "How long ago the oldest unread byte was noticed; 0 if there is none, or only the beginning of a line"),
    /** Whether it can't be read. */
    UNREADABLE("unreadable", "1 if the file can't be read at present, 0 otherwise");

    private final String metric;
    private final String meaning;

    FileGauge(String metric, String meaning) {
        this.metric = metric;
        this.meaning = meaning;
    }

    /**
     * The name of its metric.
     *
     * @return lower case, with hyphens
     */
    public String metric() {
        return metric;
    }

    /**
     * What its metric says.
     *
     * @return a phrase for operators
     */
    public String meaning() {
        return meaning;
    }

    Number of(StreamProgress stream) {
        return switch (this) {
            case POSITION -> stream.position();
            case SIZE -> stream.size();
            case LAG_BYTES -> stream.lagBytes();
            case LAG_SECONDS -> stream.lagMillis() / 1000.0;
            case UNREADABLE -> stream.error().isPresent() ? 1 : 0;
        };
    }
}
