package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.latency.EndToEndRun;
import io.tailrace.benchmarks.latency.LatencyRun;
import io.tailrace.benchmarks.peers.Bench;
import io.tailrace.benchmarks.peers.Peers;
import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import io.tailrace.benchmarks.sink.ServerTarget;
import io.tailrace.benchmarks.sink.SinkPlugin;
import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.Kafka;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** From a line's writing to Elasticsearch, by way of Kafka: two workers, one with our source and one with our sink. */
final class EndToEndBenchmark {
    private static final Report REPORT = new Report(
            List.of(
                    LatencyRun.P50,
                    LatencyRun.P99,
                    LatencyRun.MAX,
                    EndToEndRun.KAFKA_P50,
                    EndToEndRun.KAFKA_P99,
                    Measure.RATE,
                    EndToEndRun.SOURCE_CPU,
                    EndToEndRun.SINK_CPU),
            List.of(LatencyRun.P50, LatencyRun.P99),
            List.of(Peers.TAILRACE));

    private final EndToEndOptions options;
    private final LatencyOptions steady;
    private final Consumer<String> screen;

    EndToEndBenchmark(EndToEndOptions options, Consumer<String> screen) {
        this.options = options;
        this.steady = options.steady();
        this.screen = screen;
    }

    /** Returns whether none has failed. */
    boolean run() throws IOException {
        Map<String, String> setup = Machine.facts();
        setup.put("data", "%,d lines per second, each with a write of its own".formatted(steady.linesPerSecond()));
        setup.put("bar at 2,000 lines per second", "p99 500 ms");
        try (Scratch scratch = Scratch.create();
                Kafka kafka = Kafka.builder()
                        .jvmOptions("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
                        .build();
                Elasticsearch server = ServerTarget.node()) {
            kafka.start();
            server.start();
            Bench bench = new Bench(
                    kafka.bootstrapServers(),
                    scratch.folder(),
                    new ShippedConfigs(steady.configs()),
                    steady.plugins(),
                    true,
                    Optional.empty());
            Rounds rounds = rounds(new EndToEndRun(
                    bench,
                    SinkPlugin.tailrace(bench.shipped(), options.sinkPlugins()),
                    new ServerTarget(server),
                    steady.linesPerSecond(),
                    steady.warmUp(),
                    steady.time()));
            Results results = rounds.run("From a line's writing to Elasticsearch", setup, steady.rounds());
            REPORT.write(results, steady.out(), "end-to-end", screen);
            return !rounds.failed();
        }
    }

    private Rounds rounds(EndToEndRun run) {
        Input oneFile = new Input(run.bench().folder(), DataSet.PLAIN, 0, 0);
        LineUp lineUp = LineUp.of(Peers.ours(), steady.only(), oneFile);
        List<Rounds.Entrant> entrants = lineUp.here().stream()
                .map(contender -> new Rounds.Entrant(contender.name(), () -> run.measure(contender)))
                .toList();
        return new Rounds(entrants, lineUp.missing(), screen);
    }
}
