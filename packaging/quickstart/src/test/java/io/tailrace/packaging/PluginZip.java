package io.tailrace.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** One zip that the build made, unpacked. */
record PluginZip(Path root) {

    static final String VERSION = System.getProperty("tailrace.version");

    /** The plugin.path that holds nothing but the unpacked zips. */
    static Path pluginPath() {
        return Path.of(System.getProperty("tailrace.plugins"));
    }

    static PluginZip named(String name) {
        return new PluginZip(pluginPath().resolve("tailrace-" + name + "-" + VERSION));
    }

    JsonNode manifest() throws IOException {
        return json(root.resolve("manifest.json"));
    }

    List<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A connector's JSON from the folder etc. */
    JsonNode example(String name) throws IOException {
        return json(root.resolve("etc").resolve(name));
    }

    /** Names of all class files in all jars; one that is in two jars is there twice. */
    List<String> classes() throws IOException {
        return files("lib").stream()
                .flatMap(jar -> classes(root.resolve("lib").resolve(jar)))
                .toList();
    }

    private static Stream<String> classes(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + jar, e);
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
