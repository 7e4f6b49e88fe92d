package io.tailrace.connect.etcd.watch;

import io.tailrace.connect.etcd.client.Stored;
import io.tailrace.connect.etcd.value.KeyData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.kafka.common.config.ConfigData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions, and the one thread on which they are told, one after the other. Only the newest data of each waits,
 * so a slow subscriber costs others time but never memory; and none is told twice in a row what it was told already.
 */
final class Subscribers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

    private final ThreadPoolExecutor executor;
    private final Long ttlMs;
    /** Every subscription, with what it was last told. */
    private final Map<Subscription, Optional<Map<String, String>>> told = new LinkedHashMap<>();

    private final Map<Subscription, Map<String, String>> waiting = new LinkedHashMap<>();

    Subscribers(String threadName, Long ttlMs) {
        this.executor = Threads.single(threadName);
        this.ttlMs = ttlMs;
    }

    /** False if there is one like it already. */
    synchronized boolean add(Subscription subscription) {
        return told.putIfAbsent(subscription, Optional.empty()) == null;
    }

    /** No further call begins; false if there was no such subscription. */
    synchronized boolean remove(Subscription subscription) {
        waiting.remove(subscription);
        return told.remove(subscription) != null;
    }

    synchronized void removeAll() {
        waiting.clear();
        told.clear();
    }

    synchronized int size() {
        return told.size();
    }

    synchronized Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        told.keySet().forEach(subscription -> paths.add(subscription.path()));
        return paths;
    }

    /** Lets those who want to know about a key know soon what is there; empty if it doesn't exist. */
    void offer(String path, Optional<Stored> stored) {
        Map<String, String> data = KeyData.of(stored.flatMap(Stored::text));
        long modRevision = stored.map(Stored::modRevision).orElse(0L);
        for (Subscription subscription : subscriptions(path)) {
            offer(subscription, subscription.select(data, modRevision));
        }
    }

    private synchronized List<Subscription> subscriptions(String path) {
        return told.keySet().stream()
                .filter(subscription -> subscription.path().equals(path))
                .toList();
    }

    private synchronized void offer(Subscription subscription, Map<String, String> data) {
        if (told.containsKey(subscription) && waiting.put(subscription, data) == null) {
            executor.execute(this::tellNext);
        }
    }

    private void tellNext() {
        take().ifPresent(next -> tell(next.getKey(), next.getValue()));
    }

    private synchronized Optional<Map.Entry<Subscription, Map<String, String>>> take() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Subscription next = waiting.keySet().iterator().next();
        Map<String, String> data = waiting.remove(next);
        Optional<Map<String, String>> before = told.put(next, Optional.of(data));
        return Optional.of(Map.entry(next, data))
                .filter(entry -> !Optional.of(data).equals(before));
    }

    private void tell(Subscription subscription, Map<String, String> data) {
        try {
            subscription.callback().onChange(subscription.path(), new ConfigData(data, ttlMs));
        } catch (RuntimeException e) {
            LOG.error("A subscriber to etcd key {} failed when told of a change", subscription.path(), e);
        }
    }

    /** Drops what waits. A call that is under way ends by itself: it may be in a place that mustn't be interrupted. */
    @Override
    public synchronized void close() {
        removeAll();
        executor.shutdown();
    }
}
