package io.tailrace.connect.etcd.watch;

import io.tailrace.connect.etcd.value.KeyData;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigChangeCallback;

/**
 * Somebody who wants to know about a key.
 *
 * @param path the etcd key
 * @param keys the names wanted of the key's data; empty for all
 * @param callback whom to tell
 */
public record Subscription(String path, Set<String> keys, ConfigChangeCallback callback) {
    /** Copies the names. */
    public Subscription {
        keys = Set.copyOf(keys);
    }

    /** The part of a key's data that is wanted, with its revision if that is. */
    Map<String, String> select(Map<String, String> data, long modRevision) {
        return keys.isEmpty() ? data : KeyData.only(KeyData.withRevision(data, modRevision), keys);
    }
}
