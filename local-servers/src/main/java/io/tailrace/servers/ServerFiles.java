package io.tailrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Comparator;
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

    /** The version of the product that is there as {@code PRODUCT-VERSION.zip}. */
    static String version(String product) {
        try (Stream<Path> entries = Files.list(get(""))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(product + "-") && name.endsWith(".zip"))
                    .map(name -> name.substring(product.length() + 1, name.length() - ".zip".length()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new ServerStartException("No zip of " + product + " in " + root()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + root(), e);
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
