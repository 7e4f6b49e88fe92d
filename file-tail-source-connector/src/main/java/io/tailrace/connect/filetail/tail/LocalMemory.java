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

    /** As many changes at least are added before all is written anew. */
    private static final int MIN_ADDED = 1000;

    private final LocalPositions store;
    private final boolean ofEarlierTask;
    private final Map<String, LocalPosition> earlier = new TreeMap<>();

    /** Of the streams of this task. */
    private final PositionTable table = new PositionTable();

    /** Streams that have read something since that was written. */
    private final Set<FileStream> advanced = new HashSet<>();

    /** Whether all has to be written anew. */
    private boolean stale;

    /** How much of what is written says nothing any more. */
    private int added;

    private long writtenNanos;
    private boolean soon;
    private String trouble = "";

    LocalMemory(LocalPositions store) {
        this.store = store;
        this.ofEarlierTask = store.isThere();
        LocalPositions.Stored stored = store.load();
        earlier.putAll(stored.positions());
        stale = !stored.whole();
        added = stored.outdated();
    }

    /** Whether an earlier task has looked for the entry's files, be it that there were none. */
    boolean isOfEarlierTask() {
        return ofEarlierTask;
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

    /** A stream has taken over what was known of it, and says from now on what is to be remembered. */
    void takenOver(FileStream stream) {
        String path = stream.path().toString();
        LocalPosition known = earlier.remove(path);
        if (known != null) {
            table.restore(path, known);
            advanced.add(stream);
        }
    }

    /** A stream is no more, and was nothing yet. */
    void forget(FileStream stream) {
        advanced.remove(stream);
    }

    /** Streams that are no more need not be remembered. */
    void forgetAllBut(Map<Path, FileStream> streams) {
        advanced.retainAll(streams.values());
        Set<String> names = streams.keySet().stream().map(Path::toString).collect(Collectors.toSet());
        table.retain(names);
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
            table.update(stream.path().toString(), stream.local());
        }
        stale |= !store.isThere();
        if (stale || !table.changes().isEmpty()) {
            save();
        }
        advanced.clear();
        writtenNanos = now.nanos();
        soon = false;
    }

    /** Adds what has changed, which takes next to no time however many streams there are, until that has become too much. */
    private void save() {
        Map<String, LocalPosition> all = new TreeMap<>(earlier);
        all.putAll(table.all());
        Map<String, LocalPosition> changes = table.changes();
        try {
            if (stale || added + changes.size() > Math.max(MIN_ADDED, all.size())) {
                store.write(all);
                added = 0;
            } else {
                store.add(changes);
                added += changes.size();
            }
            table.nowWritten();
            stale = false;
            trouble = "";
        } catch (IOException e) {
            // What has been added may be there in part.
            stale = true;
            complain(e);
        }
    }

    private void complain(IOException e) {
        if (!trouble.equals(e.toString())) {
            trouble = e.toString();
            LOG.warn("Positions can't be remembered in state.dir at present: {}", trouble);
        }
    }
}
