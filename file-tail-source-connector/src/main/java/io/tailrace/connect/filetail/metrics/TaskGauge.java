package io.tailrace.connect.filetail.metrics;

import io.tailrace.connect.filetail.tail.measure.Progress;

/** What a task's metrics say about the present, beside what it counts. */
public enum TaskGauge {
    /** Streams with a file. */
    STREAMS("streams", "Streams, that is, paths of entries, that have a file at present, or trouble"),
    /** Open files. */
    OPEN_FILES("open-files", "Files that are open; `open.files.max` is the limit"),
    /** What can't be read. */
    UNREADABLE_FILES(
            "unreadable-files",
            "Files and folders that can't be read or looked at at present; the log says why, once for each"),
    /** Unread bytes of all streams. */
    LAG_BYTES("lag-bytes", "Bytes of files that are still unread, of all streams"),
    /** How late the latest stream is. */
    LAG_SECONDS_MAX(
            "lag-seconds-max", "How long the bytes that have been unread for longest have been so, of all streams");

    private final String metric;
    private final String meaning;

    TaskGauge(String metric, String meaning) {
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

    Number of(Progress progress) {
        return switch (this) {
            case STREAMS -> progress.streams().size();
            case OPEN_FILES -> progress.openFiles();
            case UNREADABLE_FILES -> progress.unreadableFiles();
            case LAG_BYTES -> progress.lagBytes();
            case LAG_SECONDS_MAX -> progress.maxLagMillis() / 1000.0;
        };
    }
}
