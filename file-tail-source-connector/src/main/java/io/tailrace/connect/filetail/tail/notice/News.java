package io.tailrace.connect.filetail.tail.notice;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What has happened in the watched directories since it was last asked.
 *
 * @param written files that were written to, under the names by which they are collected
 * @param moved files and directories that appeared or vanished
 * @param missed directories in which more happened than could be told
 */
public record News(Set<Path> written, Set<Path> moved, Set<Path> missed) {
    /** Most paths; what happens beyond is told by directory. */
    private static final int MAX_PATHS = 20_000;

    static News none() {
        return new News(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    boolean isFull() {
        return written.size() + moved.size() >= MAX_PATHS;
    }
}
