package io.tailrace.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plugins as they are shipped: the zips, unpacked by the build side by side into one folder. */
public final class Plugins {

    private static final String PROPERTY = "tailrace.plugins";
    private static final Pattern NAMES_AND_ADDRESSES =
            Pattern.compile("bootstrap\\.servers|plugin\\.path|group\\.id|listeners|rest\\..*|[a-z]+\\.storage\\..*");

    private Plugins() {}

    /**
     * What a worker's {@code plugin.path} names.
     *
     * @return a folder that holds one folder for each zip
     * @throws IllegalStateException if the build hasn't unpacked them
     */
    public static Path folder() {
        Path folder = Path.of(System.getProperty(PROPERTY, "target/plugins")).toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(folder + " is missing: run ./mvnw -pl integration-tests -am verify, or name"
                    + " the folder of unpacked zips in -D" + PROPERTY);
        }
        return folder;
    }

    /**
     * The configuration of a connector as it is shipped in a zip's {@code etc}.
     *
     * @param file such as {@code source-from-etcd.json}
     * @return keys and values, to be fitted to the test
     */
    public static Map<String, String> connectorConfig(String file) {
        try {
            JsonNode config = new ObjectMapper().readTree(etc(file).toFile()).path("config");
            Map<String, String> values = new HashMap<>();
            config.properties()
                    .forEach(property ->
                            values.put(property.getKey(), property.getValue().asText()));
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the shipped properties of a worker say of how it works, without the names and addresses in them, which are for
     * everyone to fill in.
     *
     * @param file such as {@code worker-agent.properties}
     * @return keys and values
     */
    public static Map<String, String> workerProperties(String file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(etc(file))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new HashMap<>();
        properties.forEach((key, value) -> values.put((String) key, (String) value));
        values.keySet().removeIf(key -> NAMES_AND_ADDRESSES.matcher(key).matches());
        return values;
    }

    private static Path etc(String file) throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(path -> path.endsWith(Path.of("etc", file)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No zip has " + file + " in its etc"));
        }
    }
}
