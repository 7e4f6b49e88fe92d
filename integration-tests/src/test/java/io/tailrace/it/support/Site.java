package io.tailrace.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.servers.Connect;
import io.tailrace.servers.ServerResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * What one test has for itself on the shared servers: a folder of logs, an etcd key, a topic and an index whose names no
 * other test has, and connectors, which are gone when this is closed.
 */
public final class Site implements AutoCloseable {

    /** Name of the sources' host in positions. */
    public static final String HOST_ID = "it-host";

    /** Each look at an index has it write what it has by now, which is work that the server can't spend on documents. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final int LINES_OF_A_SEARCH = 5_000;
    /** The server's own limit. */
    private static final int DOCUMENTS_OF_A_SEARCH_MAX = 10_000;

    private final SharedServers servers;
    private final Path folder;
    private final String name;
    private final Deque<ConnectorHandle> connectors = new ArrayDeque<>();

    /**
     * Makes a place.
     *
     * @param servers what it works with
     * @param folder the test's own, with a name that no other has
     */
    public Site(SharedServers servers, Path folder) {
        this.servers = servers;
        this.name = folder.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            this.folder = folder.toRealPath();
            Files.createDirectories(log("any").getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A log file.
     *
     * @param file its name
     * @return a path in the folder that the source may read
     */
    public Path log(String file) {
        return folder.resolve("logs").resolve(file);
    }

    /**
     * A log file in a folder of its own below that one.
     *
     * @param subfolder made if it isn't there
     * @param file its name
     * @return a path in the folder that the source may read
     */
    public Path log(String subfolder, String file) {
        try {
            return Files.createDirectories(log(subfolder)).resolve(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The test's topic; also the name of the index that the sink writes it to.
     *
     * @return a name
     */
    public String topic() {
        return name;
    }

    /**
     * Another topic.
     *
     * @param suffix tells it from the test's others
     * @return a name
     */
    public String topic(String suffix) {
        return name + "-" + suffix;
    }

    /**
     * The etcd key that the source reads its entries from.
     *
     * @return a key
     */
    public String key() {
        return "/it/" + name + "/logconfig";
    }

    /**
     * Writes the list of entries to etcd.
     *
     * @param entries JSON objects
     */
    public void collect(String... entries) {
        servers.etcd().put(key(), "[" + String.join(",", entries) + "]");
    }

    /**
     * An entry.
     *
     * @param file what to collect
     * @param topic where to
     * @return a JSON object in the shorter of the two known forms
     */
    public static String entry(Path file, String topic) {
        return "{\"path\":\"" + file + "\",\"topic\":\"" + topic + "\"}";
    }

    /**
     * Appends a line to a file in one write.
     *
     * @param file made if it isn't there
     * @param line without its end
     */
    public static void append(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts the source as it is shipped, for the test's key and the test's logs.
     *
     * @param worker where it runs
     * @param changes over that, by key; an empty value leaves a key out
     * @return the connector
     */
    public ConnectorHandle startSource(Connect worker, Map<String, String> changes) {
        Map<String, String> config = Plugins.connectorConfig("source-from-etcd.json");
        config.putAll(Map.of(
                "tasks.max", "2",
                "entries.paths", key(),
                "entries.provider.param.endpoints", servers.etcd().endpoint(),
                "host.id", HOST_ID,
                "allowed.paths", log("any").getParent().toString(),
                "allowed.topics", ".*",
                "state.dir", folder.resolve("state").toString()));
        return start(worker, "source-" + name, config, changes);
    }

    /**
     * Starts the sink as it is shipped, for the test's topic, into the index of the same name.
     *
     * @param worker where it runs
     * @param changes over that, by key; an empty value leaves a key out
     * @return the connector
     */
    public ConnectorHandle startSink(Connect worker, Map<String, String> changes) {
        Map<String, String> config = Plugins.connectorConfig("sink-elasticsearch.json");
        config.remove("topics.regex");
        config.putAll(Map.of(
                "topics", topic(),
                "connection.url", servers.elasticsearch().url().toString(),
                // A topic may be made only by the first line.
                "consumer.override.metadata.max.age.ms", "500"));
        return start(worker, "sink-" + name, config, changes);
    }

    private ConnectorHandle start(
            Connect worker, String connector, Map<String, String> config, Map<String, String> changes) {
        config.putAll(changes);
        config.values().removeIf(String::isEmpty);
        ConnectorHandle handle = new ConnectorHandle(worker, connector, config);
        handle.put();
        connectors.push(handle);
        return handle;
    }

    /**
     * Makes a reader of one of the test's topics.
     *
     * @param topic its name
     * @return a reader at its beginning
     */
    public TopicReader reader(String topic) {
        return new TopicReader(servers.kafka().bootstrapServers(), topic);
    }

    /**
     * Counts the documents of the test's index.
     *
     * @return how many there are by now
     */
    public long documentCount() {
        return documentCount(topic());
    }

    private long documentCount(String index) {
        servers.elasticsearch().refresh(index);
        return servers.elasticsearch().count(index);
    }

    /**
     * Waits for documents in the test's index.
     *
     * @param count how many there must be at least
     * @param timeout how long
     */
    public void awaitDocuments(long count, Duration timeout) {
        awaitDocuments(topic(), count, timeout);
    }

    /**
     * Waits for documents in any index.
     *
     * @param index its name
     * @param count how many there must be at least
     * @param timeout how long
     */
    public void awaitDocuments(String index, long count, Duration timeout) {
        Awaitility.await(count + " documents in " + index)
                .atMost(timeout)
                .pollInterval(LOOK_EVERY)
                // An index that is being made answers 503.
                .ignoreExceptionsInstanceOf(ServerResponseException.class)
                .until(() -> documentCount(index) >= count);
    }

    /**
     * Reads the numbers of all lines that are documents of the test's index.
     *
     * @param lines how many were written; higher numbers are not looked for
     * @return what was seen, by number; a line that is two documents is repeated
     */
    public Tally documents(long lines) {
        servers.elasticsearch().refresh(topic());
        Tally tally = new Tally();
        for (long from = 0; from < lines; from += LINES_OF_A_SEARCH) {
            JsonNode hits = search(from);
            if (hits.size() == DOCUMENTS_OF_A_SEARCH_MAX) {
                throw new IllegalStateException("Too many documents from line " + from + " on");
            }
            hits.forEach(hit -> tally.add(hit.at("/_source/n").intValue()));
        }
        return tally;
    }

    private JsonNode search(long from) {
        String query = "{\"size\":%d,\"_source\":[\"n\"],\"query\":{\"range\":{\"n\":{\"gte\":%d,\"lt\":%d}}}}";
        String body = query.formatted(DOCUMENTS_OF_A_SEARCH_MAX, from, from + LINES_OF_A_SEARCH);
        return servers.elasticsearch()
                .request("POST", "/" + topic() + "/_search", body)
                .at("/hits/hits");
    }

    /** Stops and deletes the connectors; the worker that runs them is started if it has been left dead. */
    @Override
    public void close() {
        connectors.forEach(connector -> {
            if (!connector.worker().isRunning()) {
                connector.worker().start();
            }
            // A deletion alone does not wait for anything, and the connector still writes to the test's folder.
            connector.stop();
            connector.worker().delete(connector.name());
        });
    }
}
