package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.assign.TaskConfigs;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.entries.KeyTemplates;
import io.tailrace.connect.filetail.watch.EntriesWatch;
import io.tailrace.connect.filetail.watch.LastGood;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final Logger LOG = LoggerFactory.getLogger(FileTailSourceConnector.class);

    private EntriesSource source = new EntriesSource.Inline(List.of());
    private TaskConfigs configs = new TaskConfigs(Map.of(), "");
    private List<Map<String, String>> lastConfigs = List.of();

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
            HostFacts host = HostFacts.detect(config.hostId());
            configs = new TaskConfigs(properties, host.hostId());
            source = config.keyTemplates().isPresent()
                    ? watch(config, host, properties)
                    : new EntriesSource.Inline(ConnectorChecks.inlineEntries(config));
        } catch (ConfigException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private EntriesSource watch(FileTailSourceConfig config, HostFacts host, Map<String, String> properties) {
        String name = properties.getOrDefault(FileTailSourceConfig.NAME, "file-tail-source");
        int tasksMax = ConnectorChecks.tasksMax(properties);
        ConfigProvider provider = Providers.make(config);
        EntriesWatch watch = new EntriesWatch(
                new EntriesWatch.Setup(
                        provider,
                        keys(config.keyTemplates().orElseThrow(), host),
                        config.hostEntries(),
                        entries -> configs.misfit(entries, tasksMax),
                        new LastGood(config.stateDir(), name),
                        context()::requestTaskReconfiguration),
                EntriesWatch.newThread(name));
        watch.start(START_PATIENCE);
        return new EntriesSource.Watched(watch, provider);
    }

    private static List<String> keys(KeyTemplates templates, HostFacts host) {
        List<String> keys = templates.expand(host);
        LOG.info("Host {} (id {}, addresses {}) reads {}", host.hostname(), host.hostId(), host.addresses(), keys);
        if (host.addresses().isEmpty()) {
            LOG.warn(
                    "Host {} has only loopback and link-local addresses, so templates of keys by address give none",
                    host.hostname());
        }
        return keys;
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
        lastConfigs = configs.make(entries, maxTasks);
        return lastConfigs;
    }

    @Override
    public void stop() {
        source.close();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public boolean alterOffsets(Map<String, String> properties, Map<Map<String, ?>, Map<String, ?>> offsets) {
        OffsetRequests.check(offsets);
        return true;
    }
}
