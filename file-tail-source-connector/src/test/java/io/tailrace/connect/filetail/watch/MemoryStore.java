package io.tailrace.connect.filetail.watch;

import io.tailrace.connect.store.AgentStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigChangeCallback;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/** A store in memory that tells of changes, and can be away or lose its data without telling anybody. */
final class MemoryStore implements ConfigProvider, AgentStore {
    private final Map<String, Map<String, String>> data = new HashMap<>();
    private final Map<String, ConfigChangeCallback> subscribers = new HashMap<>();
    private long revision;
    private boolean away;

    synchronized void put(String key, String text) {
        revision++;
        data.put(key, Map.of("value", text, MOD_REVISION, String.valueOf(revision)));
        tell(key);
    }

    synchronized void delete(String key) {
        revision++;
        data.remove(key);
        tell(key);
    }

    synchronized void moveOn(int changes) {
        revision += changes;
    }

    synchronized void loseData() {
        data.clear();
        revision = 0;
    }

    synchronized void goAway() {
        away = true;
    }

    synchronized void comeBack() {
        away = false;
    }

    synchronized void tell(String key) {
        ConfigChangeCallback subscriber = subscribers.get(key);
        if (subscriber != null) {
            subscriber.onChange(key, new ConfigData(data.getOrDefault(key, Map.of())));
        }
    }

    @Override
    public synchronized ConfigData get(String path) {
        if (away) {
            throw new ConfigException("away");
        }
        return new ConfigData(data.getOrDefault(path, Map.of()));
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        return get(path);
    }

    @Override
    public synchronized void subscribe(String path, Set<String> keys, ConfigChangeCallback callback) {
        subscribers.put(path, callback);
        if (!away) {
            tell(path);
        }
    }

    @Override
    public synchronized void unsubscribe(String path, Set<String> keys, ConfigChangeCallback callback) {
        subscribers.remove(path);
    }

    @Override
    public synchronized void unsubscribeAll() {
        subscribers.clear();
    }

    @Override
    public synchronized long revision() {
        if (away) {
            throw new ConfigException("away");
        }
        return revision;
    }

    @Override
    public synchronized long lastRevision() {
        if (away) {
            return 0;
        }
        return revision;
    }

    @Override
    public void report(Map<String, String> texts, Duration ttl) {}

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
