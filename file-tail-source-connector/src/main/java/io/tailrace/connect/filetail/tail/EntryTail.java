package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.Entry.StartPosition;
import io.tailrace.connect.filetail.tail.filter.LineFilter;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.limit.RateLimit;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import io.tailrace.connect.filetail.tail.scan.Directories;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import io.tailrace.connect.filetail.tail.scan.Glob;
import io.tailrace.connect.filetail.tail.scan.RotatedNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One entry: finds its files, keeps a stream for each, and sees to it that no file is read by two of them. */
final class EntryTail {
    private static final Logger LOG = LoggerFactory.getLogger(EntryTail.class);

    /** Streams without a file that are remembered, for their generation numbers and finished files. */
    private static final int MAX_IDLE_STREAMS = 10_000;

    private final Entry entry;
    private final Glob glob;
    private final LineFilter filter;
    private final RateLimit limit;
    private final TailSettings settings;
    private final OpenFiles files;
    private final SavedOffsets offsets;
    private final NavigableMap<Path, FileStream> streams = new TreeMap<>();
    private Map<FileKey, FileStream> reading = Map.of();
    private Map<FileKey, Bookmark> finished = Map.of();
    private boolean scanned;
    private String trouble = "";

    EntryTail(Entry entry, TailSettings settings, OpenFiles files, SavedOffsets offsets, Now now) {
        this.entry = entry;
        this.glob = Glob.of(entry.path(), entry.exclude());
        this.filter = new LineFilter(entry.includeLines(), entry.excludeLines(), entry.encoding());
        this.limit = new RateLimit(entry.sendRate(), entry.sendBytes(), now.nanos());
        this.settings = settings;
        this.files = files;
        this.offsets = offsets;
    }

    Entry entry() {
        return entry;
    }

    LineFilter filter() {
        return filter;
    }

    RateLimit limit() {
        return limit;
    }

    Collection<FileStream> streams() {
        return streams.values();
    }

    /** The stream that is reading a file. */
    Optional<FileStream> reads(FileKey key) {
        return Optional.ofNullable(reading.get(key));
    }

    /** Where a file was left that some stream has read to its end. */
    Optional<Bookmark> finished(FileKey key) {
        return Optional.ofNullable(finished.get(key));
    }

    /** Looks for files, old and new. */
    void scan(Directories directories, Now now) {
        try {
            NavigableMap<Path, FileStat> found = glob.find(directories);
            Finder finder = new Finder(directories, files.opener());
            takeStock();
            for (FileStream stream : streams.values()) {
                stream.observe(finder.at(stream.path()), this, finder, now);
                takeStockIf(stream.needsScan());
            }
            takeStock();
            discover(found, finder, now);
            forgetIdle(found);
            scanned = true;
            trouble = "";
        } catch (IOException e) {
            fail(e);
        } catch (UncheckedIOException e) {
            fail(e.getCause());
        }
    }

    private void fail(IOException e) {
        if (!trouble.equals(e.toString())) {
            trouble = e.toString();
            LOG.warn("Can't look for {} at present: {}", entry.path(), trouble);
        }
    }

    private void takeStockIf(boolean changed) {
        if (changed) {
            takeStock();
        }
    }

    private void takeStock() {
        reading = new HashMap<>();
        finished = new HashMap<>();
        for (FileStream stream : streams.values()) {
            stream.key().ifPresent(key -> reading.put(key, stream));
            stream.finished().bookmarks().forEach(bookmark -> finished.put(bookmark.key(), bookmark));
        }
    }

    private void discover(NavigableMap<Path, FileStat> found, Finder finder, Now now) throws IOException {
        Set<Path> fresh = new TreeSet<>(found.keySet());
        fresh.removeAll(streams.keySet());
        if (fresh.isEmpty()) {
            return;
        }
        Set<Path> asked = new TreeSet<>(fresh);
        fresh.forEach(path -> formerPaths(path).forEach(asked::add));
        Map<Path, StreamOffset.Saved> saved =
                offsets.read(asked, path -> RecordMaker.stream(settings.host().id(), entry.id(), path));
        for (Map.Entry<Path, StreamOffset.Saved> each : saved.entrySet()) {
            resume(each.getKey(), each.getValue(), finder, now);
            takeStock();
        }
        fresh.removeAll(saved.keySet());
        List<FileStat> unknown = new ArrayList<>(fresh.stream().map(found::get).toList());
        unknown.sort(Comparator.comparingLong(FileStat::modifiedMillis));
        for (FileStat file : unknown) {
            start(file, finder, now);
        }
    }

    /** A file with a rotated name may have been read under its former name, which nothing has at present. */
    private List<Path> formerPaths(Path path) {
        return RotatedNames.formerNames(path.getFileName().toString()).stream()
                .map(path::resolveSibling)
                .filter(former -> glob.matches(former) && !streams.containsKey(former))
                .toList();
    }

    private FileStream add(Path path) {
        FileStream stream = new FileStream(path, this, files, settings);
        streams.put(path, stream);
        return stream;
    }

    private void start(FileStat file, Finder finder, Now now) throws IOException {
        if (isTooOld(file, now) || formerStreams(file).anyMatch(stream -> stream.mayGoOnIn(file.key()))) {
            return;
        }
        Optional<Bookmark> start = startOf(file, finder);
        if (start.isEmpty()) {
            return;
        }
        boolean atEnd = !scanned && entry.startPosition() == StartPosition.END;
        Bookmark from = atEnd ? finder.lineStart(file, file.size()) : start.get();
        FileStream stream = add(file.path());
        stream.begin(from, file.path(), finder.rotatedKeys(file.path(), sibling -> true), now);
        reading.put(file.key(), stream);
    }

    private boolean isTooOld(FileStat file, Now now) {
        return entry.ignoreOlder()
                .map(age -> now.millis() - file.modifiedMillis() > age.toMillis())
                .orElse(false);
    }

    /** Where an earlier task left off, in the order in which the design looks for the file. */
    private void resume(Path path, StreamOffset.Saved saved, Finder finder, Now now) throws IOException {
        FileStream stream = add(path);
        stream.restore(saved.generation(), saved.finished());
        Optional<FileStat> there = finder.at(path);
        if (!saved.known()) {
            resumeAtPosition(stream, saved, there, finder, now);
            return;
        }
        Bookmark at = saved.bookmark();
        Optional<FileStat> same = finder.moved(path, at.key()).filter(file -> file.size() >= at.position());
        if (same.isPresent() && finder.matches(same.get(), at)) {
            resumeIn(stream, at, same.get(), false, there, finder, now);
            return;
        }
        Optional<FileStat> copy = finder.copy(path, at);
        if (copy.isPresent()) {
            resumeIn(stream, at.in(copy.get().key()), copy.get(), true, there, finder, now);
            return;
        }
        LOG.warn(
                "The file that was {} and had been read up to byte {} can't be found any more; what it had beyond is lost",
                path,
                at.position());
        takeStock();
        stream.observe(there, this, finder, now);
    }

    private static void resumeIn(
            FileStream stream,
            Bookmark at,
            FileStat file,
            boolean copy,
            Optional<FileStat> there,
            Finder finder,
            Now now)
            throws IOException {
        Set<FileKey> older =
                finder.rotatedKeys(stream.path(), sibling -> sibling.modifiedMillis() < file.modifiedMillis());
        boolean followed = there.isPresent() && there.get().key().equals(file.key());
        if (followed) {
            stream.resume(at, stream.path(), finder.rotatedKeys(stream.path(), sibling -> true), now);
        } else {
            stream.resumeLeftBehind(at, file, older, copy, now);
        }
    }

    /** An operator gave only the position. */
    private void resumeAtPosition(
            FileStream stream, StreamOffset.Saved saved, Optional<FileStat> there, Finder finder, Now now)
            throws IOException {
        if (there.isPresent() && reads(there.get().key()).isEmpty()) {
            Bookmark at = finder.lineStart(there.get(), saved.bookmark().position());
            stream.resume(at, stream.path(), finder.rotatedKeys(stream.path(), sibling -> true), now);
        }
    }

    /**
     * Where to begin a file that no stream is reading under its present name.
     *
     * @return empty if it is being read under another name, has been read, or is a copy of such a file
     */
    Optional<Bookmark> startOf(FileStat file, Finder finder) throws IOException {
        if (reads(file.key()).isPresent()) {
            return Optional.empty();
        }
        Optional<Bookmark> left = finished(file.key());
        if (left.isPresent() && file.size() >= left.get().position() && finder.matches(file, left.get())) {
            return beyond(file, left.get());
        }
        for (Bookmark original : originals(file)) {
            if (file.size() >= original.position() && finder.matches(file, original)) {
                return Optional.empty();
            }
        }
        return Optional.of(Bookmark.atBeginning(file.key()));
    }

    private static Optional<Bookmark> beyond(FileStat file, Bookmark left) {
        return file.size() > left.position() ? Optional.of(left) : Optional.empty();
    }

    /** What was read of the files that this one may be a copy of, going by its name. */
    private List<Bookmark> originals(FileStat file) {
        List<Bookmark> originals = new ArrayList<>();
        formerStreams(file).forEach(stream -> {
            stream.key().ifPresent(key -> originals.add(stream.bookmark()));
            originals.addAll(stream.finished().bookmarks());
        });
        originals.removeIf(bookmark -> bookmark.position() == 0);
        return originals;
    }

    /** The streams that the file may have belonged to before a rotation gave it its name. */
    private Stream<FileStream> formerStreams(FileStat file) {
        return RotatedNames.formerNames(file.path().getFileName().toString()).stream()
                .map(former -> streams.get(file.path().resolveSibling(former)))
                .filter(Objects::nonNull);
    }

    private void forgetIdle(NavigableMap<Path, FileStat> found) {
        if (streams.size() > found.size() + MAX_IDLE_STREAMS) {
            streams.entrySet().removeIf(each -> each.getValue().isIdle() && !found.containsKey(each.getKey()));
        }
    }
}
