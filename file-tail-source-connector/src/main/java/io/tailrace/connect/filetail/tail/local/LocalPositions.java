package io.tailrace.connect.filetail.tail.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.state.StateDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local positions of one entry's streams, in one file: a JSON object with all of them, and others after it with those that
 * have changed since, so that a change needs little to be written.
 */
public final class LocalPositions {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPositions.class);
    private static final TypeReference<Map<String, LocalPosition>> TYPE = new TypeReference<>() {};

    /** Gives numbers the type that they had when they were written. There may be a thousand entries, and one is costly to make. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private final StateDir dir;
    private final Path file;

    /** The kind of the files. */
    public static final String KIND = "positions";

    /**
     * Removes what is remembered of some streams of a connector whose tasks are stopped, in whatever entries they are.
     *
     * @param dir the host's state
     * @param connector the connector's name
     * @param streams their names, {@code <host.id>|<entry id>|<path>}; others are passed over
     * @throws IOException if they could not be removed
     */
    public static void forget(StateDir dir, String connector, Set<String> streams) throws IOException {
        Map<String, Set<String>> paths = new TreeMap<>();
        for (String stream : streams) {
            String[] parts = stream.split("\\|", 3);
            if (parts.length == 3) {
                paths.computeIfAbsent(parts[1], any -> new TreeSet<>()).add(parts[2]);
            }
        }
        for (Map.Entry<String, Set<String>> entry : paths.entrySet()) {
            for (Path file : dir.files(KIND, connector + "|" + entry.getKey() + "|")) {
                new LocalPositions(dir, file).forget(entry.getValue());
            }
        }
    }

    private void forget(Set<String> paths) throws IOException {
        Map<String, LocalPosition> positions = new TreeMap<>(read());
        if (positions.keySet().removeAll(paths)) {
            write(positions);
        }
    }

    private LocalPositions(StateDir dir, Path file) {
        this.dir = dir;
        this.file = file;
    }

    /**
     * Makes a store.
     *
     * @param dir the host's state
     * @param name from {@link #name}
     */
    public LocalPositions(StateDir dir, String name) {
        this(dir, dir.file(KIND, name));
    }

    /**
     * What tells an entry of a connector from all others on the host.
     *
     * @param connector the connector's name
     * @param entry the entry
     * @return a name
     */
    public static String name(String connector, Entry entry) {
        return connector + "|" + entry.id() + "|" + entry.path();
    }

    /**
     * What was read of an entry's positions.
     *
     * @param positions by path
     * @param outdated how many more positions were written than those, and have been replaced since
     * @param whole whether there is a file, and all of it could be read, so that more can be added to it
     */
    public record Stored(Map<String, LocalPosition> positions, int outdated, boolean whole) {}

    /**
     * Reads what was written last.
     *
     * @return positions by path, none if nothing was written; without those from where on it is unreadable, which is logged
     */
    public Map<String, LocalPosition> read() {
        return load().positions();
    }

    /**
     * Reads what was written last, and tells whether it can be added to.
     *
     * @return what there is; without the positions from where on it is unreadable, which is logged
     */
    public Stored load() {
        Map<String, LocalPosition> positions = new TreeMap<>();
        int written = 0;
        boolean whole = isThere();
        if (whole) {
            try (MappingIterator<Map<String, LocalPosition>> parts =
                    JSON.readerFor(TYPE).readValues(file.toFile())) {
                while (parts.hasNextValue()) {
                    Map<String, LocalPosition> part = parts.nextValue();
                    written += part.size();
                    positions.putAll(part);
                }
            } catch (IOException e) {
                whole = false;
                LOG.warn("The local positions in {} can't be read to their end: {}", file, e.toString());
            }
        }
        positions.values().removeIf(Objects::isNull);
        return new Stored(positions, written - positions.size(), whole);
    }

    /**
     * Whether there is something to read.
     *
     * @return whether it has been written, and not been removed since
     */
    public boolean isThere() {
        return Files.exists(file);
    }

    /**
     * Adds to what has been written, if all of that is known to be there.
     *
     * @param changed positions by path; null for what is no more
     * @throws IOException if they could not be written, or not all of them: then all have to be written
     */
    public void add(Map<String, LocalPosition> changed) throws IOException {
        dir.append(file, JSON.writeValueAsString(changed) + "\n");
    }

    /**
     * Replaces them.
     *
     * @param positions by path
     * @throws IOException if they could not be written; the old ones are still there
     */
    public void write(Map<String, LocalPosition> positions) throws IOException {
        dir.write(file, JSON.writeValueAsString(positions) + "\n");
    }
}
