package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.assign.TaskConfigs;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.metrics.ConnectorMetrics;
import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.status.EntriesHash;
import io.tailrace.connect.filetail.status.StatusReporter;
import io.tailrace.connect.filetail.status.TaskPlan;
import io.tailrace.connect.filetail.tail.local.LocalPositions;
import io.tailrace.connect.filetail.watch.EntriesWatch;
import io.tailrace.connect.filetail.watch.LastGood;
import io.tailrace.connect.store.AgentStore;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails log files into Kafka topics. What to collect stands in its configuration or in keys of a {@link ConfigProvider},
 * which it watches: when they change, so do its tasks.
 */
public final class FileTailSourceConnector extends SourceConnector {
    /** How long the start waits for the keys to be read, before it makes do with the last good entries. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);
    /** How often it is looked whether there is a status to report. */
    private static final Duration STATUS_LOOK = Duration.ofSeconds(1);

    private static final Duration HOUSEKEEPING = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(FileTailSourceConnector.class);

    private EntriesSource source = new EntriesSource.Inline(List.of());
    private TaskConfigs configs = new TaskConfigs(Map.of(), "");
    private List<Map<String, String>> lastConfigs = List.of();
    private volatile TaskPlan plan = new TaskPlan(List.of(), 0, new TreeMap<>());
    private String name = FileTailSourceConfig.DEFAULT_NAME;
    private volatile BooleanSupplier started = () -> false;
    private Chores chores;
    private Optional<ConnectorMetrics> metrics = Optional.empty();

    /** Makes a connector that is yet to be started. */
    public FileTailSourceConnector() {}

    @Override
    public String version() {
        return Version.get();
    }

    @Override
    public ConfigDef config() {
        return FileTailSourceConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> properties) {
        Config result = super.validate(properties);
        boolean legal = result.configValues().stream()
                .allMatch(value -> value.errorMessages().isEmpty());
        if (legal) {
            Map<String, String> problems = ConnectorChecks.problems(new FileTailSourceConfig(properties), properties);
            result.configValues().stream()
                    .filter(value -> problems.containsKey(value.name()))
                    .forEach(value -> value.addErrorMessage(problems.get(value.name())));
        }
        return result;
    }

    @Override
    public void start(Map<String, String> properties) {
        try {
            FileTailSourceConfig config = new FileTailSourceConfig(properties);
            ConnectorChecks.problems(config, properties).forEach((key, problem) -> {
                throw new ConfigException(problem);
            });
            name = nameOf(properties);
            chores = new Chores(name);
            if (config.keyTemplates().isPresent()) {
                watch(config, properties);
            } else {
                begin(new EntriesSource.Inline(ConnectorChecks.inlineEntries(config)), config, properties, false);
            }
            housekeeping(config);
        } catch (ConfigException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private void begin(
            EntriesSource entries, FileTailSourceConfig config, Map<String, String> properties, boolean reports) {
        Map<String, String> given = new HashMap<>(properties);
        if (!reports) {
            given.put(FileTailSourceConfig.STATUS_PATH, "");
        }
        configs = new TaskConfigs(given, HostFacts.detect(config.hostId()).hostId());
        source = entries;
    }

    private void watch(FileTailSourceConfig config, Map<String, String> properties) {
        int tasksMax = ConnectorChecks.tasksMax(properties);
        ConfigProvider provider = Providers.make(config);
        HostKeys keys = new HostKeys(config.keyTemplates().orElseThrow(), () -> HostFacts.detect(config.hostId()));
        EntriesWatch watch = new EntriesWatch(
                new EntriesWatch.Setup(
                        provider,
                        keys,
                        config.hostEntries(),
                        entries -> configs.misfit(entries, tasksMax),
                        new LastGood(config.stateDir(), name),
                        () -> started.getAsBoolean(),
                        context()::requestTaskReconfiguration),
                EntriesWatch.newThread(name));
        Optional<StatusReporter> reporter = reporter(config, provider, watch, keys);
        begin(new EntriesSource.Watched(watch, provider), config, properties, reporter.isPresent());
        metrics = ConnectorMetrics.of(
                context(), watch::status, () -> watch.inForce().size());
        watch.start(START_PATIENCE);
        reporter.ifPresent(status -> started = () -> status.tasksRun(System.currentTimeMillis()));
        reporter.ifPresent(status -> chores.every(STATUS_LOOK, () -> status.tick(System.currentTimeMillis())));
    }

    private Optional<StatusReporter> reporter(
            FileTailSourceConfig config, ConfigProvider provider, EntriesWatch watch, HostKeys keys) {
        Optional<String> path = config.statusPath();
        if (path.isEmpty() || !(provider instanceof AgentStore store)) {
            LOG.info("The connector's status is not reported");
            return Optional.empty();
        }
        StatusReporter.Source source = new StatusReporter.Source(keys::host, watch::status, watch::inForce, () -> plan);
        try {
            StateDir state = StateDir.open(config.stateDir());
            return Optional.of(new StatusReporter(store, path.get(), name, Version.get(), state, source));
        } catch (IOException e) {
            LOG.warn("The status is not reported, since {} can't be used: {}", config.stateDir(), e.getMessage());
            return Optional.empty();
        }
    }

    private void housekeeping(FileTailSourceConfig config) {
        try {
            StateDir state = StateDir.open(config.stateDir());
            PositionFiles files = new PositionFiles(state, name, source::entries);
            files.mark(System.currentTimeMillis());
            chores.every(HOUSEKEEPING, () -> files.tidy(System.currentTimeMillis()));
        } catch (IOException e) {
            LOG.warn("{} can't be used: {}", config.stateDir(), e.getMessage());
        }
    }

    @Override
    public Class<? extends Task> taskClass() {
        return FileTailSourceTask.class;
    }

    /** Never throws for what the entries are: Connect would ask again for ever, with no task running. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<Entry> entries = source.entries();
        Optional<String> misfit = configs.misfit(entries, maxTasks);
        if (misfit.isPresent()) {
            LOG.error("The tasks stay as they are: {}", misfit.get());
            return lastConfigs;
        }
        List<Map<String, String>> made = configs.make(entries, maxTasks);
        long since = made.equals(lastConfigs) ? plan.millis() : System.currentTimeMillis();
        lastConfigs = made;
        plan = new TaskPlan(entries, since, hashes(made));
        return made;
    }

    private static SortedMap<Integer, String> hashes(List<Map<String, String>> configs) {
        SortedMap<Integer, String> hashes = new TreeMap<>();
        configs.forEach(config -> hashes.put(
                Integer.valueOf(config.get(FileTailSourceConfig.TASK_GROUP)),
                EntriesHash.of(config.get(FileTailSourceConfig.TASK_ENTRIES))));
        return hashes;
    }

    @Override
    public void stop() {
        if (chores != null) {
            chores.close();
        }
        metrics.ifPresent(ConnectorMetrics::close);
        metrics = Optional.empty();
        source.close();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public boolean alterOffsets(Map<String, String> properties, Map<Map<String, ?>, Map<String, ?>> offsets) {
        FileTailSourceConfig config = new FileTailSourceConfig(properties);
        String hostId = HostFacts.detect(config.hostId()).hostId();
        new OffsetRequests(hostId, config.pathPolicy()).check(offsets);
        try {
            LocalPositions.forget(
                    StateDir.open(config.stateDir()), nameOf(properties), OffsetRequests.streams(offsets));
            return true;
        } catch (IOException e) {
            throw new ConnectException(
                    "What is remembered of these streams in " + FileTailSourceConfig.STATE_DIR
                            + " can't be removed, so it would count instead: " + e.getMessage(),
                    e);
        }
    }

    private static String nameOf(Map<String, String> properties) {
        return properties.getOrDefault(FileTailSourceConfig.NAME, FileTailSourceConfig.DEFAULT_NAME);
    }
}
