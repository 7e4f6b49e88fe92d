package io.tailrace.console.hosts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.EntriesMerge;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.console.entries.EntryDiff;
import io.tailrace.console.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a change of a key would mean on the hosts that read it: what starts, stops and changes there. */
final class DryRun {
    private static final int MAX_GROUPS = 100;
    private static final int MAX_HOSTS = 200;
    private static final int MAX_ENTRIES = 500;

    private final Fleet fleet;
    private final String key;
    private final List<Entry> after;

    /** The entries that the key would have; none if it would be gone. */
    DryRun(Fleet fleet, String key, List<Entry> after) {
        this.fleet = fleet;
        this.key = key;
        this.after = after;
    }

    /** Adds to an answer. */
    void tell(ObjectNode body) {
        Map<List<String>, List<String>> alike = new LinkedHashMap<>();
        int readers = 0;
        for (Host host : fleet.hosts()) {
            if (host.keys().contains(key)) {
                readers++;
                alike.computeIfAbsent(relevant(host.keys()), keys -> new ArrayList<>())
                        .add(host.id());
            }
        }
        Map<EntryDiff, List<String>> effects = new LinkedHashMap<>();
        alike.forEach((keys, hosts) -> {
            EntryDiff diff = diff(keys);
            if (!diff.isEmpty()) {
                effects.computeIfAbsent(diff, same -> new ArrayList<>()).addAll(hosts);
            }
        });
        int affected = effects.values().stream().mapToInt(List::size).sum();
        body.put("hosts_total", readers).put("hosts_affected", affected);
        ArrayNode told = body.putArray("effects");
        effects.entrySet().stream()
                .limit(MAX_GROUPS)
                .forEach(effect -> told.add(effect(effect.getKey(), effect.getValue())));
    }

    /** Hosts that read the same lists have the same happen to them. */
    private List<String> relevant(List<String> keys) {
        return keys.stream()
                .filter(one -> one.equals(key) || fleet.lists().has(one))
                .toList();
    }

    private EntryDiff diff(List<String> keys) {
        List<List<Entry>> before = new ArrayList<>();
        List<List<Entry>> then = new ArrayList<>();
        for (String one : keys) {
            before.add(fleet.lists().entries(one));
            then.add(one.equals(key) ? after : fleet.lists().entries(one));
        }
        return EntryDiff.of(EntriesMerge.merge(before), EntriesMerge.merge(then));
    }

    private static ObjectNode effect(EntryDiff diff, List<String> hosts) {
        ObjectNode node = Json.object();
        node.set("hosts", Json.texts(hosts.stream().sorted().limit(MAX_HOSTS).toList()));
        node.put("hosts_total", hosts.size());
        node.setAll(diff.json("starts", "stops", "changes", MAX_ENTRIES));
        return node;
    }
}
