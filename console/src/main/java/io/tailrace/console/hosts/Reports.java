package io.tailrace.console.hosts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.console.http.Json;
import io.tailrace.console.store.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What agents report, as far as it is kept in memory. They write it; yet all sizes are bounded here, since whoever may write status
 * keys must not be able to fill the console's memory.
 */
public final class Reports {
    private static final int MAX_LIST = 100;
    private static final int MAX_CHARS = 400;

    private Reports() {}

    /** What a status key is about. */
    public sealed interface Report {}

    /**
     * How a connector is.
     *
     * @param version of the plugin
     * @param state APPLIED, APPLYING or FAILED
     * @param host what it knows of its host
     * @param entries how many are in force
     * @param tasks how many there are
     * @param keys what has become of each key
     * @param updated when it was reported, as it was written
     */
    public record OfConnector(
            String version, String state, HostFacts host, int entries, int tasks, List<OfKey> keys, String updated)
            implements Report {}

    /**
     * What has become of a key.
     *
     * @param key the key
     * @param state APPLIED, APPLYING or FAILED
     * @param exists whether it is there
     * @param revision the one that was looked at last; 0 if none is told
     * @param error the first error; empty if there is none
     */
    public record OfKey(String key, String state, boolean exists, long revision, String error) {}

    /**
     * How a task is.
     *
     * @param files how many it reads
     * @param unreadable how many it can't read
     * @param lagBytes how much is yet to be read
     * @param lagMillis how long the oldest of that has waited
     * @param linesPerSecond of all files that are told of
     * @param bytesPerSecond likewise
     */
    public record OfTask(
            int files, int unreadable, long lagBytes, long lagMillis, long linesPerSecond, long bytesPerSecond)
            implements Report {}

    /**
     * Reads a report.
     *
     * @param place what its key says
     * @param item the key
     * @return empty for what isn't a report
     */
    static Optional<Report> read(StatusPlace place, Item item) {
        try {
            JsonNode node = Json.read(item.text().orElse(""));
            if (!node.isObject()) {
                return Optional.empty();
            }
            return Optional.of(place.task().isPresent() ? task(node) : connector(place, node));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static OfConnector connector(StatusPlace place, JsonNode node) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode address : node.path("host").path("addresses")) {
            if (addresses.size() < MAX_LIST) {
                addresses.add(text(address));
            }
        }
        List<OfKey> keys = new ArrayList<>();
        for (JsonNode key : node.path("keys")) {
            if (keys.size() < MAX_LIST) {
                keys.add(key(key));
            }
        }
        String name = text(node.path("host").path("name"));
        return new OfConnector(
                text(node.path("version")),
                text(node.path("state")),
                new HostFacts(place.host(), name.isEmpty() ? place.host() : name, addresses),
                node.path("entries").asInt(),
                node.path("tasks").asInt(),
                List.copyOf(keys),
                text(node.path("updated")));
    }

    private static OfKey key(JsonNode node) {
        return new OfKey(
                text(node.path("key")),
                text(node.path("state")),
                node.path("exists").asBoolean(),
                node.path("revision").asLong(),
                text(node.path("errors").path(0)));
    }

    private static OfTask task(JsonNode node) {
        long lines = 0;
        long bytes = 0;
        for (JsonNode stream : node.path("streams")) {
            lines += stream.path("lines_per_s").asLong();
            bytes += stream.path("bytes_per_s").asLong();
        }
        return new OfTask(
                node.path("files").asInt(),
                node.path("unreadable_files").asInt(),
                node.path("lag_bytes").asLong(),
                node.path("lag_ms").asLong(),
                lines,
                bytes);
    }

    private static String text(JsonNode node) {
        String text = node.asText("");
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
    }
}
