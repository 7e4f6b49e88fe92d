package io.tailrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one server.
 *
 * @param path where it is, absolute
 * @param temporary whether it was made for the server and goes with it
 */
record Home(Path path, boolean temporary) {

    private static final int DELETE_ATTEMPTS = 5;

    /** A folder that somebody else owns; it is made if it isn't there, and never deleted. */
    static Home in(Path directory) {
        try {
            return new Home(Files.createDirectories(directory.toAbsolutePath()), false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + directory, e);
        }
    }

    /** A new folder below {@code java.io.tmpdir}. */
    static Home temporary(String name) {
        return temporary(name, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** A new folder below a given one. */
    static Home temporary(String name, Path parent) {
        try {
            return new Home(Files.createTempDirectory(parent.toAbsolutePath(), "tailrace-" + name + "-"), true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary folder for " + name, e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Makes a folder in this one. */
    Path folder(String name) {
        try {
            return Files.createDirectories(resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + resolve(name), e);
        }
    }

    /** Writes a file of this folder, over what was there. */
    Path write(String name, String text) {
        try {
            return Files.writeString(resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + resolve(name), e);
        }
    }

    /** Deletes the folder if it is temporary. */
    void discard() {
        if (!temporary) {
            return;
        }
        for (int attempt = 1; Files.exists(path); attempt++) {
            try {
                deleteTree(path);
            } catch (IOException | UncheckedIOException e) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw new IllegalStateException("Cannot delete " + path, e);
                }
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
