package io.tailrace.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the command line says of a run that measures how soon lines come.
 *
 * @param linesPerSecond how many are written
 * @param warmUp how long before they count
 * @param time how long they count
 * @param rounds how often each is measured
 * @param only names of the contenders; empty for all
 * @param out where results go
 * @param plugins a plugin.path with the source's zip
 * @param configs the folder connect-configs
 */
record LatencyOptions(
        int linesPerSecond,
        Duration warmUp,
        Duration time,
        int rounds,
        Set<String> only,
        Path out,
        Path plugins,
        Path configs) {
    static final String USAGE = """
            benchmarks/run latency [options]
              --rate N                     lines per second (10000)
              --warmup N                   seconds before they count (15)
              --seconds N                  for how many they do (30)
              --rounds N                   how often each is measured, in turn (5)
              --only A,B                   the names of contenders, as in the table (all)
              --out DIR                    where JSON and chart go (docs/benchmarks)""";

    /** Names of all its options, with those that come from benchmarks/run. */
    static final Set<String> VALUES =
            Set.of("--rate", "--warmup", "--seconds", "--rounds", "--only", "--out", "--plugins", "--configs");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static LatencyOptions parse(List<String> arguments) {
        return of(Arguments.parse(arguments, Set.of(), VALUES), 10_000);
    }

    /** Takes what was given; so many lines per second if that wasn't. */
    static LatencyOptions of(Arguments given, int linesPerSecond) {
        return new LatencyOptions(
                given.number("--rate", linesPerSecond),
                Duration.ofSeconds(given.number("--warmup", 15)),
                Duration.ofSeconds(given.number("--seconds", 30)),
                given.number("--rounds", 5),
                given.names("--only"),
                given.path("--out"),
                given.path("--plugins"),
                given.path("--configs"));
    }
}
