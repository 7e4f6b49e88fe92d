package io.tailrace.connect.filetail.tail.scan;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.read.GzipContent;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is in the directories during one scan: each is listed once and each file looked at once, however many streams
 * ask. A directory or file that can't be looked at counts as absent, so that it hides no other, and stands in {@link
 * #problems}. A new scan takes a new instance.
 */
public final class Directories {
    private final Map<Path, NavigableMap<String, Path>> children = new HashMap<>();
    private final Map<Path, Optional<DirectoryStamp>> stamps = new HashMap<>();
    private final Map<Path, Optional<FileStat>> stats = new HashMap<>();
    private final Map<Path, Map<FileKey, FileStat>> keys = new HashMap<>();
    private final Map<Path, String> problems = new TreeMap<>();
    private boolean troubled;

    /** Knows nothing yet. */
    public Directories() {}

    /**
     * What is in a directory.
     *
     * @param directory which one
     * @return its children by name, in order; none if it isn't there, and without those whose names the locale can't express
     */
    public NavigableMap<String, Path> children(Path directory) {
        return children.computeIfAbsent(directory, this::list);
    }

    private NavigableMap<String, Path> list(Path directory) {
        stamp(directory);
        NavigableMap<String, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(path -> {
                String name = path.getFileName().toString();
                if (name.indexOf(RotatedNames.NOT_IN_LOCALE) >= 0) {
                    problems.put(path, "the locale can't express its name; run the worker with LC_ALL=C.UTF-8");
                } else {
                    found.put(name, path);
                }
            });
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        } catch (DirectoryIteratorException e) {
            trouble(directory, e.getCause());
        } catch (IOException e) {
            trouble(directory, e);
        }
        return found;
    }

    private void trouble(Path path, IOException e) {
        problems.put(path, e.toString());
        troubled = true;
    }

    /**
     * What a directory was like just before it was first looked into.
     *
     * @param directory which one
     * @return its stamp, empty if it isn't there
     */
    public Optional<DirectoryStamp> stamp(Path directory) {
        return stamps.computeIfAbsent(directory, DirectoryStamp::of);
    }

    /**
     * Whether no file has come, gone or been renamed since a directory was first looked into.
     *
     * @param directory which one
     * @param nowMillis the time, in milliseconds since 1970
     * @return false also if that can't be told, as the directory has changed so lately that it needn't show more changes
     */
    public boolean isStill(Path directory, long nowMillis) {
        Optional<DirectoryStamp> then = stamp(directory);
        return then.equals(DirectoryStamp.of(directory))
                && then.filter(stamp -> stamp.isYoung(nowMillis)).isEmpty();
    }

    /**
     * Whether something could not be looked at that a later scan may be able to.
     *
     * @return whether an error occurred
     */
    public boolean isTroubled() {
        return troubled;
    }

    /**
     * What could not be looked at so far.
     *
     * @return why, by path
     */
    public Map<Path, String> problems() {
        return Collections.unmodifiableMap(problems);
    }

    /**
     * Adds to the {@link #problems}.
     *
     * @param path where something is wrong
     * @param problem what
     */
    void problem(Path path, String problem) {
        problems.put(path, problem);
    }

    /**
     * The directories that have been listed so far.
     *
     * @param root only those that are or lie in this one
     * @return their paths
     */
    public Set<Path> listedUnder(Path root) {
        return children.keySet().stream().filter(path -> path.startsWith(root)).collect(Collectors.toSet());
    }

    /**
     * Looks at a path.
     *
     * @param path of a file
     * @return the regular file there, empty if there is none
     */
    public Optional<FileStat> stat(Path path) {
        return stats.computeIfAbsent(path, this::look);
    }

    private Optional<FileStat> look(Path path) {
        try {
            return FileStat.of(path);
        } catch (IOException e) {
            trouble(path, e);
            return Optional.empty();
        }
    }

    /**
     * Tells that a file is expected at a path where {@link #stat} has found none. If something else is there that can't be
     * read, it becomes one of the {@link #problems}.
     *
     * @param path which one
     * @param folderToo whether a folder is unexpected too
     */
    public void expectFile(Path path, boolean folderToo) {
        if (!problems.containsKey(path)) {
            oddity(path, folderToo).ifPresent(oddity -> problems.put(path, oddity));
        }
    }

    private static Optional<String> oddity(Path path, boolean folderToo) {
        try {
            BasicFileAttributes own = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (own.isSymbolicLink() && Files.notExists(path)) {
                return Optional.of("a symbolic link to " + Files.readSymbolicLink(path) + ", which isn't there");
            }
            BasicFileAttributes there = Files.readAttributes(path, BasicFileAttributes.class);
            if (there.isDirectory()) {
                return folderToo ? Optional.of("a folder, not a file") : Optional.empty();
            }
            return there.isOther() ? Optional.of("a pipe, socket or device, which are never opened") : Optional.empty();
        } catch (IOException e) {
            // It is gone by now; if not, the next scan tells.
            return Optional.empty();
        }
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
        for (Path path : children(directory).values()) {
            stat(path).ifPresent(file -> found.putIfAbsent(file.key(), file));
        }
        return found;
    }

    /**
     * The files that a rotation of this one has left in its directory, of every naming scheme, and what gzip made of it
     * under its own name, without those compressed in another way.
     *
     * @param active path of the file that is written to
     * @return its rotated siblings, in the order of their names
     */
    public List<FileStat> rotated(Path active) {
        return rotatedPaths(active).flatMap(path -> stat(path).stream()).toList();
    }

    /**
     * The same, looked at anew however often they have been looked at already; of the same names.
     *
     * @param active path of the file that is written to
     * @return its rotated siblings as they are at this moment
     */
    public List<FileStat> rotatedNow(Path active) {
        return rotatedPaths(active).flatMap(path -> look(path).stream()).toList();
    }

    private Stream<Path> rotatedPaths(Path active) {
        String name = active.getFileName().toString();
        return named(active.getParent(), RotatedNames.ranges(name)).entrySet().stream()
                .filter(other -> RotatedNames.schemeOf(name, other.getKey()) != RotatedNames.Scheme.NONE
                        || RotatedNames.isCompressedOf(name, other.getKey()))
                .filter(other -> !RotatedNames.isCompressed(other.getKey()) || GzipContent.isNamed(other.getValue()))
                .map(Map.Entry::getValue);
    }

    private NavigableMap<String, Path> named(Path directory, List<RotatedNames.Range> ranges) {
        NavigableMap<String, Path> all = children(directory);
        NavigableMap<String, Path> found = new TreeMap<>();
        ranges.forEach(range -> found.putAll(all.subMap(range.from(), true, range.to(), true)));
        return found;
    }
}
