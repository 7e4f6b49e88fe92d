package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.DataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line says of a run that measures the sink.
 *
 * @param data what is in the topic
 * @param documents how many, of the usual length
 * @param warmUpDocuments how many a worker reads before
 * @param rounds how often each is measured
 * @param profile whether to leave flight recordings
 * @param only names of those that are wanted; empty for all
 * @param out where results go
 * @param plugins a plugin.path with the sink's zip
 * @param confluent a folder with the Confluent sink, if there is one
 * @param configs the folder connect-configs
 */
record SinkOptions(
        DataSet data,
        int documents,
        int warmUpDocuments,
        int rounds,
        boolean profile,
        Set<String> only,
        Path out,
        Path plugins,
        Optional<Path> confluent,
        Path configs) {
    static final String USAGE = """
            benchmarks/run sink [options]
              --data plain|json|long       what is in the topic: lines to be wrapped, or documents (plain)
              --docs N                     how many of about 180 bytes (1000000)
              --warmup N                   how many a worker sends before it is measured (1000000)
              --rounds N                   how often each is measured, in turn (5)
              --only A,B                   names as in the table (all)
              --profile                    leave a flight recording of each worker, and what it says, in --out
              --confluent DIR              a folder with the jars of Confluent's sink, to measure that too
              --out DIR                    where JSON and chart go (docs/benchmarks)""";

    private static final Set<String> VALUES = Set.of(
            "--data",
            "--docs",
            "--warmup",
            "--rounds",
            "--only",
            "--out",
            "--sink-plugins",
            "--configs",
            "--confluent");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static SinkOptions parse(List<String> arguments) {
        Arguments given = Arguments.parse(arguments, Set.of("--profile"), VALUES);
        return new SinkOptions(
                DataSet.named(given.text("--data", "plain")),
                given.number("--docs", 1_000_000),
                given.number("--warmup", 1_000_000),
                given.number("--rounds", 5),
                given.has("--profile"),
                given.names("--only"),
                given.path("--out"),
                given.path("--sink-plugins"),
                given.optionalPath("--confluent"),
                given.path("--configs"));
    }
}
