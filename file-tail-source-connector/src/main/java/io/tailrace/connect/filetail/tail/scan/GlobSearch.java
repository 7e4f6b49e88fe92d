package io.tailrace.connect.filetail.tail.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One search for the files of a glob. Folders that links lead to are looked into if they lie where files may be read, by
 * {@code **} each of them once.
 */
final class GlobSearch {
    private final Glob glob;
    private final Directories directories;
    private final NavigableMap<Path, FileStat> found = new TreeMap<>();

    /** Folders that have been looked into, without links: these may lead in circles. */
    private final Set<Path> entered = new HashSet<>();

    private long names;

    GlobSearch(Glob glob, Directories directories) {
        this.glob = glob;
        this.directories = directories;
    }

    NavigableMap<Path, FileStat> find() {
        Path root = glob.root();
        if (glob.steps().isEmpty()) {
            Optional.ofNullable(root.getParent()).ifPresent(directories::stamp);
            add(root);
        } else if (!leadsOutside(root)) {
            look(root);
        }
        return found;
    }

    private void look(Path folder) {
        if (glob.isDeep()) {
            walk(folder);
        } else {
            descend(folder, 0);
        }
    }

    private void descend(Path folder, int step) {
        boolean last = step == glob.steps().size() - 1;
        for (Path child : list(folder)) {
            if (!glob.steps().get(step).matches(child.getFileName().toString())) {
                continue;
            }
            if (last) {
                add(child);
            } else if (!Files.isSymbolicLink(child) || !leadsOutside(child)) {
                descend(child, step + 1);
            }
        }
    }

    private void walk(Path folder) {
        for (Path child : list(folder)) {
            if (directories.stat(child).isPresent()) {
                if (glob.isMatched(child)) {
                    add(child);
                }
            } else if (Files.isDirectory(child) && isNew(child)) {
                walk(child);
            }
        }
    }

    private Collection<Path> list(Path folder) {
        if (names > glob.limits().names()) {
            return List.of();
        }
        Collection<Path> children = directories.children(folder).values();
        names += children.size();
        if (names > glob.limits().names()) {
            directories.problem(
                    glob.name(),
                    "it has to look at more than " + glob.limits().names() + " names; " + folder
                            + " and what comes after it is left out");
            return List.of();
        }
        return children;
    }

    private boolean isNew(Path folder) {
        return real(folder)
                .filter(real -> !isOutside(folder, real) && entered.add(real))
                .isPresent();
    }

    private boolean leadsOutside(Path folder) {
        return real(folder).filter(real -> isOutside(folder, real)).isPresent();
    }

    /** Nobody who can make a link may have the rest of the machine listed. */
    private boolean isOutside(Path folder, Path real) {
        if (glob.allows(real)) {
            return false;
        }
        if (Files.isDirectory(real) && !glob.isExcluded(folder)) {
            directories.problem(folder, "it leads to " + real + ", which is not under allowed.paths");
        }
        return true;
    }

    private static Optional<Path> real(Path folder) {
        try {
            return Optional.of(folder.toRealPath());
        } catch (IOException e) {
            // It was there a moment ago; if it still is, the next scan finds it.
            return Optional.empty();
        }
    }

    private void add(Path path) {
        if (glob.isExcluded(path)) {
            return;
        }
        Optional<FileStat> file = directories.stat(path);
        int max = glob.limits().files();
        if (file.isEmpty()) {
            directories.expectFile(path, glob.steps().isEmpty());
        } else if (found.size() < max) {
            found.put(path, file.get());
        } else {
            directories.problem(glob.name(), "it matches more than " + max + " files; those beyond are left out");
        }
    }
}
