package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.Entry.StartPosition;
import io.tailrace.connect.filetail.tail.filter.LineFilter;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.limit.RateLimit;
import io.tailrace.connect.filetail.tail.local.LocalPositions;
import io.tailrace.connect.filetail.tail.match.Undecided;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.read.NotGzipException;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import io.tailrace.connect.filetail.tail.scan.Directories;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import io.tailrace.connect.filetail.tail.scan.Glob;
import io.tailrace.connect.filetail.tail.scan.RotatedNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One entry: finds its files, keeps a stream for each, and sees to it that no file is read by two of them. */
final class EntryTail {
    private static final Logger LOG = LoggerFactory.getLogger(EntryTail.class);

    /** Streams without a file that are remembered, for their generation numbers and finished files. */
    private static final int MAX_IDLE_STREAMS = 10_000;

    private static final int MAX_UNSAVED_PER_FILE = 4;

    private final Entry entry;
    private final Glob glob;
    private final Undecided undecided;
    private final LineFilter filter;
    private final RateLimit limit;
    private final TailSettings settings;
    private final OpenFiles files;
    private final SavedOffsets offsets;
    private final Counts counts;

    /** Which entry of the task has which stream. */
    private final Map<String, EntryTail> owners;

    private final LocalMemory local;
    private final NavigableMap<Path, FileStream> streams = new TreeMap<>();
    private Map<FileKey, FileStream> reading = new HashMap<>();
    private Map<FileKey, Bookmark> finished = new HashMap<>();
    private final Troubles troubles;

    /** What this scan could not read, apart from files that have a stream. */
    private final Map<Path, String> unreadable = new TreeMap<>();

    /** Files that are none of this entry's business, which has been said. */
    private final Set<Path> leftAlone = new TreeSet<>();

    private final HomeFolder folder;
    private NavigableMap<Path, FileStat> found = new TreeMap<>();
    private FileStream decompressing;

    /** Paths of which nothing had been saved; asking again would cost a journey to Kafka in every scan. */
    private final Set<Path> unsaved = new HashSet<>();

    private boolean resumed;
    private boolean scanned;
    private boolean restless;
    private boolean heard;

    EntryTail(
            Entry entry,
            TailSettings settings,
            OpenFiles files,
            SavedOffsets offsets,
            Map<String, EntryTail> owners,
            Counts counts,
            Troubles troubles,
            Now now) {
        this.troubles = troubles;
        this.counts = counts;
        this.owners = owners;
        this.entry = entry;
        this.glob = Glob.of(entry.path(), entry.exclude(), settings.allowed());
        this.folder = new HomeFolder(glob.folder(), entry.path());
        this.undecided = new Undecided(entry.path(), counts);
        this.filter = new LineFilter(entry, undecided);
        this.limit = new RateLimit(entry.sendRate(), entry.sendBytes(), now.nanos());
        this.settings = settings;
        this.files = files;
        this.offsets = offsets;
        this.local = new LocalMemory(new LocalPositions(settings.state(), LocalPositions.name(settings.name(), entry)));
    }

    /** Remembers how far its streams have got. */
    void close() {
        local.writeSoon();
        local.write(Now.get());
    }

    Entry entry() {
        return entry;
    }

    /** What is counted of all its streams. */
    Counts counts() {
        return counts;
    }

    LineFilter filter() {
        return filter;
    }

    /** The lines that patterns could not decide on. */
    Undecided undecided() {
        return undecided;
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

    Optional<FileStream> stream(Path path) {
        return Optional.ofNullable(streams.get(path));
    }

    /** Whether a file of that name would be collected. */
    boolean wants(Path path) {
        return glob.mayLead(path);
    }

    /** The directories in which its files lie or may come to lie. */
    Set<Path> directories(Directories looked) {
        return glob.directories(looked);
    }

    /** Whether the last scan left something to the next one, so that it has to come whatever happens. */
    boolean isRestless() {
        return restless;
    }

    void becomeRestless() {
        restless = true;
    }

    /** Whether it is told at once when one of its files is written to. */
    void hears(boolean all) {
        heard = all;
    }

    boolean isHeard() {
        return heard;
    }

    LocalMemory local() {
        return local;
    }

    /**
     * Looks for files, old and new.
     *
     * @return those that match
     */
    NavigableMap<Path, FileStat> scan(Directories directories, Now now) {
        restless = false;
        found = glob.find(directories);
        Finder finder = new Finder(directories, files.opener());
        unreadable.clear();
        takeStock();
        for (FileStream stream : streams.values()) {
            Optional<FileStat> there = finder.at(stream.path());
            if (there.isEmpty()) {
                directories.expectFile(stream.path(), true);
            }
            stream.observe(there, finder, now);
        }
        discover(asked(found, directories), found, finder, now);
        forgetIdle(found);
        folder.look().ifPresent(problem -> unreadable.put(glob.folder(), problem));
        troubles.replace(this, unreadable(directories));
        restless |= !unreadable.isEmpty();
        scanned = true;
        restless |= !resumed || streams.values().stream().anyMatch(stream -> !stream.isSettled());
        return found;
    }

    /**
     * Looks at one stream's file.
     *
     * @param there what is at its path
     * @return whether a scan is needed
     */
    boolean look(FileStream stream, FileStat there, Directories directories, Now now) {
        restless = false;
        stream.observe(Optional.of(there), new Finder(directories, files.opener()), now);
        return restless || !stream.isSettled();
    }

    private Map<Path, String> unreadable(Directories directories) {
        directories.problems().forEach((path, problem) -> {
            if (path.startsWith(glob.folder())) {
                unreadable.put(path, problem);
            }
        });
        return unreadable;
    }

    /** A stream has turned to a file. */
    void nowReading(FileKey key, FileStream stream) {
        reading.put(key, stream);
        local.nowAdvanced(stream);
        restless = true;
    }

    /** A stream has found that the file isn't what it was taken for. */
    void notReading(FileKey key, FileStream stream) {
        reading.remove(key, stream);
    }

    /** One after the other, since each takes memory; another has its turn when the present one is done. */
    boolean mayDecompress(FileStream stream) {
        if (decompressing == null || !decompressing.isDecompressing()) {
            decompressing = stream;
        }
        return decompressing.equals(stream);
    }

    /** A stream has read a file to its end. */
    void nowFinished(Bookmark bookmark, FileStream stream) {
        reading.remove(bookmark.key(), stream);
        finished.put(bookmark.key(), bookmark);
        local.nowAdvanced(stream);
        restless = true;
    }

    private void takeStock() {
        reading = new HashMap<>();
        finished = new HashMap<>();
        for (FileStream stream : streams.values()) {
            stream.key().ifPresent(key -> reading.put(key, stream));
            stream.finished()
                    .files()
                    .forEach(left -> finished.put(left.bookmark().key(), left.bookmark()));
        }
    }

    /**
     * The paths that earlier tasks may have left offsets for: those of new files; what such a file was called before a
     * rotation gave it its name; and, when the task begins, what any file in the directories was called, since a rotation
     * may just have moved it away.
     */
    private Set<Path> asked(NavigableMap<Path, FileStat> found, Directories directories) {
        Set<Path> asked = new TreeSet<>(found.keySet());
        asked.removeAll(streams.keySet());
        List.copyOf(asked).forEach(path -> asked.addAll(formerPaths(path)));
        if (!resumed) {
            resumed = true;
            local.paths().stream().filter(glob::matches).forEach(asked::add);
            glob.directories(directories)
                    .forEach(directory ->
                            directories.children(directory).values().forEach(path -> asked.addAll(formerPaths(path))));
        }
        asked.removeIf(this::isOthers);
        return asked;
    }

    private void discover(Set<Path> asked, NavigableMap<Path, FileStat> found, Finder finder, Now now) {
        if (asked.isEmpty()) {
            return;
        }
        Set<Path> unasked = new TreeSet<>(asked);
        unasked.removeAll(unsaved);
        Map<Path, Known> saved = known(unasked);
        unasked.removeAll(saved.keySet());
        unsaved.addAll(unasked);
        resumeAll(saved, finder, now);
        asked.removeAll(saved.keySet());
        Set<Path> unresumed = new TreeSet<>(saved.keySet());
        unresumed.removeAll(streams.keySet());
        List<FileStat> unknown = new ArrayList<>(asked.stream()
                .filter(found::containsKey)
                .filter(path -> !mayBelongTo(unresumed, path))
                .map(found::get)
                .toList());
        unknown.sort(Comparator.comparingLong(FileStat::modifiedMillis));
        for (FileStat file : unknown) {
            try {
                start(file, finder, now);
            } catch (IOException e) {
                complain(file.path(), e);
            }
        }
    }

    /** A stream that could not be resumed in this scan may have read the file under a former name: the next scan tells. */
    private static boolean mayBelongTo(Set<Path> unresumed, Path path) {
        return RotatedNames.formerNames(path.getFileName().toString()).stream()
                .anyMatch(former -> unresumed.contains(path.resolveSibling(former)));
    }

    /** Where to go on, and the offset that Connect has, or null. */
    private record Known(StreamOffset.Saved saved, Map<String, Object> known) {}

    /** Where to go on in those of some streams of which anything is known, to Connect or locally. */
    private Map<Path, Known> known(Set<Path> asked) {
        Map<Path, Map<String, Object>> ofConnect = offsets.read(asked, this::streamOf);
        Map<Path, Known> saved = new TreeMap<>();
        for (Path path : asked) {
            Map<String, Object> known = ofConnect.get(path);
            Optional<Map<String, Object>> offset = local.goOn(path, Optional.ofNullable(known));
            try {
                offset.map(StreamOffset::parse).ifPresent(parsed -> saved.put(path, new Known(parsed, known)));
            } catch (DataException e) {
                LOG.warn(
                        "The saved offset of {} is unreadable, so the file is read as a new one: {}",
                        path,
                        e.getMessage());
            }
        }
        return saved;
    }

    /** A file with a rotated name may have been read under its former name, which nothing has at present. */
    private List<Path> formerPaths(Path path) {
        String name = path.getFileName().toString();
        Set<String> names = new LinkedHashSet<>(RotatedNames.formerNames(name));
        names.addAll(RotatedNames.lowerNumbers(name));
        return names.stream()
                .map(path::resolveSibling)
                .filter(former -> glob.matches(former) && !streams.containsKey(former))
                .toList();
    }

    /** Whether another entry of the same id has the file, so that both would save positions under one name. */
    private boolean isOthers(Path path) {
        EntryTail other = owners.get(streamOf(path));
        if (other == null || other.equals(this)) {
            return false;
        }
        leaveAlone(path, "the entry " + other.entry.path() + " has the same id and collects it already");
        return true;
    }

    private String streamOf(Path path) {
        return RecordMaker.stream(settings.host().id(), entry.id(), path);
    }

    private FileStream add(Path path) {
        owners.put(streamOf(path), this);
        FileStream stream = new FileStream(path, this, files, settings);
        streams.put(path, stream);
        return stream;
    }

    private void start(FileStat file, Finder finder, Now now) throws IOException {
        if (isTooOld(file, now)) {
            return;
        }
        if (isBeingCompressed(file, now)) {
            return;
        }
        if (!file.isGzip()
                && RotatedNames.isCompressed(file.path().getFileName().toString())) {
            leaveAlone(file.path(), "going by its name it is compressed, and not with gzip");
            return;
        }
        Optional<Bookmark> start = startOf(file, null, finder);
        if (start.isEmpty()) {
            return;
        }
        boolean atEnd = !scanned && entry.startPosition() == StartPosition.END;
        Bookmark from = atEnd ? finder.end(file, entry.encoding()) : start.get();
        FileStream stream = add(file.path());
        stream.begin(from, file, finder.older(file.path(), sibling -> true), now);
        if (atEnd) {
            stream.skipIfDone(file, finder);
        }
        stream.rememberBeginning();
        local.writeSoon();
    }

    /** When gzip is done, it gives the file the time stamp of what it has compressed. */
    boolean isBeingCompressed(FileStat file, Now now) {
        long age = now.millis() - file.modifiedMillis();
        boolean young = file.isGzip() && age >= 0 && age < settings.rotateWait().toMillis();
        // Nothing need happen to it any more.
        restless |= young;
        return young;
    }

    private boolean isTooOld(FileStat file, Now now) {
        return entry.ignoreOlder()
                .map(age -> now.millis() - file.modifiedMillis() > age.toMillis())
                .orElse(false);
    }

    /**
     * Goes on where an earlier task left off. First all files that are found by their keys, and then copies of the
     * others, since a file that is some stream's own may look like the copy of another. A file of which nothing had been
     * read is known by its key only, which may have been given to another since. A stream that has lost its file goes on
     * to the next one when all of them are known, lest it take one that another has read.
     */
    private void resumeAll(Map<Path, Known> saved, Finder finder, Now now) {
        List<FileStream> begun = new ArrayList<>();
        List<FileStream> unread = new ArrayList<>();
        saved.forEach((path, known) -> {
            FileStream stream = add(path);
            stream.restore(known.saved());
            stream.restoreBeginning(known.known() == null ? local.begun(path) : null, known.known());
            known.saved().finished().files().forEach(left -> nowFinished(left.bookmark(), stream));
            (known.saved().bookmark().position() > 0 ? begun : unread).add(stream);
        });
        begun.removeIf(stream -> attempt(
                stream, () -> resumeSame(stream, saved.get(stream.path()).saved(), finder, now)));
        begun.removeIf(stream -> attempt(
                stream, () -> resumeCopy(stream, saved.get(stream.path()).saved(), finder, now)));
        unread.removeIf(stream -> attempt(
                stream, () -> resumeSame(stream, saved.get(stream.path()).saved(), finder, now)));
        saved.keySet().stream().filter(streams::containsKey).forEach(local::takenOver);
        begun.addAll(unread);
        begun.forEach(stream -> lose(stream, saved.get(stream.path()).saved(), finder));
        begun.forEach(stream -> stream.observe(finder.at(stream.path()), finder, now));
    }

    private interface Attempt {
        boolean run() throws IOException;
    }

    /**
     * Files that can't be read at present must not keep others from being found; the next scan tries again.
     *
     * @return what the attempt gave; true if it could not be made
     */
    private boolean attempt(FileStream stream, Attempt attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            streams.remove(stream.path());
            local.forget(stream);
            owners.remove(streamOf(stream.path()), this);
            resumed = false;
            complain(stream.path(), e);
            return true;
        }
    }

    private void complain(Path path, IOException e) {
        restless = true;
        if (!(e instanceof FileMovedException)) {
            counts.one(Count.READ_ERRORS);
            unreadable.put(path, e.toString());
        }
    }

    private void leaveAlone(Path path, String reason) {
        if (leftAlone.add(path)) {
            LOG.warn("{} is not read at present: {}", path, reason);
        }
    }

    private boolean resumeSame(FileStream stream, StreamOffset.Saved saved, Finder finder, Now now) throws IOException {
        Path path = stream.path();
        if (!saved.known()) {
            resumeAtPosition(stream, saved, finder.at(path), finder, now);
            return true;
        }
        Bookmark at = saved.bookmark();
        Optional<FileStat> same = finder.movedForSure(path, at.key())
                .filter(file -> finder.fits(file, at))
                .filter(file -> reads(file.key()).isEmpty());
        if (same.isEmpty() || !finder.matches(same.get(), at)) {
            return false;
        }
        resumeIn(stream, at, same.get(), finder, now);
        return true;
    }

    private boolean resumeCopy(FileStream stream, StreamOffset.Saved saved, Finder finder, Now now) throws IOException {
        Bookmark at = saved.bookmark();
        Optional<FileStat> copy = unreadCopy(stream, at, saved.modifiedMillis(), finder);
        if (copy.isPresent()) {
            stream.resumeInCopy(at, copy.get(), olderThan(copy.get(), stream.path(), finder), now);
        }
        return copy.isPresent();
    }

    private static void lose(FileStream stream, StreamOffset.Saved saved, Finder finder) {
        Path path = stream.path();
        LOG.warn(
                "The file that was {} and had been read up to byte {} can't be found any more; what it had beyond is lost",
                path,
                saved.bookmark().position());
        stream.lose(saved, finder.older(path, sibling -> sibling.modifiedMillis() < saved.modifiedMillis()), finder);
    }

    private static void resumeIn(FileStream stream, Bookmark at, FileStat file, Finder finder, Now now)
            throws IOException {
        if (finder.at(stream.path())
                .filter(there -> there.key().equals(file.key()))
                .isPresent()) {
            stream.resume(at, file, finder.older(stream.path(), sibling -> true), now);
        } else {
            stream.resumeLeftBehind(at, file, olderThan(file, stream.path(), finder), now);
        }
        stream.skipIfDone(file, finder);
    }

    private static Older olderThan(FileStat file, Path active, Finder finder) {
        return finder.older(active, sibling -> sibling.modifiedMillis() < file.modifiedMillis());
    }

    /** An operator gave only the position. */
    private void resumeAtPosition(
            FileStream stream, StreamOffset.Saved saved, Optional<FileStat> there, Finder finder, Now now)
            throws IOException {
        if (there.isPresent() && reads(there.get().key()).isEmpty()) {
            Bookmark at = finder.nextLine(
                    there.get(), entry.encoding(), saved.bookmark().position());
            stream.resume(at, there.get(), finder.older(stream.path(), sibling -> true), now);
        }
    }

    /**
     * Where to begin a file that no stream is reading under its present name.
     *
     * @param asking the stream that would read it, null for a new one
     * @return empty if it is being read under another name or may be next, has been read, or is a copy of such a file
     */
    Optional<Bookmark> startOf(FileStat file, FileStream asking, Finder finder) throws IOException {
        try {
            return startIn(file, asking, finder);
        } catch (NotGzipException e) {
            complain(file.path(), e);
            return Optional.empty();
        }
    }

    private Optional<Bookmark> startIn(FileStat file, FileStream asking, Finder finder) throws IOException {
        if (reads(file.key()).isPresent()
                || formerStreams(file).anyMatch(stream -> !stream.equals(asking) && stream.mayGoOnIn(file))) {
            return Optional.empty();
        }
        for (Trace trace : traces(file)) {
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
                formerStreams(file).anyMatch(stream -> stream.finished().isForgotten(file.modifiedMillis()));
        return forgotten ? Optional.empty() : Optional.of(Bookmark.atBeginning(file.key()));
    }

    /** Whether there is a file of this key that would be read as a new one, if nothing were known of it. */
    boolean collects(Path active, FileKey key, Finder finder) {
        return finder.movedForSure(active, key)
                        .filter(file -> glob.matches(file.path()))
                        .isPresent()
                || found.values().stream().anyMatch(file -> file.key().equals(key));
    }

    /** Where some file was left that may be this one or one that it is a copy of; or is now, if it is still being read. */
    private record Trace(Bookmark left, boolean beingRead) {}

    /**
     * Whether a file only begins like one that is being read, as files with a common head do: it goes on in another way,
     * and the one that is being read hasn't been truncated after it was copied. Nobody compresses a file that is still
     * written to.
     */
    private boolean isLookalike(FileStat file, Trace trace, Finder finder) throws IOException {
        boolean strong = trace.left().position() >= Bookmark.FINGERPRINT_BYTES && !file.isGzip();
        if (!trace.beingRead() || strong) {
            return false;
        }
        Optional<FileStat> original = finder.now(reading.get(trace.left().key()).path());
        return original.isPresent()
                && original.get().key().equals(trace.left().key())
                && (file.isGzip() || !finder.isCopyOf(original.get(), file))
                && finder.matches(original.get(), trace.left());
    }

    /**
     * Where the file may have been left, the longest first: what has a longer beginning in common is more akin. Of a
     * compressed file only the beginning is compared at first, and so its own bookmark comes before all.
     */
    private List<Trace> traces(FileStat file) {
        List<Trace> traces = new ArrayList<>();
        finished(file.key()).ifPresent(left -> traces.add(new Trace(left, false)));
        formerStreams(file).forEach(stream -> {
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

    /** The streams that the file may have belonged to before a rotation gave it its name. */
    private Stream<FileStream> formerStreams(FileStat file) {
        Stream<FileStream> former = RotatedNames.formerNames(
                        file.path().getFileName().toString())
                .stream()
                .map(name -> streams.get(file.path().resolveSibling(name)))
                .filter(Objects::nonNull);
        return file.isGzip() ? Stream.concat(former, kin(file)).distinct() : former;
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

    private void forgetIdle(NavigableMap<Path, FileStat> found) {
        leftAlone.retainAll(found.keySet());
        if (unsaved.size() > MAX_UNSAVED_PER_FILE * found.size() + MAX_IDLE_STREAMS) {
            unsaved.clear();
        }
        if (streams.size() > found.size() + MAX_IDLE_STREAMS) {
            streams.entrySet().removeIf(each -> each.getValue().isIdle() && !found.containsKey(each.getKey()));
            local.forgetAllBut(streams);
            owners.values().removeIf(this::equals);
            streams.keySet().forEach(path -> owners.put(streamOf(path), this));
        }
    }
}
