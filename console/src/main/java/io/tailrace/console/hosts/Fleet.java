package io.tailrace.console.hosts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that is known of hosts and lists, as of the last poll. Never changes.
 *
 * @param hosts in order, the worst first
 * @param byId the same by id
 * @param lists the lists of entries
 * @param labels the ids of hosts by label
 * @param labelsById the labels by a host's id
 * @param revision etcd's, at the last poll; 0 before the first
 * @param read when that was
 * @param trouble why etcd can't be read now
 */
public record Fleet(
        List<Host> hosts,
        Map<String, Host> byId,
        Lists lists,
        SortedMap<String, List<String>> labels,
        Map<String, List<String>> labelsById,
        long revision,
        Instant read,
        Optional<String> trouble) {

    /**
     * The same, read by nobody any more.
     *
     * @param why etcd can't be read
     * @return what was known last
     */
    Fleet without(String why) {
        return new Fleet(hosts, byId, lists, labels, labelsById, revision, read, Optional.of(why));
    }

    /**
     * The hosts that read a key.
     *
     * @param key the key
     * @return their ids, sorted
     */
    public List<String> readersOf(String key) {
        return hosts.stream()
                .filter(host -> host.keys().contains(key))
                .map(Host::id)
                .sorted()
                .toList();
    }

    /**
     * The labels of a host.
     *
     * @param id of the host
     * @return their names, sorted
     */
    public List<String> labelsOf(String id) {
        return labelsById.getOrDefault(id, List.of());
    }
}
