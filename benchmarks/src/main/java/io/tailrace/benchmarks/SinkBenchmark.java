package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import io.tailrace.benchmarks.sink.InstantTarget;
import io.tailrace.benchmarks.sink.LoadedTopic;
import io.tailrace.benchmarks.sink.PreparedBodies;
import io.tailrace.benchmarks.sink.ServerTarget;
import io.tailrace.benchmarks.sink.SinkPlugin;
import io.tailrace.benchmarks.sink.SinkRun;
import io.tailrace.benchmarks.sink.Target;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.Kafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** From Kafka to Elasticsearch: our sink and what could be reached at most in turn, round after round, beside one server. */
final class SinkBenchmark {
    private static final String PREPARED = "prepared bodies";
    private static final String TAILRACE = "tailrace";
    private static final String CONFLUENT = "Confluent";
    private static final String PREPARED_ALONE = "bodies without server";
    private static final String TAILRACE_ALONE = "tailrace without server";

    private static final Report REPORT = new Report(
            List.of(SinkRun.RATE, SinkRun.CPU, SinkRun.PER_CORE, SinkRun.ALLOCATION, Measure.PEAK_RSS),
            List.of(SinkRun.RATE, SinkRun.CPU),
            List.of(TAILRACE));

    private static final String TOPIC = "measured_log";

    private final SinkOptions options;
    private final Consumer<String> screen;

    SinkBenchmark(SinkOptions options, Consumer<String> screen) {
        this.options = options;
        this.screen = screen;
    }

    /** Returns whether none has failed. */
    boolean run() throws IOException {
        LineUp.requireKnown(List.of(PREPARED, TAILRACE, CONFLUENT, PREPARED_ALONE, TAILRACE_ALONE), options.only());
        Files.createDirectories(options.out());
        Map<String, String> setup = Machine.facts();
        try (Scratch scratch = Scratch.create();
                Kafka kafka = Kafka.builder()
                        .jvmOptions("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
                        .build();
                Elasticsearch server = ServerTarget.node();
                InstantTarget instant = new InstantTarget()) {
            kafka.start();
            server.start();
            screen.accept("Writing the topics and the bodies");
            try (LoadedTopic warmUp = load(kafka, "warm_up_log", options.warmUpDocuments());
                    LoadedTopic loaded = load(kafka, TOPIC, options.documents())) {
                ServerTarget target = new ServerTarget(server);
                SinkRun run = run(scratch, kafka, warmUp, loaded);
                if (wanted(PREPARED) || wanted(TAILRACE) || wanted(CONFLUENT)) {
                    screen.accept("Warming the server up");
                    run.prepared(target);
                }
                describe(run, setup);
                Rounds rounds = new Rounds(entrants(scratch, run, target, instant), missing(), screen);
                Results results = rounds.run("From Kafka to Elasticsearch", setup, options.rounds());
                REPORT.write(results, options.out(), "sink-" + options.data().id(), screen);
                return !rounds.failed();
            }
        }
    }

    private LoadedTopic load(Kafka kafka, String name, int documents) {
        return LoadedTopic.fill(kafka.bootstrapServers(), name, options.data(), documents);
    }

    private SinkRun run(Scratch scratch, Kafka kafka, LoadedTopic warmUp, LoadedTopic loaded) {
        ShippedConfigs shipped = new ShippedConfigs(options.configs());
        SinkPlugin ours = SinkPlugin.tailrace(shipped, options.plugins());
        // The address isn't in the bodies.
        SinkConfig config = SinkConfig.parse(ours.config(TOPIC, "http://127.0.0.1:9200"));
        PreparedBodies bodies = PreparedBodies.write(
                scratch.resolve("bodies"), config, TOPIC, options.data().lines(), loaded.documents());
        Optional<Path> profiles = options.profile() ? Optional.of(options.out()) : Optional.empty();
        return new SinkRun(kafka.bootstrapServers(), shipped, ours, warmUp, loaded, bodies, profiles);
    }

    private void describe(SinkRun run, Map<String, String> setup) {
        setup.put(
                "data",
                "%,d records (%s) in one partition, as %,d bulk bodies"
                        .formatted(
                                run.loaded().documents(),
                                options.data().id(),
                                run.bodies().bodies().size()));
        setup.put("bars", "0.85 of prepared bodies; CPU 4.5 µs/doc; without a server 250,000 docs/s per core");
    }

    private List<Rounds.Entrant> entrants(Scratch scratch, SinkRun run, Target server, Target instant)
            throws IOException {
        List<Rounds.Entrant> all = new ArrayList<>();
        all.add(new Rounds.Entrant(PREPARED, () -> run.prepared(server)));
        all.add(new Rounds.Entrant(TAILRACE, () -> run.send(TAILRACE, run.ours(), server)));
        if (options.confluent().isPresent()) {
            SinkPlugin confluent = confluent(scratch, options.confluent().get().toRealPath(), run.shipped());
            all.add(new Rounds.Entrant(CONFLUENT, () -> run.send(CONFLUENT, confluent, server)));
        }
        all.add(new Rounds.Entrant(PREPARED_ALONE, () -> run.prepared(instant)));
        all.add(new Rounds.Entrant(TAILRACE_ALONE, () -> run.send(TAILRACE_ALONE, run.ours(), instant)));
        all.removeIf(each -> !wanted(each.name()));
        return all;
    }

    /** A folder with jars is a plugin; the folder with it is a plugin.path. */
    private SinkPlugin confluent(Scratch scratch, Path jars, ShippedConfigs shipped) throws IOException {
        Path path = Files.createDirectory(scratch.resolve("confluent"));
        Files.createSymbolicLink(path.resolve("sink"), jars);
        return SinkPlugin.confluent(shipped, path, options.data() == DataSet.JSON);
    }

    private Map<String, String> missing() {
        return options.confluent().isEmpty() && wanted(CONFLUENT)
                ? Map.of(CONFLUENT, "--confluent doesn't name a folder with it")
                : Map.of();
    }

    private boolean wanted(String name) {
        return options.only().isEmpty() || options.only().contains(name);
    }
}
