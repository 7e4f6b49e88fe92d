package io.tailrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for one run, deleted at its end, also if that is Ctrl-C.
 *
 * @param folder where it is
 * @param atExit deletes it when the JVM ends
 */
record Scratch(Path folder, Thread atExit) implements AutoCloseable {
    static Scratch create() throws IOException {
        Path folder = Files.createTempDirectory("tailrace-benchmark-");
        Thread atExit = new Thread(() -> delete(folder), "delete-" + folder.getFileName());
        Runtime.getRuntime().addShutdownHook(atExit);
        return new Scratch(folder, atExit);
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + folder, e);
        }
    }

    @Override
    public void close() {
        delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
    }
}
