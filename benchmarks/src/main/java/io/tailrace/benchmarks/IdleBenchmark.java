package io.tailrace.benchmarks;

import io.tailrace.benchmarks.idle.IdleFiles;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import io.tailrace.benchmarks.report.ResultsJson;
import io.tailrace.benchmarks.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A task alone beside many idle files. */
final class IdleBenchmark {
    static final String USAGE = """
            benchmarks/run idle [options]
              --files N                    how many are idle (10000)
              --rate N                     lines per second of one that isn't (1000)
              --seconds N                  how long each state of things is measured (30)
              --out DIR                    where JSON goes (docs/benchmarks)""";

    private static final Set<String> VALUES = Set.of("--files", "--rate", "--seconds", "--out");
    private static final List<Measure> MEASURES = List.of(
            IdleFiles.CPU_PERCENT,
            IdleFiles.HELD,
            IdleFiles.HOT_P50,
            IdleFiles.HOT_P99,
            IdleFiles.IDLE_P50,
            IdleFiles.IDLE_P99);

    private final int files;
    private final int rate;
    private final int seconds;
    private final Path out;

    /** Reads the command line. */
    IdleBenchmark(List<String> words) {
        Arguments given = Arguments.parse(words, Set.of(), VALUES);
        this.files = given.number("--files", 10_000);
        this.rate = given.number("--rate", 1000);
        this.seconds = given.number("--seconds", 30);
        this.out = given.path("--out");
    }

    void run(Consumer<String> screen) throws IOException, InterruptedException {
        Map<String, String> setup = Machine.facts();
        setup.put("files", "%,d idle ones, and one with %,d lines a second".formatted(files, rate));
        try (Scratch scratch = Scratch.create()) {
            Map<String, Map<Measure, Double>> states =
                    new IdleFiles(scratch.folder(), files, rate, Duration.ofSeconds(seconds)).measure();
            Results results = new Results(
                    "A task beside idle files", setup, List.copyOf(states.keySet()), List.of(states), Map.of());
            Files.createDirectories(out);
            Files.writeString(out.resolve("idle.json"), ResultsJson.of(results));
            screen.accept(TextTable.of(results, MEASURES, List.of(), List.of()));
            screen.accept("Written to " + out.resolve("idle.json"));
        }
    }
}
