package io.tailrace.connect.filetail.tail.local;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The positions of an entry's streams that are worth writing. Where each file has a name of its own, with a date in it, every
 * one leaves a stream behind; of those only the newest {@value #MAX_LEFT} are remembered. For others a file that has long been
 * read and deleted may be looked for once more, and a loss be reported.
 */
public final class PositionTable {
    static final int MAX_LEFT = 1_000;

    private final Map<String, LocalPosition> positions = new TreeMap<>();

    /** What has changed since it was written. */
    private final Map<String, LocalPosition> changes = new TreeMap<>();

    /** The paths of those that say only that a stream has left its last file, the oldest first. */
    private final Set<String> left = new LinkedHashSet<>();

    /**
     * All of them.
     *
     * @return by path
     */
    public Map<String, LocalPosition> all() {
        return Collections.unmodifiableMap(positions);
    }

    /**
     * Takes a position that is written already.
     *
     * @param path the stream's
     * @param position what is written of it
     */
    public void restore(String path, LocalPosition position) {
        positions.put(path, position);
        if (position.saysOnlyThatItWasLeft()) {
            left.add(path);
        }
    }

    /**
     * Takes a stream's present position.
     *
     * @param path the stream's
     * @param position empty if there is nothing to remember
     */
    public void update(String path, Optional<LocalPosition> position) {
        left.remove(path);
        if (position.isEmpty()) {
            remove(path);
            return;
        }
        LocalPosition before = positions.get(path);
        if (before == null || !position.get().isSaidBy(before)) {
            positions.put(path, position.get());
            changes.put(path, position.get());
        }
        if (positions.get(path).saysOnlyThatItWasLeft()) {
            left.add(path);
            forgetOldest();
        }
    }

    private void remove(String path) {
        if (positions.remove(path) != null) {
            changes.put(path, null);
        }
    }

    private void forgetOldest() {
        if (left.size() > MAX_LEFT) {
            String oldest = left.iterator().next();
            left.remove(oldest);
            remove(oldest);
        }
    }

    /**
     * Forgets all but some.
     *
     * @param paths those of the streams that there are
     */
    public void retain(Set<String> paths) {
        left.retainAll(paths);
        List.copyOf(positions.keySet()).stream()
                .filter(path -> !paths.contains(path))
                .forEach(this::remove);
    }

    /**
     * What has changed since it was last written.
     *
     * @return by path; null for what is no more
     */
    public Map<String, LocalPosition> changes() {
        return Collections.unmodifiableMap(changes);
    }

    /** The changes have been written. */
    public void nowWritten() {
        changes.clear();
    }
}
