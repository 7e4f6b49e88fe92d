package io.tailrace.quickstart;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** A worker's properties from connect-configs, less what depends on where the worker runs. */
final class WorkerFile {

    private static final Set<String> PLACES =
            Set.of("bootstrap.servers", "listeners", "rest.advertised.host.name", "plugin.path");

    private WorkerFile() {}

    /** Reads a file, with a name in place of HOSTNAME. */
    static Map<String, String> read(Path file, String hostName) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e, e);
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> !PLACES.contains(name))
                .collect(Collectors.toMap(
                        name -> name, name -> properties.getProperty(name).replace("HOSTNAME", hostName)));
    }
}
