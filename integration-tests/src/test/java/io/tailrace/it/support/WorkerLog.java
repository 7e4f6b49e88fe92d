package io.tailrace.it.support;

import io.tailrace.servers.LocalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;

/** What a server has logged since this object was made. */
public final class WorkerLog {

    private final Path file;
    private final int from;

    /**
     * Begins here.
     *
     * @param server whose log it is
     */
    public WorkerLog(LocalServer server) {
        this.file = server.log();
        this.from = bytes(file).length;
    }

    /**
     * All lines so far.
     *
     * @return in the order in which they were written
     */
    public List<String> lines() {
        byte[] all = bytes(file);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /**
     * Waits for a line.
     *
     * @param timeout how long
     * @param parts all of which stand in it
     * @return the line
     */
    public String await(Duration timeout, String... parts) {
        return Awaitility.await("a line with " + Arrays.toString(parts))
                .atMost(timeout)
                .until(() -> find(parts), line -> !line.isEmpty());
    }

    /**
     * Looks for a line.
     *
     * @param parts all of which stand in it
     * @return the first such line, empty if there is none so far
     */
    public String find(String... parts) {
        return lines().stream()
                .filter(line -> Arrays.stream(parts).allMatch(line::contains))
                .findFirst()
                .orElse("");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
