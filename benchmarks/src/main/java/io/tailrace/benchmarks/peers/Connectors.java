package io.tailrace.benchmarks.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.benchmarks.ceiling.MadeUpSourceConnector;
import io.tailrace.connect.filetail.FileTailSourceConfig;
import io.tailrace.connect.filetail.FileTailSourceConnector;
import io.tailrace.connect.filetail.entries.HostFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How source connectors are told what to read. All have the converters and the producer's settings that ours ships with. */
final class Connectors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE = "nginx";

    private Connectors() {}

    /** Ours, as it is shipped: each record with the stream as its key and a header of metadata. */
    static Map<String, String> tailrace(Bench bench, Pass pass) {
        Map<String, String> config = bench.shipped().source();
        Map<String, String> entry =
                Map.of("log_path", pass.input().pattern().toString(), "topic", pass.topic(), "service", SERVICE);
        config.put(FileTailSourceConfig.ENTRIES, json(List.of(entry)));
        config.put(FileTailSourceConfig.ALLOWED_PATHS, pass.input().folder().toString());
        config.put(FileTailSourceConfig.STATE_DIR, pass.state().toString());
        return config;
    }

    /** Ours with lines alone. */
    static Map<String, String> tailraceBare(Bench bench, Pass pass) {
        Map<String, String> config = tailrace(bench, pass);
        config.put(FileTailSourceConfig.RECORD_KEY, "none");
        config.put(FileTailSourceConfig.METADATA, "");
        return config;
    }

    /** Lines that were there before, with key and header of the length that ours have. */
    static Map<String, String> madeUp(Bench bench, Pass pass) {
        Map<String, String> config = new LinkedHashMap<>(bench.shipped().anySource());
        Map<String, Object> defaults = new FileTailSourceConnector().config().defaultValues();
        HostFacts host = HostFacts.detect("");
        String path = pass.input().folder().resolve("access-0000.log").toString();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("host.name", host.hostname());
        if (!host.addresses().isEmpty()) {
            header.put("host.ip", host.addresses());
        }
        header.put("log.file.path", path);
        header.put("service.name", SERVICE);
        config.put("connector.class", MadeUpSourceConnector.class.getName());
        config.put(MadeUpSourceConnector.TOPIC, pass.topic());
        config.put(MadeUpSourceConnector.DATA, pass.input().data().id());
        config.put(MadeUpSourceConnector.LINES, Integer.toString(pass.input().lines()));
        config.put(MadeUpSourceConnector.KEY, host.hostId() + "||" + path);
        config.put(MadeUpSourceConnector.HEADER, json(header));
        config.put(
                MadeUpSourceConnector.BATCH_RECORDS,
                defaults.get(FileTailSourceConfig.BATCH_MAX_RECORDS).toString());
        config.put(
                MadeUpSourceConnector.BATCH_BYTES,
                defaults.get(FileTailSourceConfig.BATCH_MAX_BYTES).toString());
        return config;
    }

    /** Kafka's own, which sends lines as strings. */
    static Map<String, String> fileStream(Bench bench, Pass pass) {
        Map<String, String> config = new LinkedHashMap<>(bench.shipped().anySource());
        config.put("connector.class", "org.apache.kafka.connect.file.FileStreamSourceConnector");
        config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("file", pass.input().pattern().toString());
        config.put("topic", pass.topic());
        return config;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings make JSON", e);
        }
    }
}
