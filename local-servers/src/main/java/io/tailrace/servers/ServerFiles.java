package io.tailrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the build of this module fetched: {@code target/servers}, found beside this class's own folder or jar, or named by
 * the system property {@code tailrace.servers.dir}.
 */
final class ServerFiles {

    static final String PROPERTY = "tailrace.servers.dir";

    private ServerFiles() {}

    /** A file or folder of it. */
    static Path get(String name) {
        Path file = root().resolve(name);
        if (!Files.exists(file)) {
            throw new ServerStartException(
                    file + " is missing: build the module local-servers, or name the folder in -D" + PROPERTY);
        }
        return file;
    }

    /**
     * The zip of a product, {@code PRODUCT-VERSION.zip}.
     *
     * @param version how the version's number begins, of those in the folder {@code more}; without it the usual one
     */
    static Path zip(String product, Optional<String> version) {
        Path folder = version.isPresent() ? get("more") : get("");
        String beginning = product + "-" + version.map(number -> number + ".").orElse("");
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(beginning)
                            && entry.toString().endsWith(".zip"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new ServerStartException("No zip of " + beginning + " in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    private static Path root() {
        String named = System.getProperty(PROPERTY);
        return named == null ? besideThisClass() : Path.of(named).toAbsolutePath();
    }

    private static Path besideThisClass() {
        CodeSource source = ServerFiles.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI()).resolveSibling("servers");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Not a file: " + source.getLocation(), e);
        }
    }
}
