package io.tailrace.connect.filetail.watch;

import io.tailrace.connect.store.AgentStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.config.ConfigChangeCallback;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a provider tells about keys, brought over from its threads. Of each key only the newest data is kept. */
final class KeyFeed {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFeed.class);

    private static final Set<String> NAMES = Set.of(WatchedKey.VALUE, AgentStore.MOD_REVISION);

    private final ConfigProvider provider;
    private final Runnable wake;
    private final Map<String, Map<String, String>> news = new ConcurrentHashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final ConfigChangeCallback callback = this::changed;

    /**
     * Makes one that has heard nothing.
     *
     * @param provider where the keys are
     * @param wake is called from any thread when there is news, and must not block
     */
    KeyFeed(ConfigProvider provider, Runnable wake) {
        this.provider = provider;
        this.wake = wake;
    }

    /** A key's data now, or empty if it cannot be read, which is logged when it begins. May block for as long as the provider does. */
    Optional<Map<String, String>> ask(String key) {
        try {
            Map<String, String> values = provider.get(key).data();
            failing.remove(key);
            return Optional.of(values);
        } catch (RuntimeException e) {
            if (failing.put(key, String.valueOf(e.getMessage())) == null) {
                LOG.warn("{} cannot be read; its last good list stays in force: {}", key, e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Asks to be told of changes. False if the provider cannot do that, so that the key must be asked from time to time. */
    boolean subscribe(String key) {
        try {
            provider.subscribe(key, NAMES, callback);
            return true;
        } catch (UnsupportedOperationException e) {
            LOG.info(
                    "{} does not tell of changes; {} is read again from time to time",
                    provider.getClass().getName(),
                    key);
        } catch (RuntimeException e) {
            LOG.error("{} cannot be subscribed to and is read again from time to time: {}", key, e.getMessage());
        }
        return false;
    }

    void close() {
        try {
            provider.unsubscribeAll();
        } catch (UnsupportedOperationException e) {
            LOG.debug("There were no subscriptions to end", e);
        }
    }

    /** Asks not to be told of a key any more. */
    void unsubscribe(String key) {
        try {
            provider.unsubscribe(key, NAMES, callback);
        } catch (UnsupportedOperationException e) {
            LOG.debug("There was no subscription to {} to end", key, e);
        }
        news.remove(key);
        failing.remove(key);
    }

    /** Why keys cannot be read, as far as that has been tried. */
    Map<String, String> troubles() {
        return Map.copyOf(failing);
    }

    private void changed(String key, ConfigData data) {
        failing.remove(key);
        news.put(key, data.data());
        if (woken.compareAndSet(false, true)) {
            wake.run();
        }
    }

    /** What has been told since the last call. */
    Map<String, Map<String, String>> takeNews() {
        woken.set(false);
        Map<String, Map<String, String>> taken = new HashMap<>();
        news.keySet().forEach(key -> taken.put(key, news.remove(key)));
        return taken;
    }
}
