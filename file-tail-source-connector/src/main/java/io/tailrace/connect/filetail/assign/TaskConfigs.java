package io.tailrace.connect.filetail.assign;

import io.tailrace.connect.filetail.FileTailSourceConfig;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the tasks' configurations: the connector's settings, without those about where entries come from, and the task's
 * entries literally. The same entries give the same configurations, which Connect then leaves running.
 */
public final class TaskConfigs {
    /** Most bytes of one task's configuration. Connect writes it as one record, whose limit is 1 MiB by default. */
    public static final int MAX_BYTES = 900_000;

    private static final Set<String> CONNECTORS_OWN = Set.of(
            FileTailSourceConfig.ENTRIES,
            FileTailSourceConfig.ENTRIES_PATHS,
            FileTailSourceConfig.ENTRIES_PROVIDER_CLASS);

    private final Map<String, String> common;

    /**
     * Takes what all tasks have in common.
     *
     * @param properties the connector's properties
     * @param hostId what the host is called in remembered positions
     */
    public TaskConfigs(Map<String, String> properties, String hostId) {
        common = new TreeMap<>(properties);
        common.keySet().retainAll(FileTailSourceConfig.definition().names());
        common.keySet().removeAll(CONNECTORS_OWN);
        common.put(FileTailSourceConfig.HOST_ID, hostId);
        Optional.ofNullable(properties.get(FileTailSourceConfig.NAME))
                .ifPresent(name -> common.put(FileTailSourceConfig.NAME, name));
    }

    /**
     * Makes the configurations.
     *
     * @param entries all entries in canonical order
     * @param maxTasks most tasks, at least 1
     * @return one configuration for each task; none if there are no entries
     */
    public List<Map<String, String>> make(List<Entry> entries, int maxTasks) {
        return TaskAssignment.groups(entries, maxTasks).entrySet().stream()
                .map(group -> config(group.getKey(), group.getValue()))
                .toList();
    }

    private Map<String, String> config(int group, List<Entry> entries) {
        Map<String, String> config = new TreeMap<>(common);
        config.put(FileTailSourceConfig.TASK_GROUP, String.valueOf(group));
        config.put(FileTailSourceConfig.TASK_ENTRIES, EntriesJson.write(entries));
        return config;
    }

    /**
     * Looks whether Connect could store the configurations. It would try again for ever, with no task running, where it
     * cannot.
     *
     * @param entries all entries in canonical order
     * @param maxTasks most tasks, at least 1
     * @return why it could not; empty if it can
     */
    public Optional<String> misfit(List<Entry> entries, int maxTasks) {
        long largest = make(entries, maxTasks).stream()
                .mapToLong(TaskConfigs::bytes)
                .max()
                .orElse(0);
        return largest <= MAX_BYTES
                ? Optional.empty()
                : Optional.of("the configuration of one task would be " + largest + " bytes, at most " + MAX_BYTES
                        + " can be stored; collect fewer entries (now " + entries.size() + "), or raise tasks.max (now "
                        + maxTasks + ")");
    }

    private static long bytes(Map<String, String> config) {
        return config.entrySet().stream()
                .mapToLong(pair -> bytes(pair.getKey()) + bytes(pair.getValue()))
                .sum();
    }

    /** As a string in JSON, which is how Connect stores it: quotes and backslashes are doubled. */
    private static long bytes(String text) {
        long escaped = text.chars().filter(c -> c == '"' || c == '\\').count();
        return text.getBytes(StandardCharsets.UTF_8).length + escaped + 4;
    }
}
