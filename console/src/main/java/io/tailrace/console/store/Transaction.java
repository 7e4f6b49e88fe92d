package io.tailrace.console.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is written together or not at all.
 *
 * @param guards revisions that keys must still have; 0 for a key that must not exist
 * @param puts texts by key
 * @param deletes keys to delete, none of them among the puts
 * @param leases the leases of those of the puts that don't stay for ever
 */
public record Transaction(
        Map<String, Long> guards, Map<String, String> puts, Set<String> deletes, Map<String, Long> leases) {
    /** Keeps copies. */
    public Transaction {
        guards = Map.copyOf(guards);
        puts = Map.copyOf(puts);
        deletes = Set.copyOf(deletes);
        leases = Map.copyOf(leases);
    }

    /**
     * One that writes what stays.
     *
     * @param guards revisions that keys must still have; 0 for a key that must not exist
     * @param puts texts by key
     * @param deletes keys to delete, none of them among the puts
     */
    public Transaction(Map<String, Long> guards, Map<String, String> puts, Set<String> deletes) {
        this(guards, puts, deletes, Map.of());
    }

    /**
     * How many operations etcd counts.
     *
     * @return puts and deletes, or guards if they are more
     */
    public int operations() {
        return Math.max(guards.size(), puts.size() + deletes.size());
    }

    /**
     * How much is sent, about.
     *
     * @return characters of keys and texts
     */
    public long chars() {
        long chars = 0;
        for (Map.Entry<String, String> put : puts.entrySet()) {
            chars += put.getKey().length() + put.getValue().length();
        }
        return chars;
    }

    /**
     * Several as one.
     *
     * @param transactions about different keys
     * @return all of them together
     */
    public static Transaction of(List<Transaction> transactions) {
        Map<String, Long> guards = new LinkedHashMap<>();
        Map<String, String> puts = new LinkedHashMap<>();
        List<String> deletes = new ArrayList<>();
        Map<String, Long> leases = new LinkedHashMap<>();
        for (Transaction transaction : transactions) {
            guards.putAll(transaction.guards());
            puts.putAll(transaction.puts());
            deletes.addAll(transaction.deletes());
            leases.putAll(transaction.leases());
        }
        return new Transaction(guards, puts, Set.copyOf(deletes), leases);
    }
}
