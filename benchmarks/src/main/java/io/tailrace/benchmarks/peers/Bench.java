package io.tailrace.benchmarks.peers;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where contenders are measured.
 *
 * @param bootstrapServers the Kafka that all write to
 * @param folder for what they need; goes with the run
 * @param shipped the settings that users get
 * @param plugins a plugin.path with our zip
 * @param exactlyOnce whether workers send each poll as a transaction, as the shipped worker does
 * @param profiles where to leave a flight recording of each JVM, if wanted
 */
public record Bench(
        String bootstrapServers,
        Path folder,
        ShippedConfigs shipped,
        Path plugins,
        boolean exactlyOnce,
        Optional<Path> profiles) {
    /**
     * The same, but with workers that send lines at least once.
     *
     * @return a copy
     */
    Bench atLeastOnce() {
        return new Bench(bootstrapServers, folder, shipped, plugins, false, profiles);
    }
}
