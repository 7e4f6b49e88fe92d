package io.tailrace.benchmarks;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the command line says of a run from files to the search server.
 *
 * @param steady how lines are written, and all that latency knows, too
 * @param sinkPlugins a plugin.path with the sink's zip
 */
record EndToEndOptions(LatencyOptions steady, Path sinkPlugins) {
    static final String USAGE = """
            benchmarks/run end-to-end [options]
              --rate N                     lines per second (2000)
              and all others of latency""";

    private static final String SINK_PLUGINS = "--sink-plugins";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static EndToEndOptions parse(List<String> arguments) {
        Set<String> values = new HashSet<>(LatencyOptions.VALUES);
        values.add(SINK_PLUGINS);
        Arguments given = Arguments.parse(arguments, Set.of(), values);
        return new EndToEndOptions(LatencyOptions.of(given, 2_000), given.path(SINK_PLUGINS));
    }
}
