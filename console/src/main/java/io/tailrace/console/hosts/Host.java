package io.tailrace.console.hosts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.console.hosts.Reports.OfConnector;
import io.tailrace.console.hosts.Reports.OfTask;
import io.tailrace.console.http.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A host, as it is shown among others.
 *
 * @param facts what is known of it
 * @param state how it is
 * @param reason why; empty for a healthy one
 * @param connectors what its connectors report, by name; none if it is offline
 * @param tasks what its tasks report
 * @param firstSeen when it was first seen
 * @param lastSeen when it was last seen
 * @param keys the keys that it reads, in order
 */
public record Host(
        HostFacts facts,
        HostState state,
        String reason,
        SortedMap<String, OfConnector> connectors,
        List<OfTask> tasks,
        Instant firstSeen,
        Instant lastSeen,
        List<String> keys) {
    /** The worst first, then by id. */
    static final Comparator<Host> ORDER = Comparator.comparing(Host::state).thenComparing(Host::id);

    /**
     * Its id.
     *
     * @return as its agent is configured
     */
    public String id() {
        return facts.hostId();
    }

    boolean matches(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return facts.hostId().toLowerCase(Locale.ROOT).contains(wanted)
                || facts.hostname().toLowerCase(Locale.ROOT).contains(wanted)
                || facts.addresses().stream().anyMatch(address -> address.contains(wanted));
    }

    ObjectNode json(List<String> labels) {
        ObjectNode node = Json.object().put("id", id()).put("name", facts.hostname());
        node.set("addresses", Json.texts(facts.addresses()));
        node.put("state", state.text()).put("reason", reason).put("version", version());
        node.set("connectors", Json.texts(connectors.keySet()));
        node.set("labels", Json.texts(labels));
        boolean offline = state == HostState.OFFLINE;
        node.put("entries", offline ? null : (Integer) total(OfConnector::entries))
                .put("tasks", offline ? null : (Integer) total(OfConnector::tasks));
        figures(node, offline);
        return node.put("first_seen", firstSeen.toString())
                .put("last_seen", lastSeen.toString())
                .put("updated", offline ? null : updated());
    }

    private void figures(ObjectNode node, boolean offline) {
        node.put("files", offline ? null : (Long) sum(OfTask::files))
                .put("unreadable_files", offline ? null : (Long) sum(OfTask::unreadable))
                .put("lag_bytes", offline ? null : (Long) sum(OfTask::lagBytes))
                .put(
                        "lag_ms",
                        offline
                                ? null
                                : (Long) tasks.stream()
                                        .mapToLong(OfTask::lagMillis)
                                        .max()
                                        .orElse(0))
                .put("lines_per_s", offline ? null : (Long) sum(OfTask::linesPerSecond))
                .put("bytes_per_s", offline ? null : (Long) sum(OfTask::bytesPerSecond));
    }

    private String version() {
        return connectors.isEmpty()
                ? null
                : connectors.get(connectors.firstKey()).version();
    }

    private String updated() {
        return connectors.values().stream()
                .map(OfConnector::updated)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private int total(ToIntFunction<OfConnector> figure) {
        return connectors.values().stream().mapToInt(figure).sum();
    }

    private long sum(ToLongFunction<OfTask> figure) {
        return tasks.stream().mapToLong(figure).sum();
    }
}
