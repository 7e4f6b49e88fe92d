package io.tailrace.connect.filetail.tail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a log in it, and what loggers and rotation do to it. */
abstract class TailerFixture {
    @TempDir
    Path dir;

    Path log;

    @BeforeEach
    final void nameTheLog() {
        log = dir.resolve("app.log");
    }

    static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String numbered(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to).forEach(i -> text.append("line ").append(i).append('\n'));
        return text.toString();
    }

    static List<String> numberedLines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    /** As logrotate does with its default scheme: app.log.1 becomes app.log.2, and app.log app.log.1. */
    final void rotate() throws IOException {
        int oldest = 0;
        while (Files.exists(dir.resolve("app.log." + (oldest + 1)))) {
            oldest++;
        }
        for (int i = oldest; i > 0; i--) {
            Files.move(dir.resolve("app.log." + i), dir.resolve("app.log." + (i + 1)));
        }
        Files.move(log, dir.resolve("app.log.1"));
    }

    final void rotateUnchecked() {
        try {
            rotate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all files. */
    final void clean() throws IOException {
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
