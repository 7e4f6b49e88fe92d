package io.tailrace.connect.filetail.tail.scan;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is in the directories during one scan: each is listed once and each file looked at once, however many streams
 * ask. A new scan takes a new instance.
 */
public final class Directories {
    private final Map<Path, NavigableSet<String>> names = new HashMap<>();
    private final Map<Path, Optional<FileStat>> stats = new HashMap<>();
    private final Map<Path, Map<FileKey, FileStat>> keys = new HashMap<>();

    /** Knows nothing yet. */
    public Directories() {}

    /**
     * The names in a directory.
     *
     * @param directory which one
     * @return its names in order, none if it isn't there
     * @throws UncheckedIOException if it can't be listed
     */
    public NavigableSet<String> names(Path directory) {
        return names.computeIfAbsent(directory, Directories::list);
    }

    private static NavigableSet<String> list(Path directory) {
        NavigableSet<String> found = new TreeSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path path : stream) {
                found.add(path.getFileName().toString());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /**
     * The directories that have been listed so far.
     *
     * @param root only those that are or lie in this one
     * @return their paths
     */
    public Set<Path> listedUnder(Path root) {
        return names.keySet().stream().filter(path -> path.startsWith(root)).collect(Collectors.toSet());
    }

    /**
     * Looks at a path.
     *
     * @param path of a file
     * @return the regular file there, empty if there is none
     * @throws UncheckedIOException if it can't be looked at
     */
    public Optional<FileStat> stat(Path path) {
        return stats.computeIfAbsent(path, p -> {
            try {
                return FileStat.of(p);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Finds a file by its key, under whatever name.
     *
     * @param directory where to look
     * @param key the file's device and inode
     * @return the file, empty if it isn't there
     */
    public Optional<FileStat> find(Path directory, FileKey key) {
        return Optional.ofNullable(keys.computeIfAbsent(directory, this::byKey).get(key));
    }

    private Map<FileKey, FileStat> byKey(Path directory) {
        Map<FileKey, FileStat> found = new HashMap<>();
        for (String name : names(directory)) {
            stat(directory.resolve(name)).ifPresent(file -> found.putIfAbsent(file.key(), file));
        }
        return found;
    }

    /**
     * The files that a rotation of this one has left in its directory, of every naming scheme, without compressed ones.
     *
     * @param active path of the file that is written to
     * @return its rotated siblings, in the order of their names
     */
    public List<FileStat> rotated(Path active) {
        String name = active.getFileName().toString();
        String stem = RotatedNames.stem(name);
        return names(active.getParent()).subSet(stem, true, stem + Character.MAX_VALUE, true).stream()
                .filter(other -> RotatedNames.schemeOf(name, other) != RotatedNames.Scheme.NONE)
                .filter(other -> !RotatedNames.isCompressed(other))
                .flatMap(other -> stat(active.resolveSibling(other)).stream())
                .toList();
    }
}
