package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.frame.LineEnding;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Recognition;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.GzipContent;
import io.tailrace.connect.filetail.tail.read.LineStarts;
import io.tailrace.connect.filetail.tail.read.NotGzipException;
import io.tailrace.connect.filetail.tail.read.Opener;
import io.tailrace.connect.filetail.tail.scan.Directories;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import io.tailrace.connect.filetail.tail.scan.Links;
import io.tailrace.connect.filetail.tail.scan.Succession;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds files again, during one scan: by their keys, and by what is in them. */
final class Finder {
    /** How many names are listed again in one scan, at most. */
    private static final int MAX_LISTED_AGAIN = 200_000;

    /** Others are hardly written to any more. */
    private static final int MAX_SIBLINGS_LOOKED_INTO = 8;

    private static final long HARDLY_WRITTEN_TO_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** As long as a copy may take, while the file is written to. */
    private static final long COPYING_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final long GZIP_MODULUS = 1L << 32;

    private final Directories directories;
    private final Map<Path, List<Path>> homes = new HashMap<>();
    private final Opener opener;
    private final Patience patience;
    private final Seek seek;
    private final Now now;
    private final Duration rotateWait;

    /** The last look at directories: that of the scan, or one that was needed since. */
    private Directories latest;

    private int listedAgain;

    /**
     * Makes one for a scan.
     *
     * @param rotateWait as long after it was last written to may a file still be in the making
     */
    Finder(Directories directories, Opener opener, Patience patience, Seek seek, Now now, Duration rotateWait) {
        this.patience = patience;
        this.seek = seek;
        this.directories = directories;
        this.latest = directories;
        this.opener = opener;
        this.now = now;
        this.rotateWait = rotateWait;
    }

    /** Whether the file was written to just now, so that more may come. */
    boolean isYoung(FileStat file) {
        long age = now.millis() - file.modifiedMillis();
        return age >= 0 && age < rotateWait.toMillis();
    }

    Optional<FileStat> at(Path path) {
        return directories.stat(path);
    }

    /**
     * Whether the file is the one that the bookmark was made in, or has the same bytes as far as it was read. Of a
     * compressed file only the beginning is compared; {@link FileStream} compares the rest when it gets there.
     */
    boolean matches(FileStat file, Bookmark bookmark) throws IOException {
        return read(
                file,
                content -> content.isSequential()
                        ? Recognition.beginsAlike(content, bookmark)
                        : Recognition.matches(content, bookmark));
    }

    /** The same of a file that was read just now; what can't be read any more is taken for what it was. */
    boolean isStill(FileStat file, Bookmark bookmark) throws IOException {
        try {
            return matches(file, bookmark);
        } catch (FileMovedException e) {
            throw e;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether the file can be long enough for a bookmark. */
    boolean fits(FileStat file, Bookmark bookmark) {
        return file.isGzip() || file.size() >= bookmark.position();
    }

    /** Whether nothing comes after a bookmark that matches the file. Of a copy that is compressed that can't be said. */
    boolean isAtEnd(FileStat file, Bookmark bookmark) throws IOException {
        if (!file.isGzip()) {
            return file.size() <= bookmark.position();
        }
        return file.key().equals(bookmark.key()) && isOfLength(file, bookmark.position());
    }

    /** Whether what was compressed into a file had that length, by what the file says of itself. */
    boolean isOfLength(FileStat gzip, long length) throws IOException {
        return length % GZIP_MODULUS == statedSize(gzip);
    }

    private long statedSize(FileStat file) throws IOException {
        return read(file, content -> ((GzipContent) content).statedSize());
    }

    /** What a compressed file is being made from, or has been. */
    Optional<FileStat> uncompressed(FileStat gzip) {
        String name = gzip.path().getFileName().toString();
        return at(gzip.path().resolveSibling(name.substring(0, name.length() - ".gz".length())));
    }

    /** A bookmark at the end of a file, or where its last line begins if that has no end. */
    Bookmark end(FileStat file, Charset charset) throws IOException {
        if (!file.isGzip()) {
            return lastLine(file, charset);
        }
        try (Content content = open(file)) {
            long size = ((GzipContent) content).statedSize();
            return Recognition.bookmarkAtEnd(content, file.key(), size);
        }
    }

    /** The file at a path at this very moment. */
    Optional<FileStat> now(Path path) {
        return new Directories().stat(path);
    }

    /** Whether a file has all the bytes that another one has, as far as its first ones and its last ones tell. */
    boolean isCopyOf(FileStat original, FileStat copy) throws IOException {
        return matches(original, read(copy, content -> Recognition.bookmark(content, original.key(), content.size())));
    }

    private interface Look<T> {
        T at(Content content) throws IOException;
    }

    /**
     * Reads a bit of a file.
     *
     * @throws GivenUpException if that has failed for so long that the file is to be passed over
     * @throws IOException if it fails otherwise
     */
    private <T> T read(FileStat file, Look<T> look) throws IOException {
        try (Content content = open(file)) {
            T result = look.at(content);
            patience.isOver(file.key());
            return result;
        } catch (FileMovedException | NotGzipException e) {
            throw e;
        } catch (IOException e) {
            throw patience.isExhausted(file.key(), now) ? new GivenUpException(file, e) : e;
        }
    }

    private Content open(FileStat file) throws IOException {
        Opener.Opened opened;
        try {
            opened = opener.open(file.path());
        } catch (NoSuchFileException e) {
            throw new FileMovedException(file);
        }
        if (!opened.key().equals(file.key())) {
            opened.content().close();
            throw new FileMovedException(file);
        }
        return opened.content();
    }

    /** A bookmark at the end of a file, before the line that has no end yet. */
    private Bookmark lastLine(FileStat file, Charset charset) throws IOException {
        try (Content content = open(file)) {
            long start = new LineStarts(content, LineEnding.of(charset)).last();
            return Recognition.bookmark(content, file.key(), start);
        }
    }

    /**
     * A bookmark at a position of a file, moved to where the next line begins.
     *
     * @throws FarAwayException if the file is compressed, and that has not been reached yet
     */
    Bookmark nextLine(FileStat file, Charset charset, long position) throws IOException {
        if (file.isGzip()) {
            return seek.nextLine(file, () -> open(file), charset, position);
        }
        try (Content content = open(file)) {
            long start = new LineStarts(content, LineEnding.of(charset)).next(position);
            return Recognition.bookmark(content, file.key(), start);
        }
    }

    /**
     * The file with this key in the directory of a path, under whatever name. It may be there and yet not be found, if a
     * rotation is under way.
     */
    Optional<FileStat> moved(Path active, FileKey key) {
        return find(directories, active, key);
    }

    private Optional<FileStat> find(Directories in, Path active, FileKey key) {
        return homes(active).stream()
                .flatMap(home -> atHome(in, home, key).stream())
                .findFirst();
    }

    /** Most files are where they were, and need no look at all the others. */
    private static Optional<FileStat> atHome(Directories in, Path home, FileKey key) {
        Optional<FileStat> there = in.stat(home).filter(file -> file.key().equals(key));
        return there.isPresent() ? there : in.find(home.getParent(), key);
    }

    /**
     * The same, with fresh eyes if need be, so that a rotation that is under way hides nothing.
     *
     * @throws FileMovedException if rotations keep coming
     */
    Optional<FileStat> movedForSure(Path active, FileKey key) throws FileMovedException {
        Optional<FileStat> found = moved(active, key);
        return found.isPresent()
                ? found
                : surely(active, look -> find(look, active, key), Optional::isPresent, Optional::isEmpty);
    }

    /** The rotated siblings as they are at this moment, none of them hidden by a rotation. */
    private List<FileStat> rotatedForSure(Path active) throws FileMovedException {
        return surely(
                active,
                look -> homes(active).stream()
                        .flatMap(home -> look.rotatedNow(home).stream())
                        .distinct()
                        .toList(),
                found -> false,
                found ->
                        found.stream().collect(Collectors.toMap(FileStat::path, FileStat::key, (one, other) -> other)));
    }

    /**
     * Looks until a rotation can have hidden nothing. A directory is listed, and then the files in it are looked at, perhaps
     * much later; if they get other names in between, some are missed. So a look counts only if the directories have not
     * changed since it began, or if the next one, which begins at once, finds the same.
     *
     * @param enough what is certain in any case
     * @param essence what two looks have to agree in
     */
    private <T> T surely(Path active, Function<Directories, T> look, Predicate<T> enough, Function<T, Object> essence)
            throws FileMovedException {
        T found = look.apply(latest);
        Object before = null;
        while (!enough.test(found) && !isStill(active)) {
            lookAnew(active);
            found = look.apply(latest);
            Object seen = essence.apply(found);
            if (seen.equals(before)) {
                return found;
            }
            before = seen;
        }
        return found;
    }

    private boolean isStill(Path active) {
        return homes(active).stream().allMatch(home -> latest.isStill(home.getParent(), now.millis()));
    }

    private void lookAnew(Path active) throws FileMovedException {
        if (listedAgain > MAX_LISTED_AGAIN) {
            throw new FileMovedException(active);
        }
        latest = new Directories();
        for (Path home : homes(active)) {
            listedAgain += 1 + latest.children(home.getParent()).size();
        }
    }

    /** The path itself, and where it leads to if it is a link: rotation happens there. */
    private List<Path> homes(Path active) {
        return homes.computeIfAbsent(
                active,
                path -> Stream.concat(Stream.of(path), Links.target(path).stream())
                        .toList());
    }

    private List<FileStat> rotated(Path active) {
        return homes(active).stream()
                .flatMap(home -> directories.rotated(home).stream())
                .toList();
    }

    /**
     * Copies of the file that the bookmark was made in, as copy-truncate leaves them, or compression; those that are
     * compressed come last.
     *
     * @param sinceMillis when the file was last written to: what is older by more than copying takes only begins like it
     * @throws IOException if there is none among those that can be read
     */
    List<FileStat> copies(Path active, Bookmark bookmark, long sinceMillis) throws IOException {
        List<FileStat> copies = new ArrayList<>();
        IOException trouble = null;
        for (FileStat file : rotatedForSure(active)) {
            try {
                if (mayBeCopy(file, bookmark, sinceMillis) && isCopy(file, bookmark)) {
                    copies.add(file);
                }
            } catch (FileMovedException e) {
                throw e;
            } catch (IOException e) {
                // Perhaps it isn't needed, if another one is the copy.
                trouble = e;
            }
        }
        if (trouble != null && copies.isEmpty()) {
            throw trouble;
        }
        copies.sort(Comparator.comparing(FileStat::isGzip).thenComparing(FileStat::modifiedMillis));
        return copies;
    }

    private boolean mayBeCopy(FileStat file, Bookmark bookmark, long sinceMillis) {
        boolean late = file.isGzip()
                ? file.modifiedMillis() >= sinceMillis
                : !file.key().equals(bookmark.key()) && file.modifiedMillis() >= sinceMillis - COPYING_MILLIS;
        return late && bookmark.position() > 0 && fits(file, bookmark);
    }

    private boolean isCopy(FileStat file, Bookmark bookmark) throws IOException {
        try {
            return matches(file, bookmark);
        } catch (NotGzipException | GivenUpException e) {
            return false;
        }
    }

    /** The rotated siblings of a file that is at its path: whatever they are, none of them comes next. */
    Older siblings(Path active) {
        return new Older(seen(rotated(active)), now.millis());
    }

    /** The rotated siblings that were last written to before a file that is not at its path any more. */
    Older olderThan(Path active, long modifiedMillis) {
        return new Older(
                seen(rotated(active).stream()
                        .filter(file -> file.modifiedMillis() < modifiedMillis)
                        .toList()),
                Older.LATER);
    }

    /** The rotated siblings that were last written to at some time or after it, and before another. */
    Stream<FileStat> rotatedBetween(Path active, long fromMillis, long toMillis) {
        return rotated(active).stream()
                .filter(file -> file.modifiedMillis() >= fromMillis && file.modifiedMillis() < toMillis);
    }

    private Map<FileKey, Older.Seen> seen(List<FileStat> files) {
        Map<FileKey, Older.Seen> seen = new HashMap<>();
        List<FileStat> newestFirst = files.stream()
                .sorted(Comparator.comparingLong(FileStat::modifiedMillis).reversed())
                .toList();
        for (FileStat file : newestFirst) {
            boolean looked = !file.isGzip()
                    && file.size() > 0
                    && seen.size() < MAX_SIBLINGS_LOOKED_INTO
                    && now.millis() - file.modifiedMillis() < HARDLY_WRITTEN_TO_MILLIS;
            seen.putIfAbsent(file.key(), new Older.Seen(file.modifiedMillis(), looked ? end(file) : Optional.empty()));
        }
        return seen;
    }

    private Optional<Bookmark> end(FileStat file) {
        try (Content content = open(file)) {
            return Optional.of(Recognition.bookmark(content, file.key(), content.size()));
        } catch (IOException e) {
            // Then its time stamp has to do. If it is needed for its lines, it is opened again, and the trouble told.
            return Optional.empty();
        }
    }

    /** Tells whether a file comes into question. */
    interface Condition {
        boolean holds(FileStat file) throws IOException;
    }

    /**
     * The files that were active after one that was rotated away, and before the present one: oldest first.
     *
     * @param left what the file is called now, if it still is in the directory; its name tells which names count
     */
    List<FileStat> successors(Path active, Optional<FileStat> left, Condition unread) throws IOException {
        List<FileStat> rotated = rotatedForSure(active);
        List<FileStat> successors = new ArrayList<>();
        for (Path home : homes(active)) {
            List<FileStat> here = rotated.stream()
                    .filter(file -> file.path().getParent().equals(home.getParent()))
                    .toList();
            for (FileStat file : Succession.of(home, left.map(FileStat::path), here)) {
                if (unread.holds(file)) {
                    successors.add(file);
                }
            }
        }
        return successors;
    }
}
