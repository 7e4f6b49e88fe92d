package io.tailrace.console.bulk;

import io.tailrace.console.auth.Role;
import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.console.entries.Editor;
import io.tailrace.console.entries.EntryKeys;
import io.tailrace.console.entries.ListChecker;
import io.tailrace.console.hosts.Fleet;
import io.tailrace.console.hosts.Labels;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import io.tailrace.console.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Setting what is collected for a service, on many hosts. */
public final class BulkApi {
    private final Labels labels;
    private final ManyHosts manyHosts;

    /**
     * Makes it.
     *
     * @param config limits, and where progress is kept
     * @param store etcd
     * @param editor changes keys
     * @param keys which there are
     * @param checker decides about lists
     * @param fleet what is known
     * @param labels sets of hosts
     * @param clock the time
     */
    public BulkApi(
            ConsoleConfig config,
            Store store,
            Editor editor,
            EntryKeys keys,
            ListChecker checker,
            Supplier<Fleet> fleet,
            Labels labels,
            InstantSource clock) {
        this.labels = labels;
        this.manyHosts = new ManyHosts(
                store, editor, keys, checker, fleet, clock, config.transactionOperationsMax(), config.consolePath());
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/services", Role.EDITOR, this::apply),
                new Route("GET", "/services/requests/{id}", Role.VIEWER, this::progress));
    }

    private Reply apply(Request request) throws Exception {
        Order order = Order.of(request.body());
        List<String> hosts =
                order.label().isPresent() ? labels.hosts(order.label().get()) : order.hosts();
        if (hosts.isEmpty()) {
            throw Problem.badRequest("label", order.label().orElse(""), "has no hosts");
        }
        Progress progress = manyHosts.apply(order, hosts, request.caller().user());
        boolean done = order.dryRun() || progress.remaining().isEmpty();
        return Reply.of(done ? 200 : 202, progress.told(order.id(), order.dryRun()));
    }

    private Reply progress(Request request) throws Exception {
        request.allowQuery(Set.of());
        String id = request.path("id");
        Progress progress = (Order.isId(id) ? manyHosts.progress(id) : Optional.<Progress>empty())
                .orElseThrow(() -> Problem.notFound("There is no request " + id + ", or it was more than a day ago"));
        return Reply.ok(progress.told(id, false));
    }
}
