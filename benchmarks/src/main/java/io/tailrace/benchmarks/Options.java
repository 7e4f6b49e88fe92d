package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.DataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the command line says of a run of whole pipelines.
 *
 * @param data what is read
 * @param lines how many, of the usual length
 * @param warmUpLines how many a worker reads before
 * @param rounds how often each is measured
 * @param only names of the contenders; empty for all
 * @param exactlyOnce whether workers are as they are shipped
 * @param profile whether to leave flight recordings
 * @param out where results go
 * @param plugins a plugin.path with our zip
 * @param configs the folder connect-configs
 */
record Options(
        DataSet data,
        int lines,
        int warmUpLines,
        int rounds,
        Set<String> only,
        boolean exactlyOnce,
        boolean profile,
        Path out,
        Path plugins,
        Path configs) {
    static final String USAGE = """
            benchmarks/run source [options]
              --data plain|json|long|many  what is read (plain)
              --lines N                    how many lines of about 180 bytes (3000000)
              --warmup N                   how many a worker reads before it is measured (3000000)
              --rounds N                   how often each is measured, in turn (5)
              --only A,B                   the names of contenders, as in the table (all)
              --at-least-once              workers without exactly.once.source.support
              --profile                    leave a flight recording of each JVM, and what it says, in --out
              --out DIR                    where JSON and chart go (docs/benchmarks)""";

    private static final Set<String> FLAGS = Set.of("--at-least-once", "--profile");
    private static final Set<String> VALUES =
            Set.of("--data", "--lines", "--warmup", "--rounds", "--only", "--out", "--plugins", "--configs");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static Options parse(List<String> arguments) {
        Arguments given = Arguments.parse(arguments, FLAGS, VALUES);
        return new Options(
                DataSet.named(given.text("--data", "plain")),
                given.number("--lines", 3_000_000),
                given.number("--warmup", 3_000_000),
                given.number("--rounds", 5),
                given.names("--only"),
                !given.has("--at-least-once"),
                given.has("--profile"),
                given.path("--out"),
                given.path("--plugins"),
                given.path("--configs"));
    }
}
