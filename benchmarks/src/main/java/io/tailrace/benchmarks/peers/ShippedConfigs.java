package io.tailrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The settings in connect-configs, which are what users get and so what is measured.
 *
 * @param folder connect-configs
 */
public record ShippedConfigs(Path folder) {
    private static final Set<String> PLACES =
            Set.of("bootstrap.servers", "listeners", "rest.advertised.host.name", "plugin.path");

    /**
     * The agent's worker, less what depends on where it runs.
     *
     * @param group stands in for the host's name
     * @return its properties
     */
    public Map<String, String> agentWorker(String group) {
        return worker("worker-agent.properties", "HOSTNAME", group);
    }

    /**
     * The worker for sinks, less what depends on where it runs.
     *
     * @param group its group's name
     * @return its properties
     */
    public Map<String, String> sinkWorker(String group) {
        return worker("worker-sinks.properties", "tailrace-sinks", group);
    }

    private Map<String, String> worker(String name, String placeholder, String group) {
        Path file = folder.resolve(name);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        Map<String, String> worker = new LinkedHashMap<>();
        properties.stringPropertyNames().stream()
                .filter(key -> !PLACES.contains(key))
                .sorted()
                .forEach(key -> worker.put(key, properties.getProperty(key).replace(placeholder, group)));
        return worker;
    }

    /**
     * The source connector, whose entries and folders are to be replaced.
     *
     * @return its configuration
     */
    public Map<String, String> source() {
        return connector("source-inline.json");
    }

    /**
     * The sink connector, whose topics and server are to be replaced.
     *
     * @return its configuration
     */
    public Map<String, String> sink() {
        return connector("sink-elasticsearch.json");
    }

    private Map<String, String> connector(String name) {
        Path file = folder.resolve(name);
        try {
            Map<String, String> config = new LinkedHashMap<>();
            JsonNode json = new ObjectMapper().readTree(file.toFile()).required("config");
            json.properties()
                    .forEach(
                            field -> config.put(field.getKey(), field.getValue().asText()));
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /**
     * What of the source's configuration is for any connector that sends bytes: converters, and how the producer sends.
     *
     * @return part of its configuration
     */
    public Map<String, String> anySource() {
        Predicate<String> any = key ->
                key.endsWith(".converter") || key.startsWith("producer.override.") || key.startsWith("topic.creation.");
        Map<String, String> config = source();
        config.keySet().removeIf(any.negate());
        return config;
    }
}
