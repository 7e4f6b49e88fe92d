package io.tailrace.console.hosts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.auth.Role;
import io.tailrace.console.http.Fields;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import io.tailrace.console.store.Item;
import io.tailrace.console.store.Store;
import io.tailrace.console.store.Store.Outcome;
import io.tailrace.console.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Labels: sets of hosts under a name, each a key of etcd with the hosts' ids. */
public final class Labels {
    /** Most hosts of one label. */
    public static final int MAX_HOSTS = 10_000;

    /** Most characters of a host's id. */
    public static final int MAX_ID_CHARS = 250;

    private final Store store;
    private final String prefix;
    private final Supplier<Fleet> fleet;

    /**
     * Makes them.
     *
     * @param store etcd
     * @param path below which key, without a slash at its end
     * @param fleet what is known
     */
    public Labels(Store store, String path, Supplier<Fleet> fleet) {
        this.store = store;
        this.prefix = path + "/labels/";
        this.fleet = fleet;
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/labels", Role.VIEWER, this::list),
                new Route("GET", "/labels/{name}", Role.VIEWER, this::get),
                new Route("PUT", "/labels/{name}", Role.EDITOR, this::put),
                new Route("DELETE", "/labels/{name}", Role.EDITOR, this::delete));
    }

    /** The hosts that a key names; none for what isn't a list of them. */
    static List<String> hosts(Item item) {
        Set<String> hosts = new LinkedHashSet<>();
        try {
            for (JsonNode host : Json.read(item.text().orElse("[]"))) {
                if (host.isTextual() && hosts.size() < MAX_HOSTS) {
                    hosts.add(host.textValue());
                }
            }
        } catch (JsonProcessingException e) {
            return List.of();
        }
        return List.copyOf(hosts);
    }

    /**
     * The hosts of a label.
     *
     * @param name of the label
     * @return their ids
     * @throws Exception a {@link Problem} if there is no such label
     */
    public List<String> hosts(String name) throws Exception {
        return hosts(stored(checked(name)));
    }

    private Item stored(String name) throws Exception {
        return store.get(prefix + name).orElseThrow(() -> Problem.notFound("There is no label " + name));
    }

    private Reply list(Request request) {
        request.allowQuery(Set.of());
        ArrayNode labels = Json.array();
        fleet.get()
                .labels()
                .forEach((name, hosts) -> labels.addObject().put("name", name).put("hosts", hosts.size()));
        ObjectNode body = Json.object();
        body.set("labels", labels);
        return Reply.ok(body);
    }

    private Reply get(Request request) throws Exception {
        String name = checked(request.path("name"));
        Item item = stored(name);
        return told(name, hosts(item), item.revision());
    }

    private Reply put(Request request) throws Exception {
        String name = checked(request.path("name"));
        OptionalLong expected = request.expected();
        Fields body = request.body().only("hosts");
        if (body.array("hosts").isEmpty()) {
            throw Problem.badRequest("hosts", "", "is missing");
        }
        List<String> hosts = new ArrayList<>(new TreeSet<>(body.texts("hosts", MAX_HOSTS, MAX_ID_CHARS)));
        String text = Json.texts(hosts).toString();
        Transaction write = new Transaction(
                expected.isPresent() ? Map.of(prefix + name, expected.getAsLong()) : Map.of(),
                Map.of(prefix + name, text),
                Set.of());
        if (store.commit(write, Optional.empty()) instanceof Outcome.Done done) {
            return told(name, hosts, done.revision());
        }
        throw new Problem(
                412, "conflict", "Somebody else changed this label", "Label " + name + " has another revision");
    }

    private Reply delete(Request request) throws Exception {
        String name = checked(request.path("name"));
        stored(name);
        store.delete(List.of(prefix + name), 1);
        return Reply.nothing();
    }

    private static Reply told(String name, List<String> hosts, long revision) {
        ObjectNode body = Json.object().put("name", name);
        body.set("hosts", Json.texts(hosts));
        return Reply.ok(body.put("revision", revision)).etag(revision);
    }

    private static String checked(String name) {
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw Problem.badRequest("name", name, "a label has 1 to 100 letters, digits, '.', '_' and '-'");
        }
        return name;
    }
}
