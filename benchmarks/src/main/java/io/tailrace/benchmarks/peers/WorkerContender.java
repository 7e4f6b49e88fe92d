package io.tailrace.benchmarks.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.benchmarks.data.Input;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A source connector in a worker of its own, as an agent runs it.
 *
 * @param name what it is called in results
 * @param plugins finds the plugin.path
 * @param manyFiles whether it takes a glob
 * @param config tells the connector what to read
 */
record WorkerContender(
        String name,
        Function<Bench, Path> plugins,
        boolean manyFiles,
        BiFunction<Bench, Pass, Map<String, String>> config)
        implements Contender {
    /** Kafka's own scripts start a worker so, but for the heap, of which an agent has less. */
    private static final String[] JVM_OPTIONS = {
        "-Xms256m",
        "-Xmx256m",
        "-XX:+UseG1GC",
        "-XX:MaxGCPauseMillis=20",
        "-XX:InitiatingHeapOccupancyPercent=35",
        "-XX:+ExplicitGCInvokesConcurrent"
    };

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    @Override
    public Optional<String> missing(Input input) {
        return manyFiles || input.isOneFile() ? Optional.empty() : Optional.of("reads one file only");
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public Running start(Bench bench) {
        Connect worker = Connect.builder(bench.bootstrapServers())
                .jvmOptions(JVM_OPTIONS)
                .pluginPath(plugins.apply(bench))
                .properties(properties(bench))
                .build();
        try {
            worker.start();
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
        return new Worker(bench, worker, config);
    }

    private Map<String, String> properties(Bench bench) {
        Map<String, String> properties = new LinkedHashMap<>(bench.shipped().agentWorker(Pass.unique(name)));
        if (!bench.exactlyOnce()) {
            properties.put("exactly.once.source.support", "disabled");
        }
        // Kafka's default, where the tests' workers have less.
        properties.put("offset.flush.interval.ms", "60000");
        return properties;
    }

    private record Worker(Bench bench, Connect worker, BiFunction<Bench, Pass, Map<String, String>> config)
            implements Running {
        @Override
        public void begin(Pass pass) {
            worker.createOrUpdate(pass.name(), json(config.apply(bench, pass)));
            worker.awaitRunning(pass.name(), 1, START_TIMEOUT);
        }

        @Override
        public long pid() {
            return worker.pid();
        }

        @Override
        public void end(Pass pass) {
            worker.delete(pass.name());
        }

        @Override
        public String account(Pass pass) {
            return worker.isRunning() ? worker.status(pass.name()).toString() : "the worker has ended";
        }

        @Override
        public void close() {
            worker.close();
        }

        private static String json(Map<String, String> config) {
            try {
                return new ObjectMapper().writeValueAsString(config);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Strings make JSON", e);
            }
        }
    }
}
