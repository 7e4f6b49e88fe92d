package io.tailrace.connect.filetail.metrics;

import io.tailrace.connect.filetail.watch.KeyStatus;
import io.tailrace.connect.filetail.watch.WatchStatus;

/** What a connector's metrics say about its keys. */
public enum ConnectorGauge {
    /** Entries in force. */
    ENTRIES("entries", "Entries in force, of all keys together"),
    /** Refused keys. */
    REFUSED_KEYS(
            "refused-keys",
            "Keys whose list is refused, by itself or taken together with the others; their last good lists stay in force"),
    /** Keys that can't be read. */
    UNREADABLE_KEYS(
            "unreadable-keys",
            "Keys that can't be read at present, or that the store has lost with its data; their last good lists stay in force");

    private final String metric;
    private final String meaning;

    ConnectorGauge(String metric, String meaning) {
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

    Number of(WatchStatus watch, int entries) {
        return switch (this) {
            case ENTRIES -> entries;
            case REFUSED_KEYS ->
                watch.keys().stream()
                        .filter(key ->
                                watch.misfit().isPresent() || !key.problems().isEmpty())
                        .count();
            case UNREADABLE_KEYS ->
                watch.keys().stream().filter(ConnectorGauge::isUnreadable).count();
        };
    }

    private static boolean isUnreadable(KeyStatus key) {
        return key.lost() || key.trouble().isPresent();
    }
}
