package io.tailrace.connect.elasticsearch.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong between several keys, each said on one key. */
final class Problems {

    private final Map<String, List<String>> byKey = new LinkedHashMap<>();

    void add(String key, String problem) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(key + ": " + problem);
    }

    Map<String, List<String>> byKey() {
        return byKey;
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    @Override
    public String toString() {
        return String.join("; ", byKey.values().stream().flatMap(List::stream).toList());
    }
}
