package io.tailrace.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.servers.Connect;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * A connector of a worker.
 *
 * @param worker where it runs
 * @param name its name
 * @param config its configuration
 */
public record ConnectorHandle(Connect worker, String name, Map<String, String> config) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps a copy of the configuration. */
    public ConnectorHandle {
        config = Map.copyOf(config);
    }

    /**
     * Sends the configuration, changed in some keys.
     *
     * @param changes keys and values; an empty value leaves the key out
     * @return this connector with the configuration it has now
     */
    public ConnectorHandle with(Map<String, String> changes) {
        Map<String, String> changed = new HashMap<>(config);
        changed.putAll(changes);
        changed.values().removeIf(String::isEmpty);
        ConnectorHandle handle = new ConnectorHandle(worker, name, changed);
        handle.put();
        return handle;
    }

    /** Sends the configuration. */
    void put() {
        ObjectNode json = JSON.createObjectNode();
        config.forEach(json::put);
        worker.createOrUpdate(name, json.toString());
    }

    /**
     * Waits until it runs.
     *
     * @param tasks how many tasks it must have, all running
     */
    public void awaitRunning(int tasks) {
        worker.awaitRunning(name, tasks, PATIENCE);
    }

    /**
     * The states of the connector and of its tasks.
     *
     * @return such as RUNNING, the connector's own first
     */
    public List<String> states() {
        return worker.status(name).findValuesAsText("state");
    }

    /**
     * The entries that its tasks have been given.
     *
     * @return the texts of all tasks, one after the other
     */
    public String taskEntries() {
        StringBuilder entries = new StringBuilder();
        worker.tasks(name)
                .forEach(task -> entries.append(task.at("/config/task.entries").asText()));
        return entries.toString();
    }

    /**
     * The entries that each of its tasks has been given.
     *
     * @return by the number of their group
     */
    public Map<String, String> entriesByGroup() {
        Map<String, String> groups = new TreeMap<>();
        worker.tasks(name)
                .forEach(task -> groups.put(
                        task.at("/config/task.group").asText(),
                        task.at("/config/task.entries").asText()));
        return groups;
    }

    /** Stops it and waits until its tasks have ended, with all offsets committed. */
    public void stop() {
        worker.stopConnector(name);
        Awaitility.await(name + " is stopped").atMost(PATIENCE).until(() -> {
            JsonNode status = worker.status(name);
            return status.at("/connector/state").asText().equals("STOPPED")
                    && status.path("tasks").isEmpty();
        });
    }

    /** Lets it go on after {@link #stop}. */
    public void resume() {
        worker.resumeConnector(name);
    }

    /**
     * Its offsets.
     *
     * @return an array of objects with {@code partition} and {@code offset}
     */
    public JsonNode offsets() {
        return worker.offsets(name).path("offsets");
    }
}
