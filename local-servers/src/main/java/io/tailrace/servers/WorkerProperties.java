package io.tailrace.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration of a Connect worker, as a small installation has it.
 *
 * @param home the worker's folder
 * @param restUrl where its REST interface listens
 * @param bootstrapServers its Kafka
 * @param pluginPaths where its plugins are
 */
record WorkerProperties(Home home, URI restUrl, String bootstrapServers, List<Path> pluginPaths) {

    /** The whole configuration, with the caller's own properties over the defaults. */
    Map<String, String> with(boolean standalone, Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(common());
        all.putAll(standalone ? standalone() : distributed(own.getOrDefault("group.id", "connect")));
        all.putAll(own);
        return all;
    }

    private Map<String, String> common() {
        Map<String, String> common = new LinkedHashMap<>();
        common.put("bootstrap.servers", bootstrapServers);
        common.put("listeners", restUrl.toString());
        common.put("rest.advertised.host.name", restUrl.getHost());
        common.put("rest.advertised.port", Integer.toString(restUrl.getPort()));
        common.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        common.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        common.put("header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        common.put("connector.client.config.override.policy", "All");
        common.put("offset.flush.interval.ms", "1000");
        common.put("task.shutdown.graceful.timeout.ms", "30000");
        // Else the tasks of a sink that was killed with its worker would wait 45 s for their old selves.
        common.put("consumer.session.timeout.ms", "6000");
        common.put("consumer.heartbeat.interval.ms", "1000");
        common.put("plugin.discovery", "service_load");
        if (!pluginPaths.isEmpty()) {
            common.put("plugin.path", pluginPaths.stream().map(Path::toString).collect(Collectors.joining(",")));
        }
        return common;
    }

    private Map<String, String> standalone() {
        return Map.of(
                "offset.storage.file.filename", home.resolve("connect.offsets").toString());
    }

    /** One partition for each internal topic, and dead members of the group soon forgotten. */
    private static Map<String, String> distributed(String group) {
        return Map.ofEntries(
                Map.entry("group.id", group),
                Map.entry("config.storage.topic", group + "-configs"),
                Map.entry("config.storage.replication.factor", "1"),
                Map.entry("offset.storage.topic", group + "-offsets"),
                Map.entry("offset.storage.replication.factor", "1"),
                Map.entry("offset.storage.partitions", "1"),
                Map.entry("status.storage.topic", group + "-status"),
                Map.entry("status.storage.replication.factor", "1"),
                Map.entry("status.storage.partitions", "1"),
                Map.entry("scheduled.rebalance.max.delay.ms", "0"),
                Map.entry("session.timeout.ms", "6000"),
                Map.entry("heartbeat.interval.ms", "1000"));
    }
}
