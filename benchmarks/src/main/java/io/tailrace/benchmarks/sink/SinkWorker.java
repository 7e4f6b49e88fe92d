package io.tailrace.benchmarks.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.servers.Connect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A worker as it is shipped for sinks, with a sink in it. */
public final class SinkWorker implements AutoCloseable {
    /** Kafka's own scripts start a worker so. */
    private static final String[] JVM_OPTIONS = {
        "-Xms256m",
        "-Xmx2g",
        "-XX:+UseG1GC",
        "-XX:MaxGCPauseMillis=20",
        "-XX:InitiatingHeapOccupancyPercent=35",
        "-XX:+ExplicitGCInvokesConcurrent"
    };

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Connect worker;

    /**
     * Starts it.
     *
     * @param bootstrapServers its Kafka
     * @param plugin what is in it
     * @param shipped the settings that users get
     */
    public SinkWorker(String bootstrapServers, SinkPlugin plugin, ShippedConfigs shipped) {
        Map<String, String> properties = new LinkedHashMap<>(shipped.sinkWorker(unique("sinks")));
        // Kafka's default, where the tests' workers have less.
        properties.put("offset.flush.interval.ms", "60000");
        properties.putAll(plugin.worker());
        this.worker = Connect.builder(bootstrapServers)
                .jvmOptions(JVM_OPTIONS)
                .pluginPath(plugin.path())
                .properties(properties)
                .build();
        try {
            worker.start();
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private static String unique(String name) {
        return name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    }

    /**
     * Makes a connector of one task, and waits until it runs.
     *
     * @param config of the connector
     * @return its name, which no other has had
     */
    public String begin(Map<String, String> config) {
        String name = unique("documents");
        try {
            worker.createOrUpdate(name, new ObjectMapper().writeValueAsString(config));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings make JSON", e);
        }
        worker.awaitRunning(name, 1, START_TIMEOUT);
        return name;
    }

    /**
     * Deletes a connector.
     *
     * @param connector its name
     */
    public void end(String connector) {
        worker.delete(connector);
    }

    /**
     * What the worker says of a connector.
     *
     * @param connector its name
     * @return its status
     */
    public String account(String connector) {
        return worker.isRunning() ? worker.status(connector).toString() : "the worker has ended";
    }

    /**
     * The worker's process.
     *
     * @return its id
     */
    public long pid() {
        return worker.pid();
    }

    @Override
    public void close() {
        worker.close();
    }
}
