package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Recognition;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.FileOpener;
import io.tailrace.connect.filetail.tail.scan.Directories;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import io.tailrace.connect.filetail.tail.scan.RotatedNames;
import io.tailrace.connect.filetail.tail.scan.RotatedNames.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds files again, during one scan: by their keys, and by what is in them. */
final class Finder {
    private final Directories directories;
    private final FileOpener opener;

    Finder(Directories directories, FileOpener opener) {
        this.directories = directories;
        this.opener = opener;
    }

    Optional<FileStat> at(Path path) {
        return directories.stat(path);
    }

    /** Whether the file is the one that the bookmark was made in, or has the same bytes as far as it was read. */
    boolean matches(FileStat file, Bookmark bookmark) throws IOException {
        FileOpener.Opened opened = opener.open(file.path());
        try (Content content = opened.content()) {
            return opened.key().equals(file.key()) && Recognition.matches(content, bookmark);
        }
    }

    /** A bookmark at a position of a file, moved to where its line begins. */
    Bookmark lineStart(FileStat file, long position) throws IOException {
        FileOpener.Opened opened = opener.open(file.path());
        try (Content content = opened.content()) {
            long start = Recognition.lineStart(content, Math.min(position, content.size()));
            return Recognition.bookmark(content, opened.key(), start);
        }
    }

    /** The file with this key in the directory of a path, under whatever name. */
    Optional<FileStat> moved(Path active, FileKey key) {
        return directories.find(active.getParent(), key);
    }

    /** Copies of the file that the bookmark was made in, as copy-truncate leaves them. */
    List<FileStat> copies(Path active, Bookmark bookmark) throws IOException {
        List<FileStat> copies = new ArrayList<>();
        for (FileStat file : directories.rotated(active)) {
            boolean candidate = bookmark.position() > 0
                    && file.size() >= bookmark.position()
                    && !file.key().equals(bookmark.key());
            if (candidate && matches(file, bookmark)) {
                copies.add(file);
            }
        }
        return copies;
    }

    /** The keys of rotated siblings, of those that a test picks. */
    Set<FileKey> rotatedKeys(Path active, Predicate<FileStat> test) {
        return directories.rotated(active).stream()
                .filter(test)
                .map(FileStat::key)
                .collect(Collectors.toSet());
    }

    /**
     * The files that were active after one that was rotated away, and before the present one: oldest first.
     *
     * @param left what the file is called now, if it still is in the directory; its name tells which names count
     */
    List<FileStat> successors(Path active, Optional<FileStat> left, Predicate<FileStat> unread) {
        String name = active.getFileName().toString();
        Scheme scheme = left.map(file ->
                        RotatedNames.schemeOf(name, file.path().getFileName().toString()))
                .orElse(Scheme.SUFFIX);
        return directories.rotated(active).stream()
                .filter(file -> scheme != Scheme.NONE)
                .filter(file ->
                        RotatedNames.schemeOf(name, file.path().getFileName().toString()) == scheme)
                .filter(unread)
                .sorted(Comparator.comparingLong(FileStat::modifiedMillis)
                        .thenComparing(file -> file.path().getFileName().toString(), RotatedNames.oldestFirst(name)))
                .toList();
    }
}
