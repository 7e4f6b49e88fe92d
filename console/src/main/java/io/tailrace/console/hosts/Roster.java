package io.tailrace.console.hosts;

import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.console.entries.EntryKeys;
import io.tailrace.console.hosts.Drift.Difference;
import io.tailrace.console.hosts.Reports.OfConnector;
import io.tailrace.console.hosts.Reports.OfTask;
import io.tailrace.console.hosts.Reports.Report;
import io.tailrace.console.store.Mirror.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** From what agents report, and which hosts were seen before, to hosts. Used by one thread. */
final class Roster {
    private static final Duration NOTED_EVERY = Duration.ofHours(1);

    private final String statusPrefix;
    private final EntryKeys keys;
    private final int max;
    private final Duration forget;
    private final Drift drift = new Drift();
    private Set<String> reporting = Set.of();

    /** What one host's agents report. */
    private static final class Reported {
        private final SortedMap<String, OfConnector> connectors = new TreeMap<>();
        private final List<OfTask> tasks = new ArrayList<>();
    }

    /**
     * Hosts, and what has to be remembered and forgotten.
     *
     * @param hosts in order
     * @param remember hosts of which something else is to be remembered
     * @param forget ids of hosts that aren't to be remembered any more
     */
    record Roll(List<Host> hosts, List<SeenHost> remember, List<String> forget) {}

    Roster(String statusPrefix, EntryKeys keys, int max, Duration forget) {
        this.statusPrefix = statusPrefix;
        this.keys = keys;
        this.max = max;
        this.forget = forget;
    }

    Roll roll(SortedMap<String, Kept<Report>> reports, Collection<SeenHost> seenHosts, Lists lists, Instant now) {
        Map<String, Reported> reported = byHost(reports);
        Map<String, SeenHost> seen = new HashMap<>();
        seenHosts.forEach(host -> seen.put(host.facts().hostId(), host));
        List<SeenHost> remember = new ArrayList<>();
        List<Host> hosts = new ArrayList<>();
        reported.forEach((id, theirs) -> {
            SeenHost before = seen.remove(id);
            SeenHost noted = noted(before, facts(id, theirs, before), now, remember);
            hosts.add(online(noted, theirs, lists, now));
        });
        List<String> forgotten = new ArrayList<>();
        offline(seen.values(), max - hosts.size(), now, hosts, remember, forgotten);
        drift.retain(reported.keySet());
        reporting = Set.copyOf(reported.keySet());
        hosts.sort(Host.ORDER);
        return new Roll(List.copyOf(hosts), remember, forgotten);
    }

    private Map<String, Reported> byHost(SortedMap<String, Kept<Report>> reports) {
        Map<String, Reported> hosts = new LinkedHashMap<>();
        reports.forEach((key, kept) -> StatusPlace.of(statusPrefix, key).ifPresent(place -> {
            if (kept.value().isEmpty() || (hosts.size() >= max && !hosts.containsKey(place.host()))) {
                return;
            }
            Reported host = hosts.computeIfAbsent(place.host(), id -> new Reported());
            if (kept.value().get() instanceof OfConnector connector) {
                host.connectors.put(place.connector(), connector);
            } else if (kept.value().get() instanceof OfTask task) {
                host.tasks.add(task);
            }
        }));
        return hosts;
    }

    private static HostFacts facts(String id, Reported reported, SeenHost before) {
        Optional<HostFacts> told =
                reported.connectors.values().stream().map(OfConnector::host).findFirst();
        HostFacts known = before == null ? new HostFacts(id, id, List.of()) : before.facts();
        return told.orElse(known);
    }

    private static SeenHost noted(SeenHost before, HostFacts facts, Instant now, List<SeenHost> remember) {
        boolean noted = before != null
                && before.facts().equals(facts)
                && Duration.between(before.lastSeen(), now).compareTo(NOTED_EVERY) < 0;
        SeenHost seen = new SeenHost(facts, before == null ? now : before.firstSeen(), now);
        if (!noted) {
            remember.add(seen);
        }
        return seen;
    }

    private Host online(SeenHost seen, Reported reported, Lists lists, Instant now) {
        Optional<Difference> difference =
                drift.look(seen.facts().hostId(), reported.connectors.values(), key -> stored(key, lists), now);
        HostState state = state(reported.connectors.values(), difference, now);
        return new Host(
                seen.facts(),
                state,
                reason(state, reported.connectors.values(), difference),
                reported.connectors,
                List.copyOf(reported.tasks),
                seen.firstSeen(),
                now,
                keys.of(seen.facts()));
    }

    /** Less than 0 for a key that the console doesn't look at. */
    private long stored(String key, Lists lists) {
        return keys.holds(key) ? lists.revision(key) : -1;
    }

    private static HostState state(Collection<OfConnector> connectors, Optional<Difference> difference, Instant now) {
        Set<String> states = connectors.stream().map(OfConnector::state).collect(Collectors.toCollection(TreeSet::new));
        if (states.contains("FAILED")) {
            return HostState.FAILED;
        }
        if (difference.isPresent()) {
            return difference.get().hasLasted(now) ? HostState.DRIFTED : HostState.APPLYING;
        }
        return connectors.isEmpty() || states.contains("APPLYING") ? HostState.APPLYING : HostState.HEALTHY;
    }

    private static String reason(HostState state, Collection<OfConnector> connectors, Optional<Difference> difference) {
        return switch (state) {
            case FAILED -> failure(connectors);
            case DRIFTED, APPLYING -> difference.map(Difference::text).orElse("waits for its tasks to run");
            default -> "";
        };
    }

    private static String failure(Collection<OfConnector> connectors) {
        return connectors.stream()
                .flatMap(connector -> connector.keys().stream())
                .filter(key -> key.state().equals("FAILED"))
                .findFirst()
                .map(key -> key.key() + ": " + key.error())
                .orElse("FAILED");
    }

    private void offline(
            Collection<SeenHost> seen,
            int room,
            Instant now,
            List<Host> hosts,
            List<SeenHost> remember,
            List<String> forgotten) {
        List<SeenHost> latest = seen.stream()
                .sorted(Comparator.comparing(SeenHost::lastSeen).reversed())
                .toList();
        int left = Math.max(0, room);
        for (SeenHost host : latest) {
            boolean justGone = reporting.contains(host.facts().hostId());
            SeenHost noted = justGone ? new SeenHost(host.facts(), host.firstSeen(), now) : host;
            if (left == 0 || Duration.between(noted.lastSeen(), now).compareTo(forget) > 0) {
                forgotten.add(host.facts().hostId());
                continue;
            }
            left--;
            if (justGone) {
                remember.add(noted);
            }
            hosts.add(offline(noted));
        }
    }

    private Host offline(SeenHost seen) {
        return new Host(
                seen.facts(),
                HostState.OFFLINE,
                "reports no more since " + seen.lastSeen(),
                new TreeMap<>(),
                List.of(),
                seen.firstSeen(),
                seen.lastSeen(),
                keys.of(seen.facts()));
    }
}
