package io.tailrace.connect.etcd.watch;

import io.tailrace.connect.etcd.client.Reading;
import io.tailrace.connect.etcd.client.Stored;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the keys that are followed. Immutable: what arrives makes a new state.
 *
 * <p>Two sources meet here, and may overtake each other. A reading is the truth at its revision, and always counts. An
 * event counts only if it is younger than what is known of its key, so that replayed and late ones do no harm.
 *
 * <p>A reading from before the newest known revision means that etcd's history began anew, as after its data was lost or a
 * backup restored. Revisions of the old history say nothing about the new one, so all but that reading is forgotten.
 */
final class WatchState {
    /** A state that knows nothing. */
    static final WatchState EMPTY = new WatchState(0, Map.of());

    private final long revision;
    private final Map<String, Reading> known;

    private WatchState(long revision, Map<String, Reading> known) {
        this.revision = revision;
        this.known = known;
    }

    /**
     * What became of a reading.
     *
     * @param next the state from now on
     * @param changed those of the keys that were known, but otherwise
     * @param wentBack whether etcd's history began anew; the keys that weren't read are unknown now
     */
    record Step(WatchState next, Set<String> changed, boolean wentBack) {}

    /** Takes in keys that were read together. */
    Step read(Map<String, Reading> readings) {
        boolean wentBack = readings.values().stream().anyMatch(reading -> reading.revision() < revision);
        Map<String, Reading> next = new HashMap<>(wentBack ? Map.of() : known);
        Set<String> changed = new HashSet<>();
        long newest = wentBack ? 0 : revision;
        for (Map.Entry<String, Reading> read : readings.entrySet()) {
            next.put(read.getKey(), read.getValue());
            newest = Math.max(newest, read.getValue().revision());
            Reading before = known.get(read.getKey());
            if (before != null && !before.stored().equals(read.getValue().stored())) {
                changed.add(read.getKey());
            }
        }
        return new Step(new WatchState(newest, next), changed, wentBack);
    }

    /**
     * Takes in an event.
     *
     * @param path the key
     * @param event the key after the event, whose revision is the event's own
     * @return the new state, or empty if the event tells nothing new
     */
    Optional<WatchState> event(String path, Reading event) {
        Reading before = known.get(path);
        if (before == null || event.revision() <= before.revision()) {
            return Optional.empty();
        }
        Map<String, Reading> next = new HashMap<>(known);
        next.put(path, event);
        return Optional.of(new WatchState(Math.max(revision, event.revision()), next));
    }

    /** Forgets all keys but these. */
    WatchState retain(Set<String> paths) {
        Map<String, Reading> next = new HashMap<>(known);
        next.keySet().retainAll(paths);
        return new WatchState(revision, next);
    }

    /** What is at a key as far as is known; empty if the key is unknown or doesn't exist. */
    Optional<Stored> stored(String path) {
        return Optional.ofNullable(known.get(path)).flatMap(Reading::stored);
    }

    /** The newest revision seen. */
    long revision() {
        return revision;
    }
}
