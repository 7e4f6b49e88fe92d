package io.tailrace.benchmarks.sink;

import io.tailrace.benchmarks.peers.ShippedConfigs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A sink connector and how it is set up.
 *
 * @param path a plugin.path that holds it
 * @param worker properties of its worker that are its own
 * @param connector its configuration, without topics and server
 */
public record SinkPlugin(Path path, Map<String, String> worker, Map<String, String> connector) {
    /**
     * Ours, as it is shipped.
     *
     * @param shipped the settings that users get
     * @param path a plugin.path that holds its zip, unpacked
     * @return what starts it
     */
    public static SinkPlugin tailrace(ShippedConfigs shipped, Path path) {
        Map<String, String> config = shipped.sink();
        config.remove("topics.regex");
        return new SinkPlugin(path, Map.of(), config);
    }

    /**
     * Confluent's, with as many documents in a request and as many requests under way as ours has.
     *
     * @param shipped the settings that users of ours get, of which it has the consumer's
     * @param path a plugin.path that holds it
     * @param json whether values are JSON objects; else they are text, which it takes only when something has wrapped it
     * @return what starts it
     */
    public static SinkPlugin confluent(ShippedConfigs shipped, Path path, boolean json) {
        Map<String, String> config = new LinkedHashMap<>();
        shipped.sink().forEach((key, value) -> {
            if (key.startsWith("consumer.override.")) {
                config.put(key, value);
            }
        });
        config.put("connector.class", "io.confluent.connect.elasticsearch.ElasticsearchSinkConnector");
        config.put("tasks.max", "1");
        config.put("key.ignore", "true");
        config.put("schema.ignore", "true");
        config.put("batch.size", "5000");
        config.put("linger.ms", "50");
        config.put("max.in.flight.requests", "3");
        config.put("max.buffered.records", "50000");
        config.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        config.put("header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        if (json) {
            config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
            config.put("value.converter.schemas.enable", "false");
        } else {
            config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
            config.put("transforms", "wrap");
            config.put("transforms.wrap.type", "org.apache.kafka.connect.transforms.HoistField$Value");
            config.put("transforms.wrap.field", "message");
        }
        // Not all of its releases say which classes are plugins.
        return new SinkPlugin(path, Map.of("plugin.discovery", "hybrid_warn"), config);
    }

    /**
     * The configuration of a connector.
     *
     * @param topic that it reads
     * @param url of the server that it writes to
     * @return all of it
     */
    public Map<String, String> config(String topic, String url) {
        Map<String, String> config = new LinkedHashMap<>(connector);
        config.put("topics", topic);
        config.put("connection.url", url);
        config.computeIfPresent("errors.deadletterqueue.topic.name", (key, value) -> topic + "_dlq");
        return config;
    }
}
