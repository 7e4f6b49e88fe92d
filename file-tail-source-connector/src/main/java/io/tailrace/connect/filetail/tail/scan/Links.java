package io.tailrace.connect.filetail.tail.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Follows symbolic links, whether or not something is where they lead to. */
public final class Links {
    /** As many as Linux follows. */
    private static final int MAX = 40;

    private Links() {}

    /**
     * Where a path leads to if its last part is a link.
     *
     * @param path of a file
     * @return where a file is or would be, in a folder that is there; empty if the path is no link or leads nowhere
     */
    public static Optional<Path> target(Path path) {
        if (!Files.isSymbolicLink(path)) {
            return Optional.empty();
        }
        try {
            Path at = path;
            for (int link = 0; link < MAX && Files.isSymbolicLink(at); link++) {
                at = at.resolveSibling(Files.readSymbolicLink(at));
            }
            return Optional.of(at.getParent().toRealPath().resolve(at.getFileName()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
