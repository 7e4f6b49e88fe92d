package io.tailrace.console.hosts;

import io.tailrace.console.hosts.Reports.OfConnector;
import io.tailrace.console.hosts.Reports.OfKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Which hosts have something else than etcd has. An agent takes a second or two to apply and report an edit, so that a
 * difference counts only when it has lasted; every edit begins a new one. Used by one thread.
 */
final class Drift {
    static final Duration GRACE = Duration.ofSeconds(15);

    /** Of hosts that differ. */
    private final Map<String, Difference> differences = new HashMap<>();

    /**
     * What differs.
     *
     * @param key the key
     * @param reported the revision that the agent has; 0 if the key isn't there for it
     * @param stored the revision that etcd has
     * @param since when that was first seen
     */
    record Difference(String key, long reported, long stored, Instant since) {
        boolean hasLasted(Instant now) {
            return Duration.between(since, now).compareTo(GRACE) > 0;
        }

        String text() {
            return key + ": the agent has " + revision(reported) + ", etcd has " + revision(stored);
        }

        private static String revision(long revision) {
            return revision == 0 ? "no such key" : "revision " + revision;
        }
    }

    /** Looks at what a host reports; the revisions are those that etcd has, 0 for a key that isn't there. */
    Optional<Difference> look(
            String host, Collection<OfConnector> connectors, ToLongFunction<String> revisions, Instant now) {
        for (OfConnector connector : connectors) {
            for (OfKey key : connector.keys()) {
                long reported = key.exists() ? key.revision() : 0;
                long stored = revisions.applyAsLong(key.key());
                boolean unknown = stored < 0 || (key.exists() && key.revision() == 0);
                if (!unknown && reported != stored) {
                    return Optional.of(differs(host, key.key(), reported, stored, now));
                }
            }
        }
        differences.remove(host);
        return Optional.empty();
    }

    private Difference differs(String host, String key, long reported, long stored, Instant now) {
        Difference before = differences.get(host);
        boolean same = before != null && before.key().equals(key) && before.stored() == stored;
        Difference difference = new Difference(key, reported, stored, same ? before.since() : now);
        differences.put(host, difference);
        return difference;
    }

    /** Forgets all other hosts. */
    void retain(Set<String> hosts) {
        differences.keySet().retainAll(hosts);
    }
}
