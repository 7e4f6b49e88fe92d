package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.state.Leftovers;
import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.tail.local.LocalPositions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the local positions of entries that are long gone don't fill {@code state.dir}. */
final class PositionFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PositionFiles.class);

    private final StateDir dir;
    private final String connector;
    private final Supplier<List<Entry>> entries;
    private final Leftovers leftovers;

    PositionFiles(StateDir dir, String connector, Supplier<List<Entry>> entries) {
        this.dir = dir;
        this.connector = connector;
        this.entries = entries;
        this.leftovers = new Leftovers(dir, LocalPositions.KIND);
    }

    /** Marks those of the entries in force. At the start, so that no other connector takes them for left over. */
    void mark(long nowMillis) throws IOException {
        List<Path> mine = entries.get().stream()
                .map(entry -> dir.file(LocalPositions.KIND, LocalPositions.name(connector, entry)))
                .toList();
        leftovers.mark(mine, nowMillis);
    }

    /** Removes what is left over. Other connectors of the host have had the time to mark theirs. */
    void tidy(long nowMillis) {
        try {
            mark(nowMillis);
            int removed = leftovers.sweep(nowMillis);
            if (removed > 0) {
                LOG.info("{} files with positions of entries that are gone for long have been removed", removed);
            }
        } catch (IOException e) {
            LOG.warn("Files with positions of entries that are gone can't be removed: {}", e.toString());
        }
    }
}
