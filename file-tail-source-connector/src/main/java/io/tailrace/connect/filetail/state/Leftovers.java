package io.tailrace.connect.filetail.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Removes the files of one kind that nobody has any use for: those that no running connector has marked as its own for a
 * long time, and, where there are very many, those that were marked the longest time ago. Several connectors may share the
 * folder; each marks its own.
 */
public final class Leftovers {
    /** What was not marked for so long is removed. */
    public static final Duration MAX_AGE = Duration.ofDays(30);
    /** Most files that are kept beyond those marked now. */
    public static final int MAX_FILES = 10_000;

    private static final Duration FRESH = Duration.ofHours(6);

    private final StateDir dir;
    private final String kind;

    /**
     * Touches nothing yet.
     *
     * @param dir the host's state
     * @param kind the kind of files, as given to {@link StateDir#file}
     */
    public Leftovers(StateDir dir, String kind) {
        this.dir = dir;
        this.kind = kind;
    }

    /**
     * Marks files as still of use.
     *
     * @param files from {@link StateDir#file}; they need not exist
     * @param nowMillis the time since 1970
     * @throws IOException if one could not be marked
     */
    public void mark(List<Path> files, long nowMillis) throws IOException {
        for (Path file : files) {
            // Most entries never need one.
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(nowMillis));
            }
        }
    }

    /**
     * Removes.
     *
     * @param nowMillis the time since 1970
     * @return how many files were removed
     * @throws IOException if the folder could not be read, or a file not removed
     */
    public int sweep(long nowMillis) throws IOException {
        List<Marked> oldestFirst = new ArrayList<>();
        for (Path file : dir.files(kind)) {
            oldestFirst.add(new Marked(file, Files.getLastModifiedTime(file).toMillis()));
        }
        oldestFirst.sort(Comparator.comparingLong(Marked::millis));
        int removed = 0;
        for (Marked marked : oldestFirst) {
            long age = nowMillis - marked.millis();
            boolean tooMany = oldestFirst.size() - removed > MAX_FILES && age > FRESH.toMillis();
            if (age > MAX_AGE.toMillis() || tooMany) {
                Files.deleteIfExists(marked.file());
                removed++;
            }
        }
        return removed;
    }

    private record Marked(Path file, long millis) {}
}
