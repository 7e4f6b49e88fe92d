package io.tailrace.console.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.entries.ListChecker;
import io.tailrace.console.http.Json;
import java.util.Optional;

/** A list in which the entries of one service are replaced, in their place; all others stay as they are written. */
final class ServiceMerge {
    private final String service;
    private final ArrayNode entries;

    /** The entries are JSON objects; the service's name is put into each. */
    ServiceMerge(String service, ArrayNode entries) {
        this.service = service;
        this.entries = Json.array();
        for (JsonNode entry : entries) {
            ObjectNode named = entry.deepCopy();
            this.entries.add(named.put("service", service));
        }
    }

    /**
     * The new list; the same text if nothing changes. Empty if the old one isn't an array of objects, so that nothing can be
     * said about it.
     */
    Optional<String> into(Optional<String> text) {
        Optional<ArrayNode> old = text.isEmpty() ? Optional.of(Json.array()) : ListChecker.nodes(text.get());
        return old.map(nodes -> {
            ArrayNode merged = merged(nodes);
            return merged.equals(nodes) ? text.orElse("") : ListChecker.text(merged);
        });
    }

    private ArrayNode merged(ArrayNode old) {
        ArrayNode merged = Json.array();
        boolean placed = false;
        for (JsonNode entry : old) {
            boolean replaced = entry.path("service").asText("").equals(service);
            if (!replaced) {
                merged.add(entry);
            } else if (!placed) {
                merged.addAll(entries);
                placed = true;
            }
        }
        return placed ? merged : merged.addAll(entries);
    }
}
