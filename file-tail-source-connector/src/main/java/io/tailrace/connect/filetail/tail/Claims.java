package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import io.tailrace.connect.filetail.tail.scan.RotatedNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who reads or has read which file, of the streams of one entry, so that none is read by two of them or twice by one. */
final class Claims {
    private final NavigableMap<Path, FileStream> streams;
    private Map<FileKey, FileStream> reading = new HashMap<>();
    private Map<FileKey, Read> finished = new HashMap<>();

    /** A file that a stream has read to its end, and where it was left. */
    private record Read(Bookmark left, FileStream by) {}

    /**
     * Knows nothing before it has taken stock.
     *
     * @param streams those of the entry, as they come and go
     */
    Claims(NavigableMap<Path, FileStream> streams) {
        this.streams = streams;
    }

    /** Asks all streams. */
    void takeStock() {
        reading = new HashMap<>();
        finished = new HashMap<>();
        for (FileStream stream : streams.values()) {
            stream.key().ifPresent(key -> reading.put(key, stream));
            stream.finished()
                    .files()
                    .forEach(left -> finished.put(left.bookmark().key(), new Read(left.bookmark(), stream)));
        }
    }

    /** A stream has turned to a file. */
    void nowReading(FileKey key, FileStream stream) {
        reading.put(key, stream);
    }

    /** A stream has found that the file isn't what it was taken for. */
    void notReading(FileKey key, FileStream stream) {
        reading.remove(key, stream);
    }

    /** A stream has read a file to its end. */
    void nowFinished(Bookmark bookmark, FileStream stream) {
        reading.remove(bookmark.key(), stream);
        finished.put(bookmark.key(), new Read(bookmark, stream));
    }

    /** The stream that is reading a file. */
    Optional<FileStream> reads(FileKey key) {
        return Optional.ofNullable(reading.get(key));
    }

    /** Where a file was left that some stream has read to its end. */
    private Optional<Bookmark> finished(FileKey key) {
        return Optional.ofNullable(finished.get(key)).map(Read::left);
    }

    /**
     * A copy of the file that the bookmark was made in, if no stream is reading it or has read all of it.
     *
     * @param sinceMillis when the file was last written to
     */
    Optional<FileStat> unreadCopy(FileStream asking, Bookmark bookmark, long sinceMillis, Finder finder)
            throws IOException {
        for (FileStat file : finder.copies(asking.path(), bookmark, sinceMillis)) {
            Optional<Bookmark> left = finished(file.key());
            boolean read = left.isPresent() && finder.isAtEnd(file, left.get()) && finder.matches(file, left.get());
            if (!read && reads(file.key()).isEmpty() && !asking.wasMistakenIn(bookmark.in(file.key()))) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /**
     * Where to begin a file that no stream is reading under its present name.
     *
     * @param asking the stream that would read it, null for a new one
     * @return empty if it is being read under another name or may be next, has been read, or is a copy of such a file
     * @throws IOException if the file, or one that it may be a copy of, can't be read
     */
    Optional<Bookmark> startIn(FileStat file, FileStream asking, Finder finder) throws IOException {
        if (reads(file.key()).isPresent() || mayBeNextElsewhere(file, asking, finder)) {
            return Optional.empty();
        }
        List<Trace> traces = traces(file, asking);
        for (Trace trace : traces) {
            Bookmark left = trace.left();
            boolean mistaken = asking != null && asking.wasMistakenIn(left.in(file.key()));
            if (!mistaken
                    && finder.fits(file, left)
                    && finder.matches(file, left)
                    && !isLookalike(file, trace, finder)) {
                boolean more = !trace.beingRead() && !finder.isAtEnd(file, left);
                return more ? Optional.of(left.in(file.key())) : Optional.empty();
            }
        }
        boolean forgotten =
                formerStreams(file, asking).anyMatch(stream -> stream.finished().isForgotten(file.modifiedMillis()));
        return forgotten || isBackup(file, traces, finder)
                ? Optional.empty()
                : Optional.of(Bookmark.atBeginning(file.key()));
    }

    /** Whether all that is in the file has been read of another one that still has it. */
    private static boolean isBackup(FileStat file, List<Trace> traces, Finder finder) throws IOException {
        if (file.isGzip() || file.size() < Bookmark.FINGERPRINT_BYTES) {
            return false;
        }
        for (Trace trace : traces) {
            Optional<FileStat> original = trace.left().position() < file.size()
                    ? Optional.empty()
                    : finder.moved(file.path(), trace.left().key());
            if (original.isPresent()
                    && !original.get().isGzip()
                    && !original.get().key().equals(file.key())
                    && finder.isCopyOf(original.get(), file)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeNextElsewhere(FileStat file, FileStream asking, Finder finder) throws IOException {
        for (FileStream stream : formerStreams(file, asking).toList()) {
            if (!stream.equals(asking) && stream.mayGoOnIn(file, finder)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the file seems to be a copy in the making of one that is being read: it has a name that a rotation gives, and
     * less in it than has been read of that, be it nothing. When it is whole it can be told for what it is.
     */
    boolean isBeingCopied(FileStat file, FileStream asking, Finder finder) throws IOException {
        for (FileStream stream : file.isGzip()
                ? List.<FileStream>of()
                : formerStreams(file, asking).toList()) {
            boolean lessThanRead = stream.key().isPresent()
                    && (file.size() == 0 || file.size() < stream.bookmark().position());
            if (lessThanRead && isPartialCopy(file, stream, finder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGrowing(FileStat file, Finder finder) {
        return finder.now(file.path())
                .filter(now -> now.key().equals(file.key()) && now.size() == file.size())
                .isEmpty();
    }

    private static boolean isPartialCopy(FileStat file, FileStream stream, Finder finder) throws IOException {
        boolean growing = isGrowing(file, finder);
        Optional<FileStat> original = finder.now(stream.path())
                .filter(there ->
                        stream.key().filter(key -> key.equals(there.key())).isPresent());
        return original.isEmpty()
                ? growing
                : (growing || finder.isYoung(file)) && (file.size() == 0 || finder.isCopyOf(original.get(), file));
    }

    /** Where some file was left that may be this one or one that it is a copy of; or is now, if it is still being read. */
    private record Trace(Bookmark left, boolean beingRead) {}

    /**
     * Whether a file only begins like one that is being read or has been read, as files with a common head do, or like one
     * of the same few lines. Where the other one still has what was read of it, it hasn't been truncated after it was
     * copied; if it is being read, it must also go on in another way.
     */
    private boolean isLookalike(FileStat file, Trace trace, Finder finder) throws IOException {
        Bookmark left = trace.left();
        boolean strong = left.position() >= Bookmark.FINGERPRINT_BYTES && !file.isGzip();
        if (strong || left.key().equals(file.key())) {
            return !strong && isMadeAnew(file, left);
        }
        return trace.beingRead() ? isLikeTheOneRead(file, left, finder) : isLikeOneThatIsThere(file, left, finder);
    }

    /** Whether the inode of a file of the same few bytes was given to this one, after that file had been left and deleted. */
    private boolean isMadeAnew(FileStat file, Bookmark left) {
        return file.size() == left.position()
                && !file.isGzip()
                && Optional.ofNullable(finished.get(file.key()))
                        .filter(read -> read.left().equals(left) && read.by().leftBefore(file))
                        .isPresent();
    }

    /** Nobody compresses a file that is still written to. */
    private boolean isLikeTheOneRead(FileStat file, Bookmark left, Finder finder) throws IOException {
        Optional<FileStat> original = finder.now(reading.get(left.key()).path());
        return original.isPresent()
                && original.get().key().equals(left.key())
                && (file.isGzip() || !finder.isCopyOf(original.get(), file))
                && finder.matches(original.get(), left);
    }

    private static boolean isLikeOneThatIsThere(FileStat file, Bookmark left, Finder finder) throws IOException {
        Optional<FileStat> original = file.isGzip() ? Optional.empty() : finder.moved(file.path(), left.key());
        return original.isPresent() && finder.fits(original.get(), left) && finder.matches(original.get(), left);
    }

    /**
     * Where the file may have been left, the longest first: what has a longer beginning in common is more akin. Of a
     * compressed file only the beginning is compared at first, and so its own bookmark comes before all.
     */
    private List<Trace> traces(FileStat file, FileStream asking) {
        List<Trace> traces = new ArrayList<>();
        finished(file.key()).ifPresent(left -> traces.add(new Trace(left, false)));
        formerStreams(file, asking).forEach(stream -> {
            stream.key().ifPresent(key -> traces.add(new Trace(stream.bookmark(), true)));
            stream.finished().files().forEach(left -> traces.add(new Trace(left.bookmark(), false)));
        });
        traces.removeIf(trace -> trace.left().position() == 0 && !saysThatEmpty(file, trace));
        traces.sort(Comparator.comparing(
                        (Trace trace) -> file.isGzip() && trace.left().key().equals(file.key()))
                .thenComparing(trace -> trace.left().position())
                .reversed());
        return traces;
    }

    /** A bookmark at a file's beginning fits every file, and tells only of an empty one that it has been read. */
    private static boolean saysThatEmpty(FileStat file, Trace trace) {
        boolean empty = file.isGzip() ? trace.left().key().equals(file.key()) : file.size() == 0;
        return empty && !trace.beingRead();
    }

    /**
     * The streams that the file may have belonged to before a rotation gave it its name; the one that asks, if any, may be
     * that of a link to where the file is.
     */
    private Stream<FileStream> formerStreams(FileStat file, FileStream asking) {
        Stream<FileStream> former = RotatedNames.formerNames(
                        file.path().getFileName().toString())
                .stream()
                .map(name -> streams.get(file.path().resolveSibling(name)))
                .filter(Objects::nonNull);
        Stream<FileStream> linked =
                Stream.ofNullable(asking).filter(stream -> !stream.path().equals(file.path()));
        Stream<FileStream> all = Stream.concat(linked, former);
        return (file.isGzip() ? Stream.concat(all, kin(file)) : all).distinct();
    }

    /**
     * Compression leaves no key by which to know a file again. So a compressed one may be what had a rotated name already
     * when a stream of that name began with it, and another number since.
     */
    private Stream<FileStream> kin(FileStat gzip) {
        Set<String> names = RotatedNames.formerNames(gzip.path().getFileName().toString());
        String stem = RotatedNames.stem(Collections.min(names, Comparator.comparingInt(String::length)));
        Path from = gzip.path().resolveSibling(stem);
        Path to = gzip.path().resolveSibling(stem + Character.MAX_VALUE);
        return streams.subMap(from, true, to, true).values().stream()
                .filter(FileStream::hasLeftAFile)
                .filter(stream -> !Collections.disjoint(
                        RotatedNames.formerNames(stream.path().getFileName().toString()), names));
    }
}
