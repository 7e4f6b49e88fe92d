package io.tailrace.benchmarks.peers;

import io.tailrace.benchmarks.data.Input;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One reading of some files into a topic.
 *
 * @param name of the connector, used once
 * @param topic where the lines go
 * @param input the files
 * @param state an empty folder, or one to be made
 */
public record Pass(String name, String topic, Input input, Path state) {
    /**
     * A pass that there was never before.
     *
     * @param contender who reads
     * @param bench where
     * @param input what
     * @return a pass with names and a folder of its own
     */
    public static Pass of(Contender contender, Bench bench, Input input) {
        String name = unique(contender.name());
        return new Pass(name, name + "_log", input, bench.folder().resolve(name));
    }

    /** A name for topics, groups and the like that nobody else has. */
    static String unique(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
                + "-"
                + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    }
}
