package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.Entry.StartPosition;
import io.tailrace.connect.filetail.tail.filter.LineFilter;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.limit.RateLimit;
import io.tailrace.connect.filetail.tail.local.LocalPositions;
import io.tailrace.connect.filetail.tail.match.PatternCost;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final PatternCost cost;
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
    private final Claims claims = new Claims(streams);
    private final Troubles troubles;

    /** What this scan could not read, apart from files that have a stream. */
    private final Map<Path, String> unreadable = new TreeMap<>();

    /** What was there at the first scan and could not be begun: its end was where it is to be begun. */
    private final Map<Path, FileStat> missed = new TreeMap<>();

    /** Files that are none of this entry's business, which has been said. */
    private final Set<Path> leftAlone = new TreeSet<>();

    private final HomeFolder folder;
    private NavigableMap<Path, FileStat> found = new TreeMap<>();
    private FileStream decompressing;

    /** Paths of which nothing had been saved; asking again would cost a journey to Kafka in every scan. */
    private final Set<Path> unsaved = new HashSet<>();

    private boolean resumed;
    private boolean scanned;
    private final Patience patience = new Patience();
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
        this.cost = new PatternCost(entry.path(), counts);
        this.filter = new LineFilter(entry, cost);
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

    /** What looking for its patterns takes. */
    PatternCost patternCost() {
        return cost;
    }

    RateLimit limit() {
        return limit;
    }

    Collection<FileStream> streams() {
        return streams.values();
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

    /** Who reads or has read which of its files. */
    Claims claims() {
        return claims;
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
        Finder finder = new Finder(directories, files.opener(), patience, now, settings.rotateWait());
        unreadable.clear();
        claims.takeStock();
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
        if (isFirstScan()) {
            local.writeSoon();
        }
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
        stream.observe(
                Optional.of(there), new Finder(directories, files.opener(), patience, now, settings.rotateWait()), now);
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
        claims.nowReading(key, stream);
        local.nowAdvanced(stream);
        restless = true;
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
        claims.nowFinished(bookmark, stream);
        local.nowAdvanced(stream);
        restless = true;
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
            for (Path directory : glob.directories(directories)) {
                RotatedNames.rotatedFrom(directories.children(directory), glob.namesBegin())
                        .values()
                        .forEach(path -> asked.addAll(formerPaths(path)));
            }
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
        Map<Path, Resumption.Known> saved = known(unasked);
        unasked.removeAll(saved.keySet());
        unsaved.addAll(unasked);
        new Resumption(this, finder, now).all(saved);
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
                if (isFirstScan()) {
                    missed.put(file.path(), file);
                }
                complain(file.path(), e);
            }
        }
    }

    /** A stream that could not be resumed in this scan may have read the file under a former name: the next scan tells. */
    private static boolean mayBelongTo(Set<Path> unresumed, Path path) {
        return RotatedNames.formerNames(path.getFileName().toString()).stream()
                .anyMatch(former -> unresumed.contains(path.resolveSibling(former)));
    }

    /** Where to go on in those of some streams of which anything is known, to Connect or locally. */
    private Map<Path, Resumption.Known> known(Set<Path> asked) {
        Map<Path, Map<String, Object>> ofConnect = offsets.read(asked, this::streamOf);
        Map<Path, Resumption.Known> saved = new TreeMap<>();
        for (Path path : asked) {
            Map<String, Object> known = ofConnect.get(path);
            Optional<Map<String, Object>> offset = local.goOn(path, Optional.ofNullable(known));
            try {
                offset.map(StreamOffset::parse)
                        .ifPresent(parsed -> saved.put(path, new Resumption.Known(parsed, known)));
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

    /** Makes a stream, which has no file yet. */
    FileStream add(Path path) {
        owners.put(streamOf(path), this);
        FileStream stream = new FileStream(path, this, files, settings);
        streams.put(path, stream);
        return stream;
    }

    private void start(FileStat file, Finder finder, Now now) throws IOException {
        boolean atEnd = isOfFirstScan(file) && entry.startPosition() == StartPosition.END;
        if (isTooOld(file, now) && !atEnd) {
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
        Bookmark from = atEnd ? end(file, finder) : start.get();
        missed.remove(file.path());
        FileStream stream = add(file.path());
        stream.begin(from, file, finder.siblings(file.path()), now);
        if (atEnd && file.isGzip()) {
            stream.skip();
        }
        stream.rememberBeginning();
        local.writeSoon();
    }

    /** Whether no task has ever looked for this entry's files: what appears while tasks are restarted is not there from the start. */
    private boolean isFirstScan() {
        return !scanned && !local.isOfEarlierTask();
    }

    private boolean isOfFirstScan(FileStat file) {
        return isFirstScan() || missed(file).isPresent();
    }

    private Optional<FileStat> missed(FileStat file) {
        return Optional.ofNullable(missed.get(file.path()))
                .filter(then -> then.key().equals(file.key()) && then.size() <= file.size());
    }

    /** Where the file ended when it was first seen, though it may not have been readable then. */
    private Bookmark end(FileStat file, Finder finder) throws IOException {
        long size = missed(file).map(FileStat::size).orElse(file.size());
        return size == file.size() || file.isGzip()
                ? finder.end(file, entry.encoding())
                : finder.nextLine(file, entry.encoding(), size);
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

    /** The next scan tries again. */
    void couldNotResume(FileStream stream, IOException e) {
        streams.remove(stream.path());
        local.forget(stream);
        owners.remove(streamOf(stream.path()), this);
        resumed = false;
        complain(stream.path(), e);
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

    /**
     * Where to begin a file that no stream is reading under its present name.
     *
     * @param asking the stream that would read it, null for a new one
     * @return empty if it is being read under another name or may be next, has been read, or is a copy of such a file
     */
    Optional<Bookmark> startOf(FileStat file, FileStream asking, Finder finder) throws IOException {
        try {
            if (claims.isBeingCopied(file, asking, finder)) {
                restless = true;
                return Optional.empty();
            }
            return claims.startIn(file, asking, finder);
        } catch (NotGzipException | GivenUpException e) {
            complain(file.path(), e);
            return Optional.empty();
        }
    }

    /** Whether there is a file of this key that would be read as a new one, if nothing were known of it. */
    boolean collects(Path active, FileKey key, Finder finder) {
        try {
            return finder.movedForSure(active, key)
                            .filter(file -> glob.matches(file.path()))
                            .isPresent()
                    || found.values().stream().anyMatch(file -> file.key().equals(key));
        } catch (FileMovedException e) {
            // It is there more likely than not.
            return true;
        }
    }

    private void forgetIdle(NavigableMap<Path, FileStat> found) {
        leftAlone.retainAll(found.keySet());
        missed.keySet().retainAll(found.keySet());
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
