package io.tailrace.connect.etcd.watch;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.tailrace.connect.etcd.client.Reading;
import io.tailrace.connect.etcd.client.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The watches on one client, from the reading that they follow on to the first sign of trouble with any of them. It is
 * never mended, only replaced, together with its client: jetcd resumes some watches by itself after an error, and a
 * second watch would then run beside the first.
 *
 * <p>Its methods are called on one thread. jetcd's threads only leave things here and go on.
 */
final class Session {
    private final Client client;
    private final Listener listener;
    private final long openedNanos;
    private final Map<String, Ear> ears = new HashMap<>();
    private final Map<String, Reading> inbox = new ConcurrentHashMap<>();

    /** Who is told that something has arrived. Called on jetcd's threads. */
    interface Listener {
        void arrived(Session session);

        void troubled(Session session, String reason);
    }

    Session(Client client, long nowNanos, Listener listener) {
        this.client = client;
        this.openedNanos = nowNanos;
        this.listener = listener;
    }

    Client client() {
        return client;
    }

    /** How long it has been of use; zero as long as it watches nothing. */
    Duration lived(long nowNanos) {
        return ears.isEmpty() ? Duration.ZERO : Duration.ofNanos(nowNanos - openedNanos);
    }

    boolean watches(String path) {
        return ears.containsKey(path);
    }

    /** Watches a key for whatever comes after a revision, at a member that has a leader. */
    void watch(String path, long afterRevision) {
        WatchOption option = WatchOption.builder()
                .withRevision(afterRevision + 1)
                .withRequireLeader(true)
                .build();
        ByteSequence key = ByteSequence.from(path, StandardCharsets.UTF_8);
        Ear ear = new Ear(path);
        ear.watcher = client.getWatchClient().watch(key, option, ear);
        ears.put(path, ear);
    }

    /** Ends the watches on other keys than these. */
    void retain(Set<String> paths) {
        Set<String> gone = new HashSet<>(ears.keySet());
        gone.removeAll(paths);
        gone.forEach(path -> ears.remove(path).close());
    }

    /** Takes out what has arrived: the newest event of each key. */
    void drain(BiConsumer<String, Reading> to) {
        for (String path : Set.copyOf(inbox.keySet())) {
            Reading event = inbox.remove(path);
            if (event != null && watches(path)) {
                to.accept(path, event);
            }
        }
    }

    private final class Ear implements Watch.Listener {
        private final String path;
        private Watch.Watcher watcher;
        private volatile boolean closing;

        Ear(String path) {
            this.path = path;
        }

        void close() {
            closing = true;
            watcher.close();
        }

        @Override
        public void onNext(WatchResponse response) {
            for (WatchEvent event : response.getEvents()) {
                inbox.merge(path, reading(event), (a, b) -> a.revision() > b.revision() ? a : b);
            }
            listener.arrived(Session.this);
        }

        @Override
        public void onError(Throwable thrown) {
            trouble(String.valueOf(thrown.getMessage()));
        }

        @Override
        public void onCompleted() {
            trouble("it ended");
        }

        private void trouble(String reason) {
            if (!closing) {
                listener.troubled(Session.this, "the watch on " + path + " failed: " + reason);
            }
        }

        private Reading reading(WatchEvent event) {
            long revision = event.getKeyValue().getModRevision();
            return switch (event.getEventType()) {
                case DELETE -> new Reading(revision, Optional.empty());
                default ->
                    new Reading(
                            revision,
                            Optional.of(Stored.of(
                                    revision, event.getKeyValue().getValue().getBytes())));
            };
        }
    }
}
