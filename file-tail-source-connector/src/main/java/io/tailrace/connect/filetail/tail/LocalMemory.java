package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.local.LocalPosition;
import io.tailrace.connect.filetail.tail.local.LocalPositions;
import io.tailrace.connect.filetail.tail.local.PositionTable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what Connect can't, for the streams of one entry: where one began of which nothing has been saved yet, at
 * once; and how far one has got in lines that gave no record, from time to time and at the end.
 */
final class LocalMemory {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMemory.class);

    /** Lines without records are dealt with again after a crash, which costs time but repeats and loses nothing. */
    private static final long WRITE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LocalPositions store;
    private final Map<String, LocalPosition> earlier = new TreeMap<>();

    /** Of the streams of this task, as written. */
    private final PositionTable written = new PositionTable();

    /** Streams that have read something since that was written. */
    private final Set<FileStream> advanced = new HashSet<>();

    private boolean stale;
    private long writtenNanos;
    private boolean soon;
    private String trouble = "";

    LocalMemory(LocalPositions store) {
        this.store = store;
        earlier.putAll(store.read());
    }

    /** The streams of earlier tasks that haven't been taken up yet. */
    Set<Path> paths() {
        Set<Path> paths = new TreeSet<>();
        for (String path : earlier.keySet()) {
            try {
                paths.add(Path.of(path));
            } catch (InvalidPathException e) {
                LOG.warn("The locale can't express {}, of which a position is remembered", path);
            }
        }
        return paths;
    }

    /** Where a stream goes on, given what Connect has saved. */
    Optional<Map<String, Object>> goOn(Path path, Optional<Map<String, Object>> saved) {
        LocalPosition local = earlier.get(path.toString());
        return local == null ? saved : local.goOn(saved);
    }

    /** Where a stream began, if Connect didn't know it then; null otherwise. */
    Map<String, Object> begun(Path path) {
        LocalPosition local = earlier.get(path.toString());
        return local == null ? null : local.begun();
    }

    /** A stream has taken over what was known of it. */
    void takenOver(Path path) {
        stale |= earlier.remove(path.toString()) != null;
    }

    /** A stream is no more, and was nothing yet. */
    void forget(FileStream stream) {
        advanced.remove(stream);
    }

    /** Streams that are no more need not be remembered. */
    void forgetAllBut(Map<Path, FileStream> streams) {
        advanced.retainAll(streams.values());
        Set<String> names = streams.keySet().stream().map(Path::toString).collect(Collectors.toSet());
        stale |= written.retain(names);
    }

    void writeSoon() {
        soon = true;
    }

    /** A stream has read something. */
    void nowAdvanced(FileStream stream) {
        advanced.add(stream);
    }

    /** Writes if there is something new, and it is time. */
    void write(Now now) {
        if (!soon && now.nanos() - writtenNanos < WRITE_NANOS) {
            return;
        }
        for (FileStream stream : advanced) {
            stale |= written.update(stream.path().toString(), stream.local());
        }
        stale |= !written.all().isEmpty() && !store.isThere();
        if (stale) {
            Map<String, LocalPosition> positions = new TreeMap<>(earlier);
            positions.putAll(written.all());
            stale = !write(positions);
        }
        advanced.clear();
        writtenNanos = now.nanos();
        soon = false;
    }

    private boolean write(Map<String, LocalPosition> positions) {
        try {
            store.write(positions);
            trouble = "";
            return true;
        } catch (IOException e) {
            if (!trouble.equals(e.toString())) {
                trouble = e.toString();
                LOG.warn("Positions can't be remembered in state.dir at present: {}", trouble);
            }
            return false;
        }
    }
}
