package io.tailrace.console.hosts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.EntryKey;
import io.tailrace.console.auth.Role;
import io.tailrace.console.hosts.Lists.OneList;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import io.tailrace.console.store.Mirror.Kept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Looking at all lists at once: by key, and by service. */
public final class KeysApi {
    private static final int MAX_ENTRIES_TOLD = 100;
    private static final int MAX_NAMES_TOLD = 1_000;

    private final Supplier<Fleet> fleet;

    /**
     * Makes it.
     *
     * @param fleet what is known
     */
    public KeysApi(Supplier<Fleet> fleet) {
        this.fleet = fleet;
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/keys", Role.VIEWER, this::keys),
                new Route("GET", "/services", Role.VIEWER, this::services),
                new Route("GET", "/services/{name}", Role.VIEWER, this::service));
    }

    /** What is collected for a service. */
    private static final class Collected {
        private final SortedMap<Line, Integer> lines = new TreeMap<>();
        private final Set<String> keys = new TreeSet<>();
    }

    private record Line(EntryKey key, String topic) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int byKey = key.compareTo(other.key);
            return byKey == 0 ? topic.compareTo(other.topic) : byKey;
        }
    }

    private Reply keys(Request request) {
        request.allowQuery(Set.of("q", "offset", "limit"));
        int offset = request.number("offset", 0, 0, 1_000_000);
        int limit = request.number("limit", 1_000, 1, 5_000);
        String wanted = request.query("q");
        Fleet now = fleet.get();
        Map<String, Integer> readers = readers(now);
        SortedMap<String, Kept<OneList>> all = now.lists().byKey();
        List<String> matched = all.keySet().stream()
                .filter(key -> key.contains(wanted) || services(all.get(key)).contains(wanted))
                .toList();
        ObjectNode body = Json.object()
                .put("revision", now.revision())
                .put("read", now.read().toString())
                .put("total", all.size())
                .put("matched", matched.size())
                .put("offset", offset);
        ArrayNode keys = body.putArray("keys");
        matched.stream()
                .skip(offset)
                .limit(limit)
                .forEach(key -> keys.add(told(key, all.get(key), readers.getOrDefault(key, 0))));
        return Reply.ok(body);
    }

    private static Map<String, Integer> readers(Fleet fleet) {
        Map<String, Integer> readers = new HashMap<>();
        fleet.hosts().forEach(host -> host.keys().forEach(key -> readers.merge(key, 1, Integer::sum)));
        return readers;
    }

    private static Set<String> services(Kept<OneList> kept) {
        Set<String> services = new TreeSet<>();
        kept.value().ifPresent(list -> list.entries().forEach(entry -> services.add(entry.service())));
        services.remove("");
        return services;
    }

    private static ObjectNode told(String key, Kept<OneList> kept, int readers) {
        ObjectNode node = Json.object()
                .put("key", key)
                .put("revision", kept.revision())
                .put("entries", kept.value().map(list -> list.entries().size()).orElse(0))
                .put("problems", kept.value().map(OneList::problems).orElse(0));
        node.set(
                "services",
                Json.texts(services(kept).stream().limit(MAX_ENTRIES_TOLD).toList()));
        return node.put("hosts", readers);
    }

    private Reply services(Request request) {
        request.allowQuery(Set.of("q"));
        Fleet now = fleet.get();
        Map<String, List<String>> readers = readersByKey(now);
        ArrayNode services = Json.array();
        collected(now.lists()).forEach((name, collected) -> {
            if (name.contains(request.query("q"))) {
                services.add(
                        told(name, collected, hosts(readers, collected.keys).size()));
            }
        });
        ObjectNode body = Json.object();
        body.set("services", services);
        return Reply.ok(body);
    }

    private Reply service(Request request) {
        request.allowQuery(Set.of());
        Fleet now = fleet.get();
        String name = request.path("name");
        Collected collected = collected(now.lists()).get(name);
        if (collected == null) {
            throw Problem.notFound("There is no entry of a service " + name);
        }
        Set<String> hosts = hosts(readersByKey(now), collected.keys);
        ObjectNode body = told(name, collected, hosts.size());
        body.set("hosts_ids", Json.texts(hosts.stream().limit(MAX_NAMES_TOLD).toList()));
        ArrayNode keys = body.putArray("keys_list");
        collected.keys.stream()
                .limit(MAX_NAMES_TOLD)
                .forEach(key -> keys.addObject()
                        .put("key", key)
                        .put("revision", now.lists().revision(key)));
        return Reply.ok(body);
    }

    private static SortedMap<String, Collected> collected(Lists lists) {
        SortedMap<String, Collected> services = new TreeMap<>();
        for (String key : lists.byKey().keySet()) {
            for (Entry entry : lists.entries(key)) {
                Collected collected = services.computeIfAbsent(entry.service(), name -> new Collected());
                collected.keys.add(key);
                collected.lines.merge(new Line(EntryKey.of(entry), entry.topic()), 1, Integer::sum);
            }
        }
        return services;
    }

    private static Map<String, List<String>> readersByKey(Fleet fleet) {
        Map<String, List<String>> readers = new HashMap<>();
        for (Host host : fleet.hosts()) {
            host.keys()
                    .forEach(key -> readers.computeIfAbsent(key, none -> new ArrayList<>())
                            .add(host.id()));
        }
        return readers;
    }

    private static Set<String> hosts(Map<String, List<String>> readers, Set<String> keys) {
        Set<String> hosts = new TreeSet<>();
        keys.forEach(key -> hosts.addAll(readers.getOrDefault(key, List.of())));
        return hosts;
    }

    private static ObjectNode told(String name, Collected collected, int hosts) {
        ObjectNode node = Json.object()
                .put("service", name)
                .put("hosts", hosts)
                .put("keys", collected.keys.size())
                .put("entries_total", collected.lines.size());
        ArrayNode entries = node.putArray("entries");
        collected.lines.entrySet().stream()
                .limit(MAX_ENTRIES_TOLD)
                .forEach(line -> entries.addObject()
                        .put("path", line.getKey().key().path())
                        .put("id", line.getKey().key().id())
                        .put("topic", line.getKey().topic())
                        .put("keys", line.getValue()));
        return node;
    }
}
