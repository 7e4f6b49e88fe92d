package io.tailrace.connect.filetail.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.watch.WatchStatus;
import io.tailrace.connect.store.AgentStore;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports how a connector and its tasks are, every {@link #INTERVAL} and when something has changed. Called about once a
 * second, by one thread, which it blocks for as long as the store does. Without an answer it goes on trying; nothing else
 * depends on it.
 */
public final class StatusReporter {
    /** How often it is reported without a change. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);
    /** How long a report lasts, so that the status of a dead host is gone soon. */
    public static final Duration TTL = Duration.ofSeconds(25);

    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);

    private final AgentStore store;
    private final Source source;
    private final StateDir dir;
    private final String connector;
    private final String key;
    private final ConnectorStatusText text;

    /** Of the groups of the present plan. */
    private final Map<Integer, StatusFile> files = new ConcurrentHashMap<>();

    private String reported = "";
    private long triedMillis;
    private String trouble = "";

    /**
     * What is asked each time. None of them blocks.
     *
     * @param host what is known of the host
     * @param watch what has become of the keys
     * @param entries the entries in force
     * @param plan what Connect was told to run
     */
    public record Source(
            Supplier<HostFacts> host,
            Supplier<WatchStatus> watch,
            Supplier<List<Entry>> entries,
            Supplier<TaskPlan> plan) {}

    /**
     * Has reported nothing yet.
     *
     * @param store where to
     * @param path below which key, without a slash at its end
     * @param connector the connector's name
     * @param version the plugin's
     * @param dir where the tasks leave theirs
     * @param source what is reported
     */
    public StatusReporter(
            AgentStore store, String path, String connector, String version, StateDir dir, Source source) {
        this.store = store;
        this.connector = connector;
        this.dir = dir;
        this.source = source;
        this.text = new ConnectorStatusText(version);
        this.key = path + "/" + segment(source.host().get().hostId()) + "/" + segment(connector);
    }

    /** A slash in a name would make a key below another's. */
    private static String segment(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }

    /**
     * Reports if it is time, or something has changed.
     *
     * @param nowMillis the time since 1970
     */
    public void tick(long nowMillis) {
        TaskPlan plan = source.plan().get();
        Map<Integer, JsonNode> tasks = tasks(plan, nowMillis);
        ObjectNode own = text.of(source.host().get(), source.watch().get(), plan, running(plan, tasks));
        String essence = own + changes(tasks);
        boolean worthIt = trouble.isEmpty() && !essence.equals(reported);
        if (!worthIt && isRecent(triedMillis, nowMillis)) {
            return;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(key, ConnectorStatusText.at(own, nowMillis));
        tasks.forEach((group, status) -> texts.put(key + "/task-" + group, status.toString()));
        triedMillis = nowMillis;
        report(texts);
        reported = essence;
    }

    /** A time that is yet to come is none: the clock was set back since. */
    private static boolean isRecent(long millis, long nowMillis) {
        return millis <= nowMillis && nowMillis - millis < INTERVAL.toMillis();
    }

    /**
     * Whether all tasks run with the entries in force, as far as they have told. For any thread.
     *
     * @param nowMillis the time since 1970
     * @return false also if there are tasks that haven't been asked for yet
     */
    public boolean tasksRun(long nowMillis) {
        TaskPlan plan = source.plan().get();
        Map<Integer, JsonNode> tasks = tasks(plan, nowMillis);
        // Those of the plan before may have the same entries, and not have been stopped yet.
        return running(plan, tasks) && tasks.values().stream().allMatch(task -> startedMillis(task) >= plan.millis());
    }

    private static long startedMillis(JsonNode task) {
        try {
            return Instant.parse(task.path("started").asText()).toEpochMilli();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private Map<Integer, JsonNode> tasks(TaskPlan plan, long nowMillis) {
        Map<Integer, JsonNode> tasks = new LinkedHashMap<>();
        files.keySet().retainAll(plan.hashes().keySet());
        for (int group : plan.hashes().keySet()) {
            files.computeIfAbsent(group, number -> new StatusFile(dir, connector, number))
                    .read(nowMillis)
                    .ifPresent(status -> tasks.put(group, status));
        }
        return tasks;
    }

    private boolean running(TaskPlan plan, Map<Integer, JsonNode> tasks) {
        return plan.entries().equals(source.entries().get())
                && plan.hashes().entrySet().stream()
                        .allMatch(task -> tasks.containsKey(task.getKey())
                                && tasks.get(task.getKey())
                                        .path("entries_hash")
                                        .asText()
                                        .equals(task.getValue()));
    }

    private static String changes(Map<Integer, JsonNode> tasks) {
        return tasks.entrySet().stream()
                .map(task -> task.getKey() + ":" + task.getValue().path("entries_hash") + "/"
                        + task.getValue().path("changes"))
                .collect(Collectors.joining(","));
    }

    private void report(Map<String, String> texts) {
        try {
            store.report(texts, TTL);
            if (!trouble.isEmpty()) {
                LOG.info("The status is reported again to {}", key);
            }
            trouble = "";
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            boolean stopped = Thread.currentThread().isInterrupted();
            if (!stopped && !message.equals(trouble)) {
                LOG.warn("The status can't be reported to {} at present: {}", key, message);
            }
            trouble = message;
        }
    }
}
