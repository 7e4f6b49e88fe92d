package io.tailrace.benchmarks.ceiling;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes a plugin folder of the connector that makes its records up, out of the classes that run here. */
public final class PluginJar {
    private static final List<String> CLASSES = List.of(
            "ceiling/MadeUpSourceConnector",
            "ceiling/MadeUpSourceTask",
            "data/AccessLog",
            "data/AccessLog$Form",
            "data/DataSet");

    private static final String ROOT = "io/tailrace/benchmarks/";
    private static final String SERVICE = "META-INF/services/org.apache.kafka.connect.source.SourceConnector";

    private PluginJar() {}

    /**
     * Writes it.
     *
     * @param pluginPath a plugin folder is made in it
     * @return the jar
     */
    public static Path write(Path pluginPath) {
        Path jar = pluginPath.resolve("made-up-source/made-up-source.jar");
        try {
            Files.createDirectories(jar.getParent());
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
                put(zip, SERVICE, MadeUpSourceConnector.class.getName().getBytes(StandardCharsets.UTF_8));
                for (String name : CLASSES) {
                    put(zip, ROOT + name + ".class", classFile(ROOT + name + ".class"));
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + jar, e);
        }
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream in = PluginJar.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
