package io.tailrace.connect.etcd.watch;

import io.tailrace.connect.etcd.client.EtcdClients;
import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.connect.etcd.client.KeyReader;
import io.tailrace.connect.etcd.client.Reading;
import io.tailrace.connect.etcd.client.Snapshot;
import io.tailrace.connect.etcd.client.Stored;
import io.tailrace.connect.etcd.config.EtcdConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps subscribers told of what is at their keys, whatever happens to etcd.
 *
 * <pre>
 *              subscribe                      trouble with a watch, or a reading that
 *    ┌──────┐ ───────────▶ ┌───────────────┐  fails, differs or went back    ┌─────────┐
 *    │ idle │              │ read and watch│ ──────────────────────────────▶ │ waiting │
 *    └──────┘              └───────────────┘ ◀────────────────────────────── └─────────┘
 *                            │          ▲      backoff is over: a new client,
 *                            └──────────┘      everything read and watched anew
 *                       read again now and then
 * </pre>
 *
 * <p>All of it happens on one thread, which alone touches the fields. It may block for as long as a read may take.
 */
public final class WatchLoop implements AutoCloseable {
    /** How many subscriptions there may be at once. */
    public static final int MOST_SUBSCRIPTIONS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);
    private static final String THREAD_PREFIX = "tailrace-etcd-";

    private final EtcdClients clients;
    private final KeyReader reader;
    private final Subscribers subscribers;
    private final ScheduledThreadPoolExecutor executor;
    private final Session.Listener ear = new Posting();

    private final Complaints complaints = new Complaints();
    private final Outage outage = new Outage();
    private final Set<String> unread = new HashSet<>();
    private WatchState state = WatchState.EMPTY;
    private Backoff backoff = Backoff.NONE;
    private Session session;
    /** The session before. Its client is closed when the wait is over: until then jetcd may be at work on the error. */
    private Session over;

    private ScheduledFuture<?> wake;

    /**
     * Starts with nothing to follow.
     *
     * @param config how often to read again
     * @param clients where clients come from; the loop discards those that failed
     * @param reader reads keys
     */
    public WatchLoop(EtcdConfig config, EtcdClients clients, KeyReader reader) {
        this.clients = clients;
        this.reader = reader;
        subscribers = new Subscribers(THREAD_PREFIX + "notify", config.ttlMs());
        executor = Threads.scheduled(THREAD_PREFIX + "watch");
        long everyMs = config.rereadInterval().toMillis();
        // Somewhere in the second half of the interval, so that many agents don't read at the same moment.
        long firstMs = ThreadLocalRandom.current().nextLong(everyMs / 2, everyMs);
        var unused = executor.scheduleWithFixedDelay(guarded(this::readAgain), firstMs, everyMs, TimeUnit.MILLISECONDS);
    }

    /**
     * Follows a key. The subscriber is soon told what is there, and from then on whenever that changes. Doesn't wait.
     *
     * @param subscription who wants to know what; one that is there already is not added again
     * @throws ConfigException if there are too many
     */
    public void subscribe(Subscription subscription) {
        if (subscribers.size() >= MOST_SUBSCRIPTIONS) {
            throw new ConfigException("More than " + MOST_SUBSCRIPTIONS + " subscriptions on one etcd provider, at key "
                    + subscription.path());
        }
        if (subscribers.add(subscription)) {
            executor.execute(guarded(() -> {
                unread.add(subscription.path());
                followUnlessWaiting();
            }));
        }
    }

    /**
     * Ends a subscription. No call of its callback begins after this; one that has begun may still be running.
     *
     * @param subscription equal to the one that was subscribed; another is ignored
     */
    public void unsubscribe(Subscription subscription) {
        if (subscribers.remove(subscription)) {
            executor.execute(guarded(this::forgetUnwanted));
        }
    }

    /** Ends all subscriptions. */
    public void unsubscribeAll() {
        subscribers.removeAll();
        executor.execute(guarded(this::forgetUnwanted));
    }

    /** Ends everything; doesn't wait for a callback that is under way. The clients are left to their owner. */
    @Override
    public void close() {
        executor.shutdownNow();
        subscribers.close();
    }

    private void followUnlessWaiting() {
        if (wake == null) {
            follow();
        }
    }

    private void follow() {
        wake = null;
        if (over != null) {
            clients.discard(over.client());
            over = null;
        }
        forgetUnwanted();
        Set<String> wanted = subscribers.paths();
        if (wanted.isEmpty()) {
            return;
        }
        if (session == null) {
            session = new Session(clients.current(), System.nanoTime(), ear);
        }
        wanted.removeIf(path -> session.watches(path) && !unread.contains(path));
        take(wanted, false);
    }

    private void readAgain() {
        if (wake == null && session != null) {
            forgetUnwanted();
            take(subscribers.paths(), true);
        }
    }

    private void take(Set<String> wanted, boolean checksWatches) {
        if (wanted.isEmpty()) {
            return;
        }
        try {
            Snapshot snapshot = reader.read(session.client(), wanted);
            outage.end();
            take(snapshot, checksWatches);
        } catch (EtcdFailure e) {
            fail(e.kind().name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Snapshot snapshot, boolean checksWatches) {
        snapshot.refused().forEach(this::complain);
        WatchState.Step step = state.read(snapshot.readings());
        state = step.next();
        unread.removeAll(snapshot.readings().keySet());
        snapshot.readings().forEach(this::tell);
        if (step.wentBack()) {
            LOG.warn("etcd's revision went back to {}: its data was lost or restored", state.revision());
            replaceSession("etcd's history began anew");
        } else if (checksWatches && step.changed().stream().anyMatch(session::watches)) {
            replaceSession("a reading found a change that the watch hadn't told of");
        } else {
            snapshot.readings().forEach(this::watch);
        }
    }

    private void watch(String path, Reading reading) {
        if (!session.watches(path)) {
            session.watch(path, reading.revision());
        }
    }

    private void arrived(Session from) {
        if (from == session) {
            from.drain((path, event) -> state.event(path, event).ifPresent(next -> {
                state = next;
                tell(path, event);
            }));
        }
    }

    private void tell(String path, Reading reading) {
        Optional<Stored> stored = reading.stored();
        if (stored.isPresent() && stored.get().text().isEmpty()) {
            if (complaints.isNew(path, "bytes of revision " + stored.get().modRevision())) {
                LOG.warn("The value at etcd key {} is not UTF-8 text; what was there before stays in force", path);
            }
            return;
        }
        complaints.settle(path);
        subscribers.offer(path, stored);
    }

    private void complain(String path, EtcdFailure refusal) {
        if (complaints.isNew(path, refusal.kind().name())) {
            LOG.warn("The etcd key {} is not followed until this ends: {}", path, refusal.getMessage());
        }
    }

    private void troubled(Session from, String reason) {
        if (from == session) {
            replaceSession(reason);
        }
    }

    private void fail(String kind, String message) {
        if (executor.isShutdown()) {
            return;
        }
        outage.begin(kind, message);
        replaceSession(message);
    }

    private void replaceSession(String reason) {
        LOG.debug("Reading and watching etcd anew: {}", reason);
        Duration lived = session == null ? Duration.ZERO : session.lived(System.nanoTime());
        over = session == null ? over : session;
        session = null;
        backoff = backoff.failed(lived);
        long waitMs = backoff.delay(ThreadLocalRandom.current().nextDouble()).toMillis();
        if (wake != null) {
            wake.cancel(false);
        }
        wake = executor.schedule(guarded(this::follow), waitMs, TimeUnit.MILLISECONDS);
    }

    private void forgetUnwanted() {
        Set<String> wanted = subscribers.paths();
        state = state.retain(wanted);
        complaints.retain(wanted);
        unread.retainAll(wanted);
        if (session != null) {
            session.retain(wanted);
        }
    }

    /** An exception of the executor's tasks would otherwise end the loop and be seen by nobody. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                fail(e.getClass().getName(), String.valueOf(e.getMessage()));
            }
        };
    }

    /** Carries what jetcd's threads have to say over to the loop's own. */
    private final class Posting implements Session.Listener {
        private final Set<Session> posted = ConcurrentHashMap.newKeySet();

        @Override
        public void arrived(Session from) {
            if (posted.add(from)) {
                executor.execute(guarded(() -> {
                    posted.remove(from);
                    WatchLoop.this.arrived(from);
                }));
            }
        }

        @Override
        public void troubled(Session from, String reason) {
            executor.execute(guarded(() -> WatchLoop.this.troubled(from, reason)));
        }
    }
}
