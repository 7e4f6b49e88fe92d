package io.tailrace.console.hosts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.console.auth.Role;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import io.tailrace.console.store.Item;
import io.tailrace.console.store.Store;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looking at hosts. */
public final class HostsApi {
    private static final int MAX_STATUS_KEYS = 200;
    private static final int STATUS_KEYS_PER_READ = 100;
    private static final List<String> KEY_FIELDS =
            List.of("key", "state", "exists", "entries", "revision", "revision_in_force");
    private static final List<String> TASK_FIELDS = List.of(
            "task",
            "started",
            "updated",
            "files",
            "open_files",
            "unreadable_files",
            "lag_bytes",
            "lag_ms",
            "files_left_out");
    private static final List<String> STREAM_FIELDS = List.of(
            "path",
            "stream",
            "position",
            "size",
            "lag_bytes",
            "lag_ms",
            "lines_per_s",
            "bytes_per_s",
            "throttled",
            "error");

    private final Store store;
    private final String statusPrefix;
    private final FleetWatch watch;

    /**
     * Makes it.
     *
     * @param store etcd
     * @param statusPath below which key agents report
     * @param watch knows hosts
     */
    public HostsApi(Store store, String statusPath, FleetWatch watch) {
        this.store = store;
        this.statusPrefix = statusPath + "/";
        this.watch = watch;
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/hosts", Role.VIEWER, this::list),
                new Route("GET", "/hosts/{id}", Role.VIEWER, this::get),
                new Route("DELETE", "/hosts/{id}", Role.EDITOR, this::forget));
    }

    private Reply list(Request request) {
        request.allowQuery(Set.of("state", "q", "offset", "limit"));
        String wanted = request.query("state");
        if (!wanted.isEmpty()
                && List.of(HostState.values()).stream()
                        .noneMatch(state -> state.text().equals(wanted))) {
            throw Problem.badRequest("state", wanted, "must be failed, drifted, applying, offline or healthy");
        }
        int offset = request.number("offset", 0, 0, 1_000_000);
        int limit = request.number("limit", 1_000, 1, 5_000);
        Fleet fleet = watch.fleet();
        List<Host> matched = fleet.hosts().stream()
                .filter(host -> wanted.isEmpty() || host.state().text().equals(wanted))
                .filter(host -> host.matches(request.query("q")))
                .toList();
        ObjectNode body = Json.object()
                .put("revision", fleet.revision())
                .put("read", fleet.read().toString())
                .put("total", fleet.hosts().size())
                .put("matched", matched.size())
                .put("offset", offset);
        body.set("counts", counts(fleet.hosts()));
        ArrayNode hosts = body.putArray("hosts");
        matched.stream().skip(offset).limit(limit).forEach(host -> hosts.add(host.json(fleet.labelsOf(host.id()))));
        return Reply.ok(body);
    }

    private static ObjectNode counts(List<Host> hosts) {
        Map<HostState, Integer> counts = new EnumMap<>(HostState.class);
        hosts.forEach(host -> counts.merge(host.state(), 1, Integer::sum));
        ObjectNode node = Json.object();
        for (HostState state : HostState.values()) {
            node.put(state.text(), counts.getOrDefault(state, 0));
        }
        return node;
    }

    private Host known(String id) {
        return Optional.ofNullable(watch.fleet().byId().get(id))
                .orElseThrow(() -> Problem.notFound("There is no host " + id + ": none of that name has reported"));
    }

    private Reply get(Request request) throws Exception {
        request.allowQuery(Set.of());
        Host host = known(request.path("id"));
        ObjectNode body = host.json(watch.fleet().labelsOf(host.id()));
        ArrayNode keys = body.putArray("keys");
        ArrayNode tasks = body.putArray("tasks");
        for (Item item : reports(host.id())) {
            Optional<StatusPlace> place = StatusPlace.of(statusPrefix, item.key());
            if (place.isPresent()) {
                told(place.get(), item, keys, tasks);
            }
        }
        body.set("entry_keys", Json.texts(host.keys()));
        return Reply.ok(body);
    }

    /** Read anew, since files and their rates aren't kept in memory. */
    private List<Item> reports(String host) throws EtcdFailure, InterruptedException {
        List<String> keys = store.keys(statusPrefix + StatusPlace.escaped(host) + "/", MAX_STATUS_KEYS).items().stream()
                .map(Item::key)
                .toList();
        return List.copyOf(store.get(keys, STATUS_KEYS_PER_READ).values());
    }

    private void told(StatusPlace place, Item item, ArrayNode keys, ArrayNode tasks) {
        JsonNode report;
        try {
            report = Json.read(item.text().orElse("{}"));
        } catch (JsonProcessingException e) {
            return;
        }
        if (place.task().isEmpty()) {
            report.path("keys").forEach(key -> keys.add(key(place.connector(), key)));
            return;
        }
        ObjectNode task = Json.object().put("connector", place.connector());
        copy(TASK_FIELDS, report, task);
        ArrayNode streams = task.putArray("streams");
        report.path("streams").forEach(stream -> streams.add(copy(STREAM_FIELDS, stream, Json.object())));
        tasks.add(task);
    }

    private ObjectNode key(String connector, JsonNode report) {
        ObjectNode key = copy(KEY_FIELDS, report, Json.object().put("connector", connector));
        String name = report.path("key").asText();
        boolean known = watch.keys().holds(name);
        key.put("store_revision", known ? (Long) watch.fleet().lists().revision(name) : null);
        key.set("errors", report.path("errors").isArray() ? report.path("errors") : Json.array());
        return key.put("errors_left_out", report.path("errors_left_out").asInt());
    }

    private static ObjectNode copy(List<String> fields, JsonNode from, ObjectNode to) {
        fields.forEach(field -> to.set(field, from.hasNonNull(field) ? from.get(field) : NullNode.instance));
        return to;
    }

    private Reply forget(Request request) throws Exception {
        Host host = known(request.path("id"));
        if (host.state() != HostState.OFFLINE) {
            throw new Problem(
                    409, "host-online", "The host reports", "Host " + host.id() + " reports, so it can't be forgotten");
        }
        watch.forget(host.id());
        return Reply.nothing();
    }
}
