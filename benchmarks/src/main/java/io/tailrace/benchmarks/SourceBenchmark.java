package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.peers.Bench;
import io.tailrace.benchmarks.peers.Peers;
import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import io.tailrace.servers.Kafka;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** From files to Kafka: all contenders in turn, round after round, each in a process of its own beside one broker. */
final class SourceBenchmark {
    private static final Report REPORT = new Report(
            List.of(Measure.RATE, Measure.CPU, Measure.ALLOCATION, Measure.PEAK_RSS),
            List.of(Measure.RATE, Measure.CPU),
            List.of(Peers.TAILRACE, Peers.TAILRACE + " bare"));

    private final Options options;
    private final Consumer<String> screen;

    SourceBenchmark(Options options, Consumer<String> screen) {
        this.options = options;
        this.screen = screen;
    }

    /** Returns whether none has failed. */
    boolean run() throws IOException {
        Map<String, String> setup = Machine.facts();
        Files.createDirectories(options.out());
        try (Scratch scratch = Scratch.create();
                Kafka kafka = Kafka.builder()
                        .jvmOptions("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
                        .build()) {
            kafka.start();
            Bench bench = bench(scratch, kafka);
            screen.accept("Writing the log files");
            Input warmUp = Input.write(scratch.resolve("warm-up"), options.data(), options.warmUpLines());
            Input input = Input.write(scratch.resolve("logs"), options.data(), options.lines());
            setup.put(
                    "data",
                    "%,d lines (%s), %.0f bytes each with their line ends"
                            .formatted(input.lines(), options.data().id(), (double) input.bytes() / input.lines()));
            setup.put("workers", options.exactlyOnce() ? "exactly once, as shipped" : "at least once");
            Rounds rounds = rounds(new Throughput(bench, warmUp, input), input);
            Results results = rounds.run("From files to Kafka", setup, options.rounds());
            String name = "source-" + options.data().id() + (options.exactlyOnce() ? "" : "-at-least-once");
            REPORT.write(results, options.out(), name, screen);
            return !rounds.failed();
        }
    }

    private Bench bench(Scratch scratch, Kafka kafka) {
        return new Bench(
                kafka.bootstrapServers(),
                scratch.folder(),
                new ShippedConfigs(options.configs()),
                options.plugins(),
                options.exactlyOnce(),
                options.profile() ? Optional.of(options.out()) : Optional.empty());
    }

    private Rounds rounds(Throughput throughput, Input input) {
        LineUp lineUp = LineUp.of(Peers.sources(), options.only(), input);
        List<Rounds.Entrant> entrants = lineUp.here().stream()
                .map(contender -> new Rounds.Entrant(contender.name(), () -> throughput.measure(contender)))
                .toList();
        return new Rounds(entrants, lineUp.missing(), screen);
    }
}
