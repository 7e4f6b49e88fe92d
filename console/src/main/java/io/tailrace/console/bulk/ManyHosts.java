package io.tailrace.console.bulk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.connect.filetail.entries.EntryProblem;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.console.bulk.Progress.Written;
import io.tailrace.console.entries.Change;
import io.tailrace.console.entries.Editor;
import io.tailrace.console.entries.EntryKeys;
import io.tailrace.console.entries.KeyState;
import io.tailrace.console.entries.ListChecker;
import io.tailrace.console.entries.ListChecker.Checked;
import io.tailrace.console.entries.Plan;
import io.tailrace.console.history.Version.Action;
import io.tailrace.console.hosts.Fleet;
import io.tailrace.console.hosts.Host;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.store.Item;
import io.tailrace.console.store.Store;
import io.tailrace.console.store.Store.Outcome;
import io.tailrace.console.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries requests for many hosts out: all in one transaction if it fits, else in parts, each with the request's progress. A
 * request that was broken off goes on where it stopped when it is sent again.
 */
final class ManyHosts {
    private static final Duration KEPT_FOR = Duration.ofDays(1);
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final int LISTS_PER_READ = 8;
    private static final int MAX_ATTEMPTS = 10;
    private static final int MAX_PROBLEMS = 100;
    private static final int MAX_HOSTS = 5_000;
    private static final int PROGRESS_CHARS_PER_HOST = 60;
    private static final int MAX_PROGRESS_CHARS = 700_000;
    /** Key, version, log, and mostly the oldest version. */
    private static final int OPERATIONS_PER_HOST = 4;

    private final Store store;
    private final Editor editor;
    private final EntryKeys keys;
    private final ListChecker checker;
    private final Supplier<Fleet> fleet;
    private final InstantSource clock;
    private final int maxOperations;
    private final String prefix;

    ManyHosts(
            Store store,
            Editor editor,
            EntryKeys keys,
            ListChecker checker,
            Supplier<Fleet> fleet,
            InstantSource clock,
            int maxOperations,
            String consolePath) {
        this.store = store;
        this.editor = editor;
        this.keys = keys;
        this.checker = checker;
        this.fleet = fleet;
        this.clock = clock;
        this.maxOperations = maxOperations;
        this.prefix = consolePath + "/requests/";
    }

    /** How far a request has got. */
    Optional<Progress> progress(String id) throws EtcdFailure, InterruptedException {
        return store.get(prefix + id).flatMap(Progress::read);
    }

    /** Begins a request, or goes on with it. */
    Progress apply(Order order, List<String> hosts, String author) throws EtcdFailure, InterruptedException {
        Optional<Item> stored = store.get(prefix + order.id());
        Optional<Progress> before = stored.flatMap(Progress::read);
        if (before.isPresent() && !before.get().hash().equals(order.hash())) {
            throw new Problem(
                    409,
                    "request-differs",
                    "Another request has this id",
                    "request_id " + order.id() + " was another request's: give each its own");
        }
        if (before.isPresent() && (order.dryRun() || before.get().remaining().isEmpty())) {
            return before.get();
        }
        Map<String, String> places = places(before.map(Progress::remaining).orElse(hosts));
        Progress begun = before.orElseGet(() ->
                new Progress(order.hash(), false, List.of(), List.of(), List.copyOf(places.keySet()), 0, List.of()));
        checkSize(places);
        Progress checked = withoutUnchanged(order, places, begun);
        boolean fits = checked.remaining().size() * OPERATIONS_PER_HOST + 1 <= maxOperations;
        if (order.dryRun()) {
            return new Progress(
                    checked.hash(), fits, checked.remaining(), checked.unchanged(), List.of(), 0, List.of());
        }
        return carryOut(
                order, author, places, checked, stored.map(Item::revision).orElse(0L));
    }

    /** The progress has all hosts in it, and is written with each part. */
    private static void checkSize(Map<String, String> places) {
        long chars = 0;
        for (Map.Entry<String, String> place : places.entrySet()) {
            chars += 2L * place.getKey().length() + place.getValue().length() + PROGRESS_CHARS_PER_HOST;
        }
        if (places.size() > MAX_HOSTS || chars > MAX_PROGRESS_CHARS) {
            throw new Problem(
                    413,
                    "too-large",
                    "Too many hosts for one request",
                    places.size() + " hosts are too many for one request: name at most " + MAX_HOSTS
                            + ", and fewer if their names are long");
        }
    }

    /** The hosts' own keys, by host. */
    private Map<String, String> places(List<String> hosts) {
        Map<String, String> places = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        for (String host : hosts) {
            Optional<HostFacts> known =
                    Optional.ofNullable(fleet.get().byId().get(host)).map(Host::facts);
            // One that has never reported is taken to be called what its id says.
            HostFacts facts = known.orElse(new HostFacts(host, host, List.of()));
            String key = keys.ownOf(facts)
                    .filter(keys::holds)
                    .orElseThrow(() -> Problem.badRequest(
                            "hosts",
                            host,
                            "has no list of its own: host.template needs what isn't known of this host"));
            if (!taken.add(key)) {
                throw Problem.badRequest("hosts", host, "has the same list as another host of the request: " + key);
            }
            places.put(host, key);
        }
        return places;
    }

    /** Looks at all hosts before anything is written. */
    private Progress withoutUnchanged(Order order, Map<String, String> places, Progress begun)
            throws EtcdFailure, InterruptedException {
        ServiceMerge merge = new ServiceMerge(order.service(), order.entries());
        ArrayNode problems = Json.array();
        String first = "";
        List<String> unchanged = new ArrayList<>();
        Map<String, Item> items = store.get(places.values(), LISTS_PER_READ);
        for (Map.Entry<String, String> place : places.entrySet()) {
            Optional<String> text =
                    Optional.ofNullable(items.get(place.getValue())).flatMap(Item::text);
            Optional<String> merged = merge.into(text);
            if (merged.equals(text) || (text.isEmpty() && order.entries().isEmpty())) {
                unchanged.add(place.getKey());
                continue;
            }
            for (EntryProblem problem : problems(merged)) {
                first = first.isEmpty() ? place.getKey() + ": " + problem : first;
                if (problems.size() < MAX_PROBLEMS) {
                    problems.add(Problem.node(problem).put("host", place.getKey()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw Problem.invalidEntries(first, problems.size(), problems);
        }
        return begun.unchanged(unchanged);
    }

    private List<EntryProblem> problems(Optional<String> merged) {
        return merged.isEmpty()
                ? List.of(new EntryProblem(0, "", "", "what is there now is not a JSON array of entries"))
                : checker.check(merged.get()).problems();
    }

    private Progress carryOut(
            Order order, String author, Map<String, String> places, Progress begun, long progressRevision)
            throws EtcdFailure, InterruptedException {
        Instant start = clock.instant();
        Progress progress = begun;
        long guard = progressRevision;
        int attempts = 0;
        do {
            Part part = part(order, author, places, progress, guard);
            Outcome outcome = store.commit(part.transaction(), part.witness());
            if (outcome instanceof Outcome.Done done) {
                editor.changed(
                        part.progress().changed().size() - progress.changed().size());
                progress = part.progress().at(done.revision());
                guard = done.revision();
                attempts = 0;
            } else if (++attempts == MAX_ATTEMPTS) {
                throw busy(order);
            }
        } while (!progress.remaining().isEmpty()
                && Duration.between(start, clock.instant()).compareTo(AT_MOST) < 0);
        return progress;
    }

    private static Problem busy(Order order) {
        return new Problem(
                503,
                "store-unavailable",
                "The lists keep changing",
                "Others keep changing the same lists; send the request again, with request_id " + order.id());
    }

    /** What is written next. */
    private record Part(Transaction transaction, Progress progress, Optional<String> witness) {}

    private Part part(Order order, String author, Map<String, String> places, Progress progress, long guard)
            throws EtcdFailure, InterruptedException {
        ServiceMerge merge = new ServiceMerge(order.service(), order.entries());
        List<Plan> plans = new ArrayList<>();
        List<Written> written = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        int operations = 1;
        long chars = progress.kept().length() + 1_000L;
        for (String host : progress.remaining()) {
            KeyState state = editor.state(places.get(host));
            Optional<String> merged = merge.into(state.text());
            if (merged.equals(state.text())
                    || (state.item().isEmpty() && order.entries().isEmpty())) {
                unchanged.add(host);
                continue;
            }
            Plan plan = editor.plan(state, change(order, author, host, places.get(host), merged), clock.instant());
            operations += plan.transaction().operations();
            chars += plan.transaction().chars() + 200;
            if (!plans.isEmpty() && (operations > maxOperations || chars > Plan.MAX_CHARS)) {
                break;
            }
            plans.add(plan);
            written.add(new Written(host, places.get(host), 0));
        }
        Progress after = progress.unchanged(unchanged).plus(written);
        boolean whole = progress.changed().isEmpty() && after.remaining().isEmpty();
        Progress told = new Progress(
                after.hash(), whole, after.changed(), after.unchanged(), after.remaining(), 0, after.keys());
        List<Transaction> all =
                new ArrayList<>(plans.stream().map(Plan::transaction).toList());
        String key = prefix + order.id();
        long lease = store.grant(KEPT_FOR);
        all.add(new Transaction(Map.of(key, guard), Map.of(key, told.kept()), Set.of(), Map.of(key, lease)));
        return new Part(Transaction.of(all), told, plans.stream().findFirst().map(Plan::witness));
    }

    private Change change(Order order, String author, String host, String key, Optional<String> merged) {
        Checked checked = checker.check(merged.orElse(""));
        if (!checked.isGood()) {
            ObjectNode problem = Problem.node(checked.problems().get(0)).put("host", host);
            throw Problem.invalidEntries(
                    host + ": " + checked.problems().get(0), 1, Json.array().add(problem));
        }
        return new Change(
                key,
                merged,
                checked.entries().size(),
                Action.BULK,
                author,
                order.comment(),
                Optional.empty(),
                Optional.of(order.id()));
    }
}
