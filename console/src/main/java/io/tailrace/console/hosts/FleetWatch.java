package io.tailrace.console.hosts;

import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.console.entries.EntryKeys;
import io.tailrace.console.entries.ListChecker;
import io.tailrace.console.entries.ListChecker.Checked;
import io.tailrace.console.hosts.Lists.OneList;
import io.tailrace.console.hosts.Reports.Report;
import io.tailrace.console.hosts.Roster.Roll;
import io.tailrace.console.store.Item;
import io.tailrace.console.store.Mirror;
import io.tailrace.console.store.Mirror.Kept;
import io.tailrace.console.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is known of hosts and lists up to date, on a thread of its own. */
public final class FleetWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetWatch.class);
    /** A connector and its tasks. */
    private static final int STATUS_KEYS_PER_HOST = 10;

    private static final int STATUS_KEYS_PER_READ = 100;
    private static final int MAX_LISTS = 20_000;
    private static final int LISTS_PER_READ = 8;
    private static final int SEEN_PER_WRITE = 50;
    private static final int MAX_LABELS = 1_000;

    private final Store store;
    private final InstantSource clock;
    private final EntryKeys keys;
    private final String seenPrefix;
    private final Mirror<Report> reports;
    private final Mirror<SeenHost> seen;
    private final Mirror<List<String>> labels;
    private final List<Mirror<OneList>> lists = new ArrayList<>();
    private final Roster roster;
    private final ScheduledExecutorService thread;
    private volatile Fleet fleet;
    private volatile Future<?> polling = CompletableFuture.completedFuture(null);

    private FleetWatch(ConsoleConfig config, Store store, EntryKeys keys, ListChecker checker, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.keys = keys;
        String statusPrefix = config.statusPath() + "/";
        seenPrefix = config.consolePath() + "/hosts/";
        String labelPrefix = config.consolePath() + "/labels/";
        roster = new Roster(statusPrefix, keys, config.hostsMax(), config.hostsForget());
        reports = new Mirror<>(
                store,
                statusPrefix,
                key -> StatusPlace.of(statusPrefix, key).isPresent(),
                item -> report(statusPrefix, item),
                config.hostsMax() * STATUS_KEYS_PER_HOST,
                STATUS_KEYS_PER_READ);
        seen = new Mirror<>(
                store, seenPrefix, key -> true, SeenHost::read, config.hostsMax() * 2, STATUS_KEYS_PER_READ);
        labels = new Mirror<>(
                store, labelPrefix, key -> true, item -> Optional.of(Labels.hosts(item)), MAX_LABELS, LISTS_PER_READ);
        for (String prefix : keys.prefixes()) {
            lists.add(new Mirror<>(
                    store, prefix, keys::holds, item -> Optional.of(list(checker, item)), MAX_LISTS, LISTS_PER_READ));
        }
        fleet = new Fleet(
                List.of(),
                Map.of(),
                new Lists(new TreeMap<>()),
                new TreeMap<>(),
                Map.of(),
                0,
                clock.instant(),
                Optional.of("etcd wasn't read yet"));
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "console-fleet");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Starts it; the first reading is under way then.
     *
     * @param config where agents report, and how often that is looked at
     * @param store etcd
     * @param keys which lists there are
     * @param checker reads them
     * @param clock the time
     * @return what has to be closed
     */
    public static FleetWatch start(
            ConsoleConfig config, Store store, EntryKeys keys, ListChecker checker, InstantSource clock) {
        FleetWatch watch = new FleetWatch(config, store, keys, checker, clock);
        long millis = config.pollInterval().toMillis();
        watch.polling = watch.thread.scheduleWithFixedDelay(watch::poll, 0, millis, TimeUnit.MILLISECONDS);
        return watch;
    }

    /**
     * What is known.
     *
     * @return as of the last poll
     */
    public Fleet fleet() {
        return fleet;
    }

    private static Optional<Report> report(String prefix, Item item) {
        return StatusPlace.of(prefix, item.key()).flatMap(place -> Reports.read(place, item));
    }

    private static OneList list(ListChecker checker, Item item) {
        String text = item.text().orElse("");
        Checked checked = checker.check(text);
        return new OneList(checked.entries(), checked.problems().size(), text.length());
    }

    private void poll() {
        try {
            Fleet now = read();
            if (fleet.trouble().isPresent()) {
                LOG.info(
                        "etcd is read: {} hosts, {} lists",
                        now.hosts().size(),
                        now.lists().byKey().size());
            }
            fleet = now;
        } catch (EtcdFailure e) {
            if (!fleet.trouble().equals(Optional.of(e.getMessage()))) {
                LOG.warn("What is shown of hosts stays as it was: {}", e.getMessage());
            }
            fleet = fleet.without(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Or else it would never be polled again.
            LOG.error("What is shown of hosts stays as it was", e);
            fleet = fleet.without("a defect of the console: " + e);
        }
    }

    private Fleet read() throws EtcdFailure, InterruptedException {
        SortedMap<String, Kept<OneList>> all = new TreeMap<>();
        for (Mirror<OneList> mirror : lists) {
            mirror.poll();
            all.putAll(mirror.all());
        }
        seen.poll();
        labels.poll();
        // Last, so that what agents report is newer than the lists, and not the other way round.
        long revision = reports.poll();
        Instant now = clock.instant();
        Lists current = new Lists(all);
        Roll roll = roster.roll(reports.all(), known(), current, now);
        remember(roll);
        Map<String, Host> byId = new HashMap<>();
        roll.hosts().forEach(host -> byId.put(host.id(), host));
        SortedMap<String, List<String>> byName = labelled();
        return new Fleet(roll.hosts(), byId, current, byName, byHost(byName), revision, now, Optional.empty());
    }

    private List<SeenHost> known() {
        return seen.all().values().stream()
                .flatMap(kept -> kept.value().stream())
                .toList();
    }

    private SortedMap<String, List<String>> labelled() {
        SortedMap<String, List<String>> byName = new TreeMap<>();
        labels.all()
                .forEach((key, kept) -> byName.put(
                        key.substring(key.lastIndexOf('/') + 1), kept.value().orElse(List.of())));
        return byName;
    }

    private static Map<String, List<String>> byHost(SortedMap<String, List<String>> byName) {
        Map<String, List<String>> labels = new HashMap<>();
        byName.forEach((name, hosts) -> hosts.forEach(
                host -> labels.computeIfAbsent(host, none -> new ArrayList<>()).add(name)));
        return labels;
    }

    private void remember(Roll roll) throws EtcdFailure, InterruptedException {
        Map<String, String> texts = new LinkedHashMap<>();
        roll.remember().forEach(host -> texts.put(seenKey(host.facts().hostId()), host.json()));
        store.put(texts, SEEN_PER_WRITE);
        store.delete(roll.forget().stream().map(this::seenKey).toList(), SEEN_PER_WRITE);
    }

    private String seenKey(String host) {
        return seenPrefix + StatusPlace.escaped(host);
    }

    /**
     * Forgets a host that reports no more.
     *
     * @param host its id
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public void forget(String host) throws EtcdFailure, InterruptedException {
        store.delete(List.of(seenKey(host)), 1);
    }

    /**
     * The keys that a host reads.
     *
     * @return which lists there are
     */
    public EntryKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        polling.cancel(true);
        thread.shutdownNow();
    }
}
