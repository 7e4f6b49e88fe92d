package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.peers.Bench;
import io.tailrace.benchmarks.peers.Contender;
import io.tailrace.benchmarks.peers.Peers;
import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.benchmarks.report.BarChart;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import io.tailrace.benchmarks.report.ResultsJson;
import io.tailrace.benchmarks.report.TextTable;
import io.tailrace.servers.Kafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** From files to Kafka: all contenders in turn, round after round, each in a process of its own beside one broker. */
final class SourceBenchmark {
    private static final List<Measure> MEASURES =
            List.of(Measure.RATE, Measure.CPU, Measure.ALLOCATION, Measure.PEAK_RSS);
    private static final List<String> OURS = List.of(Peers.TAILRACE, Peers.TAILRACE + " bare");

    private final Options options;
    private final Consumer<String> screen;
    private final Map<String, String> missing = new LinkedHashMap<>();
    private boolean failed;

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
            report(measure(bench, warmUp, input, setup));
            return !failed;
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

    private Results measure(Bench bench, Input warmUp, Input input, Map<String, String> setup) {
        List<Contender> contenders = contenders(input);
        List<Map<String, Map<Measure, Double>>> rounds = new ArrayList<>();
        Throughput throughput = new Throughput(bench, warmUp, input);
        for (int round = 1; round <= options.rounds(); round++) {
            screen.accept("Round " + round);
            rounds.add(round(contenders, throughput));
        }
        return new Results(
                "From files to Kafka",
                setup,
                contenders.stream().map(Contender::name).toList(),
                rounds,
                missing);
    }

    /** One that fails is left out from then on, and the results say so. */
    private Map<String, Map<Measure, Double>> round(List<Contender> contenders, Throughput throughput) {
        Map<String, Map<Measure, Double>> values = new LinkedHashMap<>();
        for (Contender contender : List.copyOf(contenders)) {
            try {
                Map<Measure, Double> measured = throughput.measure(contender);
                values.put(contender.name(), measured);
                screen.accept("  " + contender.name() + ": " + show(measured));
            } catch (RuntimeException e) {
                screen.accept("  " + contender.name() + " failed: " + e.getMessage());
                missing.put(contender.name(), "failed: " + e.getMessage());
                contenders.remove(contender);
                failed = true;
            }
        }
        return values;
    }

    private static String show(Map<Measure, Double> measured) {
        return measured.entrySet().stream()
                .map(each -> each.getKey().show(each.getValue()) + " "
                        + each.getKey().title())
                .collect(Collectors.joining(", "));
    }

    private List<Contender> contenders(Input input) {
        List<Contender> all = Peers.sources();
        options.only().stream()
                .filter(name -> all.stream().noneMatch(each -> each.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("--only " + name + " is none of "
                            + all.stream().map(Contender::name).toList());
                });
        List<Contender> here = new ArrayList<>();
        for (Contender contender : all) {
            if (options.only().isEmpty() || options.only().contains(contender.name())) {
                contender
                        .missing(input)
                        .ifPresentOrElse(why -> missing.put(contender.name(), why), () -> here.add(contender));
            }
        }
        return here;
    }

    private void report(Results results) throws IOException {
        String name = "source-" + options.data().id() + (options.exactlyOnce() ? "" : "-at-least-once");
        Path json = options.out().resolve(name + ".json");
        Files.writeString(json, ResultsJson.of(results));
        Files.writeString(options.out().resolve(name + ".svg"), BarChart.of(results, MEASURES, OURS));
        screen.accept("");
        screen.accept(TextTable.of(results, MEASURES, OURS));
        screen.accept("Written to " + json + " and the .svg beside it");
    }
}
