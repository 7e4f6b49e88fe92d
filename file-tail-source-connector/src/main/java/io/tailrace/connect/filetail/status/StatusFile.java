package io.tailrace.connect.filetail.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.connect.filetail.state.StateDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The file through which a task tells its connector how it is. The two are on one host, since the connector says which files
 * of the host its tasks read. It is not forced to the disk: who reads it after a crash finds it too old.
 */
public final class StatusFile {
    /** Most bytes of a status. */
    public static final int MAX_BYTES = 64 * 1024;

    /** A task writes every {@link TaskStatus#INTERVAL_MILLIS}; one that has not for so long is not running. */
    static final long MAX_AGE_MILLIS = 30_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StateDir dir;
    private final Path file;
    private volatile Seen seen = new Seen("", Optional.empty());

    /** What was told when the file had that stamp. */
    private record Seen(String stamp, Optional<JsonNode> status) {}

    /**
     * Touches nothing yet.
     *
     * @param dir the host's state
     * @param connector the connector's name
     * @param group the number of the task's group of entries
     */
    public StatusFile(StateDir dir, String connector, int group) {
        this.dir = dir;
        this.file = dir.file("status", connector + "|" + group);
    }

    /**
     * Replaces what is told.
     *
     * @param text a JSON object of at most {@link #MAX_BYTES}
     * @throws IOException if it could not be written
     */
    public void write(String text) throws IOException {
        dir.exchange(file, text);
    }

    /**
     * Has nothing to tell any more.
     *
     * @throws IOException if the file is there and could not be removed
     */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** What is told, if it is recent. It is asked for every second, and parsed only if it has been told anew. */
    Optional<JsonNode> read(long nowMillis) {
        try {
            BasicFileAttributes there = Files.readAttributes(file, BasicFileAttributes.class);
            long age = nowMillis - there.lastModifiedTime().toMillis();
            if (age > MAX_AGE_MILLIS || there.size() > MAX_BYTES) {
                return Optional.empty();
            }
            String stamp = there.fileKey() + " " + there.lastModifiedTime() + " " + there.size();
            Seen before = seen;
            if (before.stamp().equals(stamp)) {
                return before.status();
            }
            Optional<JsonNode> status =
                    Optional.of(JSON.readTree(Files.readAllBytes(file))).filter(JsonNode::isObject);
            seen = new Seen(stamp, status);
            return status;
        } catch (IOException e) {
            // Not there, or just being replaced.
            return Optional.empty();
        }
    }
}
