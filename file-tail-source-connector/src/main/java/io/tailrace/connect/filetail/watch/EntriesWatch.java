package io.tailrace.connect.filetail.watch;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import io.tailrace.connect.store.AgentStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connector's entries in step with the keys they come from.
 *
 * <p>Everything happens on one thread, given by the caller: the provider's callbacks only leave what they were told, and the
 * change is announced from that thread too. Announcing may block for as long as the herder likes; meanwhile only the newest
 * text of each key waits.
 */
public final class EntriesWatch {
    /** After an edit that follows others, this much quiet is waited for. */
    public static final Duration QUIET = Duration.ofMillis(200);
    /** Edits that come one after the other are not applied more often than this: each time, all tasks stop and start. */
    public static final Duration SPACING = Duration.ofMillis(750);
    /**
     * After a change was applied, the next waits until its tasks have started, or this long if that isn't heard of. On an
     * exactly-once worker, a task that is stopped while it still starts and the herder that stops it wait for each other
     * until the graceful timeout (Connect 4.3).
     */
    public static final Duration GAP = Duration.ofSeconds(2);
    /** No edit waits longer than this for quiet. */
    public static final Duration MOST_WAIT = Duration.ofSeconds(1);

    /** Until it is asked again why a key is gone. */
    private static final Duration DECIDE_AFTER = Duration.ofSeconds(2);

    private static final Duration START_LOOK = Duration.ofMillis(50);
    /** How often keys are asked that cannot be subscribed to. */
    public static final Duration ASK_INTERVAL = Duration.ofSeconds(10);
    /** How often it is looked whether the keys are still the same, which depend on the host's addresses. */
    public static final Duration KEYS_INTERVAL = Duration.ofSeconds(15);

    /**
     * How often it is remembered how far the store has got with the keys there. Rarely, as each time writes a file: a store that
     * began anew needs to be younger than its last one was so long ago.
     */
    private static final Duration SEEN_INTERVAL = Duration.ofMinutes(10);
    /** Of how many keys the last good lists are remembered that aren't this host's any more: it may get an address back. */
    private static final int MOST_AWAY = 100;

    private static final Logger LOG = LoggerFactory.getLogger(EntriesWatch.class);

    private final Setup setup;
    private final ScheduledExecutorService thread;
    private final WatchedKeys keys;
    private final KeyFeed feed;
    private final History history;
    private final Debounce debounce =
            new Debounce(QUIET.toNanos(), SPACING.toNanos(), GAP.toNanos(), MOST_WAIT.toNanos());
    private final CompletableFuture<Boolean> firstRead = new CompletableFuture<>();

    /** The thread's own. */
    private List<Entry> candidate = List.of();

    private List<String> watched = List.of();
    private Map<String, GoodText> saved = Map.of();
    private boolean unsaved;
    /** Keys that are gone, of which is not known why. */
    private final Set<String> undecided = new HashSet<>();

    private Optional<String> misfit = Optional.empty();
    private Future<?> timer = CompletableFuture.completedFuture(null);

    private volatile List<Entry> inForce = List.of();
    private volatile WatchStatus status = WatchStatus.NONE;
    private volatile boolean closed;

    /**
     * What a watch works with.
     *
     * @param provider where the keys are; configured, and closed by the caller
     * @param keys the keys in the order in which they override each other; asked again from time to time
     * @param reader decides which lists are good
     * @param misfit why a merged list cannot be run, empty if it can
     * @param lastGood remembers good lists
     * @param started whether all tasks have started with the entries in force
     * @param onChange is called after the entries in force have changed, except during {@link #start}
     */
    public record Setup(
            ConfigProvider provider,
            Supplier<List<String>> keys,
            HostEntries reader,
            Function<List<Entry>, Optional<String>> misfit,
            LastGood lastGood,
            BooleanSupplier started,
            Runnable onChange) {}

    /**
     * Makes a watch that does nothing yet.
     *
     * @param setup what it works with
     * @param thread an executor with one thread, for this watch alone; shut down by {@link #close}
     */
    public EntriesWatch(Setup setup, ScheduledExecutorService thread) {
        this.setup = setup;
        this.thread = thread;
        this.keys = new WatchedKeys(List.of(), setup.reader());
        this.feed = new KeyFeed(setup.provider(), this::wake);
        this.history =
                new History(setup.provider() instanceof AgentStore store ? Optional.of(store) : Optional.empty());
    }

    /**
     * Makes the thread that a watch needs. After its shutdown, what waits for a time is given up.
     *
     * @param connector the connector's name, for the thread's
     * @return an executor with one daemon thread
     */
    public static ScheduledExecutorService newThread(String connector) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "tailrace-entries-" + connector);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return executor;
    }

    /**
     * Begins. When it returns, what is in force is what the keys hold or, for those that could not be read in time, what
     * was good before. Never fails: what cannot be read now is read as soon as it can be.
     *
     * @param patience how long to wait for the first read
     */
    public void start(Duration patience) {
        watched = setup.keys().get();
        keys.watch(watched);
        saved = setup.lastGood().load();
        saved.forEach(this::restore);
        candidate = keys.merged();
        inForce = fits(candidate) ? candidate : List.of();
        thread.execute(guarded(this::readFirst));
        watched.forEach(key -> thread.execute(guarded(() -> follow(key))));
        every(KEYS_INTERVAL, this::lookAtKeys);
        every(SEEN_INTERVAL, this::lookAtStore);
        try {
            firstRead.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "Entries could not be read within {}; starting with the {} last good ones",
                    patience,
                    inForce.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The first read reports no failures", e);
        }
        // From here on a change must be announced, also if the first read brings it.
        firstRead.complete(false);
    }

    /**
     * The entries to collect now. May be called from any thread, and never blocks.
     *
     * @return the merged entries in canonical order
     */
    public List<Entry> inForce() {
        return inForce;
    }

    /**
     * What has become of the keys. May be called from any thread, and never blocks.
     *
     * @return what was known a moment ago
     */
    public WatchStatus status() {
        return status;
    }

    /**
     * Ends, without waiting for the thread: it may be waiting for a lock that the caller holds. It is not interrupted either,
     * since it may be in the middle of the herder's work. No change is announced that is not being announced already.
     */
    public void close() {
        closed = true;
        feed.close();
        thread.shutdown();
    }

    private void restore(String key, GoodText text) {
        try {
            keys.restore(key, text);
        } catch (InvalidEntriesException e) {
            LOG.warn("What was last good is not allowed any more and left out. {}", e.getMessage());
        }
    }

    private void readFirst() {
        for (String key : watched) {
            feed.ask(key).ifPresent(values -> tell(key, values));
        }
        candidate = keys.merged();
        boolean changed = !candidate.equals(inForce) && fits(candidate);
        if (changed) {
            inForce = candidate;
        }
        remember();
        LOG.info("Collecting {} entries from {}", inForce.size(), watched);
        boolean startHasGivenUp = !firstRead.complete(true);
        if (startHasGivenUp && changed) {
            announce();
            debounce.applied(System.nanoTime());
        }
    }

    private void follow(String key) {
        if (!closed && !feed.subscribe(key)) {
            every(ASK_INTERVAL, () -> ask(key));
        }
    }

    private void every(Duration interval, Runnable work) {
        long millis = interval.toMillis();
        Future<?> unused = thread.scheduleWithFixedDelay(guarded(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void ask(String key) {
        if (watched.contains(key)) {
            feed.ask(key).ifPresent(values -> {
                tell(key, values);
                reconsider();
            });
        }
    }

    private void lookAtKeys() {
        List<String> now = setup.keys().get();
        if (now.equals(watched) || closed) {
            rememberAgain();
            return;
        }
        LOG.info("This host's keys are {} now, they were {}", now, watched);
        List<String> before = watched;
        watched = now;
        keys.watch(now);
        before.stream().filter(key -> !now.contains(key)).forEach(feed::unsubscribe);
        now.stream().filter(key -> !before.contains(key)).forEach(key -> {
            readOrRestore(key);
            follow(key);
        });
        reconsider();
    }

    private void readOrRestore(String key) {
        Optional<Map<String, String>> values = feed.ask(key);
        values.ifPresent(there -> tell(key, there));
        if (values.isEmpty() && saved.containsKey(key)) {
            restore(key, saved.get(key));
        }
    }

    private void lookAtStore() {
        keys.seenAt(history.storeRevision());
        remember();
    }

    private void wake() {
        try {
            thread.execute(guarded(this::takeNews));
        } catch (RejectedExecutionException e) {
            LOG.debug("News after the end are left alone", e);
        }
    }

    private void takeNews() {
        feed.takeNews().forEach(this::tell);
        reconsider();
    }

    private void tell(String key, Map<String, String> values) {
        try {
            if (!(values.isEmpty() && isLost(key))) {
                keys.tell(key, values);
            }
        } catch (InvalidEntriesException e) {
            LOG.error("{}. The last good list of {} stays in force.", e.getMessage(), key);
        }
        keys.seenAt(key, history.storeRevision());
    }

    /** Whether a key that is gone was not deleted by anybody. If that cannot be found out now, it is as if it was not told. */
    private boolean isLost(String key) {
        Optional<GoodText> good = keys.good(key);
        if (good.isEmpty()) {
            return false;
        }
        try {
            boolean beganAnew = history.beganAnewAfter(good.get());
            undecided.remove(key);
            if (!beganAnew) {
                return false;
            }
        } catch (RuntimeException e) {
            if (undecided.add(key)) {
                LOG.warn("Why {} is gone cannot be found out until this ends: {}", key, e.getMessage());
            }
            decideLater(key);
            return true;
        }
        if (!good.get().lost()) {
            LOG.error(
                    "{} is gone, and with it the store's revision {}, which it had: the store has lost its data. The last"
                            + " good list of {} stays in force until the key is written again, or written and deleted.",
                    key,
                    good.get().revision(),
                    key);
        }
        keys.lose(key);
        return true;
    }

    /** The provider tells nothing twice, so nobody else would come back to it. */
    private void decideLater(String key) {
        if (!closed) {
            Future<?> unused =
                    thread.schedule(guarded(() -> decide(key)), DECIDE_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void decide(String key) {
        if (!undecided.contains(key) || !watched.contains(key)) {
            undecided.remove(key);
            return;
        }
        Optional<Map<String, String>> values = feed.ask(key);
        if (values.isEmpty()) {
            decideLater(key);
            return;
        }
        tell(key, values.get());
        if (!values.get().isEmpty()) {
            undecided.remove(key);
        }
        reconsider();
    }

    /** Starts the wait for quiet if there is something new to apply, and ends it if there no longer is. */
    private void reconsider() {
        List<Entry> merged = keys.merged();
        if (!merged.equals(candidate)) {
            candidate = merged;
            debounce.edited(System.nanoTime());
        }
        if (candidate.equals(inForce)) {
            misfit = Optional.empty();
            debounce.settled();
            remember();
        }
        applyWhenDue();
    }

    private void applyWhenDue() {
        long now = System.nanoTime();
        boolean waitsForStart = debounce.waitsForStart(now);
        if (waitsForStart && setup.started().getAsBoolean()) {
            debounce.started();
        }
        OptionalLong remaining = debounce.remaining(now);
        if (remaining.isEmpty()) {
            return;
        }
        if (remaining.getAsLong() <= 0) {
            apply();
        } else if (timer.isDone() && !closed) {
            long nanos = Math.min(START_LOOK.toNanos(), remaining.getAsLong());
            timer = thread.schedule(guarded(this::timeIsUp), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void timeIsUp() {
        timer = CompletableFuture.completedFuture(null);
        applyWhenDue();
    }

    private void apply() {
        debounce.settled();
        if (fits(candidate)) {
            inForce = candidate;
            remember();
            LOG.info("Collecting {} entries from now on", candidate.size());
            announce();
            debounce.applied(System.nanoTime());
        }
    }

    private boolean fits(List<Entry> entries) {
        misfit = setup.misfit().apply(entries);
        misfit.ifPresent(reason -> LOG.error(
                "Entries in {} refused, taken together: {}. The last good ones stay in force.", watched, reason));
        return misfit.isEmpty();
    }

    private void remember() {
        Map<String, GoodText> good = new LinkedHashMap<>(keys.good());
        saved.entrySet().stream()
                .filter(old -> !watched.contains(old.getKey()))
                .limit(MOST_AWAY)
                .forEach(old -> good.put(old.getKey(), old.getValue()));
        if (candidate.equals(inForce) && !good.equals(saved)) {
            saved = good;
            unsaved = true;
        }
        rememberAgain();
    }

    /** Writes what is to be remembered, if that isn't done or did not work. */
    private void rememberAgain() {
        unsaved = unsaved && !setup.lastGood().save(saved);
    }

    private void announce() {
        if (!closed) {
            setup.onChange().run();
        }
    }

    private void updateStatus() {
        status = new WatchStatus(keys.status(feed.troubles()), !candidate.equals(inForce), misfit);
    }

    /** An executor keeps exceptions to itself, and gives up what it should repeat. */
    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
                updateStatus();
            } catch (RuntimeException e) {
                LOG.error("A change of entries could not be handled", e);
            }
        };
    }
}
