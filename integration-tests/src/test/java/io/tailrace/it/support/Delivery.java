package io.tailrace.it.support;

import java.util.Locale;
import java.util.Map;

/** What a worker promises for the records of its sources. */
public enum Delivery {
    /** An ordinary worker: after a crash, some records come again. */
    AT_LEAST_ONCE("disabled"),
    /** A worker whose sources write records and offsets in one transaction. */
    EXACTLY_ONCE("enabled");

    private final String exactlyOnceSupport;

    Delivery(String exactlyOnceSupport) {
        this.exactlyOnceSupport = exactlyOnceSupport;
    }

    Map<String, String> workerProperties() {
        return Map.of("exactly.once.source.support", exactlyOnceSupport);
    }

    String group() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
