package io.tailrace.connect.etcd.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several keys, read together.
 *
 * @param readings the keys that could be read
 * @param refused the keys that could not, each with the reason; the others are good all the same
 */
public record Snapshot(Map<String, Reading> readings, Map<String, EtcdFailure> refused) {
    Snapshot plus(Snapshot other) {
        Map<String, Reading> allReadings = new LinkedHashMap<>(readings);
        allReadings.putAll(other.readings);
        Map<String, EtcdFailure> allRefused = new LinkedHashMap<>(refused);
        allRefused.putAll(other.refused);
        return new Snapshot(allReadings, allRefused);
    }
}
