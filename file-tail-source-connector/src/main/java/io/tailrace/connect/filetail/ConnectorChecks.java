package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.assign.TaskConfigs;
import io.tailrace.connect.filetail.entries.EntriesMerge;
import io.tailrace.connect.filetail.entries.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** What must hold of the connector's settings together, each of which is legal by itself. */
final class ConnectorChecks {
    private static final String TASKS_MAX = "tasks.max";

    private ConnectorChecks() {}

    /** What is wrong, by the key that must be changed; nothing if the connector can be started. */
    static Map<String, String> problems(FileTailSourceConfig config, Map<String, String> properties) {
        boolean inline = config.entries().isPresent();
        boolean keys = config.keyTemplates().isPresent();
        Map<String, String> problems = new TreeMap<>();
        if (inline && keys) {
            String both = "Give either " + FileTailSourceConfig.ENTRIES + " or " + FileTailSourceConfig.ENTRIES_PATHS
                    + ", not both";
            problems.put(FileTailSourceConfig.ENTRIES, both);
            problems.put(FileTailSourceConfig.ENTRIES_PATHS, both);
        } else if (inline) {
            inlineProblem(config, properties).ifPresent(problem -> problems.put(FileTailSourceConfig.ENTRIES, problem));
        } else if (keys) {
            providerProblem(config)
                    .ifPresent(problem -> problems.put(FileTailSourceConfig.ENTRIES_PROVIDER_CLASS, problem));
        } else {
            problems.put(
                    FileTailSourceConfig.ENTRIES,
                    "Nothing to collect: give " + FileTailSourceConfig.ENTRIES + " or "
                            + FileTailSourceConfig.ENTRIES_PATHS);
        }
        return problems;
    }

    private static Optional<String> inlineProblem(FileTailSourceConfig config, Map<String, String> properties) {
        try {
            List<Entry> entries = inlineEntries(config);
            return new TaskConfigs(properties, config.hostId())
                    .misfit(entries, tasksMax(properties))
                    .map(reason -> "Entries in " + FileTailSourceConfig.ENTRIES + " refused: " + reason);
        } catch (ConfigException e) {
            return Optional.of(e.getMessage());
        }
    }

    static List<Entry> inlineEntries(FileTailSourceConfig config) {
        String json = config.entries().orElseThrow();
        return EntriesMerge.merge(List.of(config.hostEntries().read(json, FileTailSourceConfig.ENTRIES)));
    }

    private static Optional<String> providerProblem(FileTailSourceConfig config) {
        try {
            Utils.closeQuietly(Providers.make(config), "provider under test");
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Connect's own setting, which it has checked by itself; 1 where it is missing or not a number. */
    static int tasksMax(Map<String, String> properties) {
        try {
            return Math.max(
                    1, Integer.parseInt(properties.getOrDefault(TASKS_MAX, "1").strip()));
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
