package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.latency.LatencyRun;
import io.tailrace.benchmarks.peers.Bench;
import io.tailrace.benchmarks.peers.Peers;
import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import io.tailrace.servers.Kafka;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** From a line's writing to when it can be read in Kafka: all contenders in turn, round after round, beside one broker. */
final class LatencyBenchmark {
    private static final Report REPORT = new Report(
            List.of(
                    LatencyRun.P50,
                    LatencyRun.P99,
                    LatencyRun.MAX,
                    LatencyRun.START,
                    Measure.RATE,
                    Measure.CPU,
                    Measure.PEAK_RSS),
            List.of(LatencyRun.P50, LatencyRun.P99, LatencyRun.START, Measure.CPU),
            List.of(Peers.TAILRACE));

    private final LatencyOptions options;
    private final Consumer<String> screen;

    LatencyBenchmark(LatencyOptions options, Consumer<String> screen) {
        this.options = options;
        this.screen = screen;
    }

    /** Returns whether none has failed. */
    boolean run() throws IOException {
        Map<String, String> setup = Machine.facts();
        setup.put("data", "%,d lines per second, each with a write of its own".formatted(options.linesPerSecond()));
        setup.put("bars at 10,000 lines per second", "p50 20 ms, p99 100 ms; start 8 s");
        try (Scratch scratch = Scratch.create();
                Kafka kafka = Kafka.builder()
                        .jvmOptions("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
                        .build()) {
            kafka.start();
            Bench bench = new Bench(
                    kafka.bootstrapServers(),
                    scratch.folder(),
                    new ShippedConfigs(options.configs()),
                    options.plugins(),
                    true,
                    Optional.empty());
            Rounds rounds = rounds(new LatencyRun(bench, options.linesPerSecond(), options.warmUp(), options.time()));
            Results results = rounds.run("From a line's writing to Kafka", setup, options.rounds());
            REPORT.write(results, options.out(), "latency", screen);
            return !rounds.failed();
        }
    }

    private Rounds rounds(LatencyRun run) {
        Input oneFile = new Input(run.bench().folder(), DataSet.PLAIN, 0, 0);
        LineUp lineUp = LineUp.of(Peers.followers(), options.only(), oneFile);
        List<Rounds.Entrant> entrants = lineUp.here().stream()
                .map(contender -> new Rounds.Entrant(contender.name(), () -> run.measure(contender)))
                .toList();
        return new Rounds(entrants, lineUp.missing(), screen);
    }
}
