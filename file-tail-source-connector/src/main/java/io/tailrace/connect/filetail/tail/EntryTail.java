package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.filter.LineFilter;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One entry: finds its files, keeps a stream for each, and sees to it that no file is read by two of them. */
final class EntryTail {
    /** Streams without a file that are remembered, for their generation numbers and finished files. */
    private static final int MAX_IDLE_STREAMS = 10_000;

    private final Entry entry;
    private final Glob glob;
    private final PatternCost cost;
    private final LineFilter filter;
    private final RateLimit limit;
    private final TailSettings settings;
    private final OpenFiles files;
    private final Counts counts;

    /** Which entry of the task has which stream. */
    private final Map<String, EntryTail> owners;

    private final LocalMemory local;
    private final NavigableMap<Path, FileStream> streams = new TreeMap<>();
    private final Claims claims = new Claims(streams);
    private final Troubles troubles;

    /** What this scan could not read, apart from files that have a stream. */
    private final Map<Path, String> unreadable = new TreeMap<>();

    private final HomeFolder folder;
    private final Discovery discovery;
    private NavigableMap<Path, FileStat> found = new TreeMap<>();
    private FileStream decompressing;

    private final Patience patience = new Patience();
    private final Seek seek = new Seek(Seek.STEP_BYTES);
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
        this.local = new LocalMemory(new LocalPositions(settings.state(), LocalPositions.name(settings.name(), entry)));
        this.discovery = new Discovery(this, glob, offsets);
    }

    /** Remembers how far its streams have got. */
    void close() {
        seek.close();
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
        seek.nextScan();
        Finder finder = finder(directories, now);
        unreadable.clear();
        claims.takeStock();
        for (FileStream stream : streams.values()) {
            Optional<FileStat> there = finder.at(stream.path());
            if (there.isEmpty()) {
                directories.expectFile(stream.path(), true);
            }
            stream.observe(there, finder, now);
        }
        discovery.look(found, directories, finder, now);
        forgetIdle(found);
        folder.look().ifPresent(problem -> unreadable.put(glob.folder(), problem));
        troubles.replace(this, unreadable(directories));
        restless |= !unreadable.isEmpty();
        restless |= !discovery.hasResumed() || streams.values().stream().anyMatch(stream -> !stream.isSettled());
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
        stream.observe(Optional.of(there), finder(directories, now), now);
        return restless || !stream.isSettled();
    }

    private Finder finder(Directories directories, Now now) {
        return new Finder(directories, files.opener(), patience, seek, now, settings.rotateWait());
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

    String streamOf(Path path) {
        return RecordMaker.stream(settings.host().id(), entry.id(), path);
    }

    /** Makes a stream, which has no file yet. */
    FileStream add(Path path) {
        owners.put(streamOf(path), this);
        FileStream stream = new FileStream(path, this, files, settings);
        streams.put(path, stream);
        return stream;
    }

    /** When gzip is done, it gives the file the time stamp of what it has compressed. */
    boolean isBeingCompressed(FileStat file, Now now) {
        long age = now.millis() - file.modifiedMillis();
        boolean young = file.isGzip() && age >= 0 && age < settings.rotateWait().toMillis();
        // Nothing need happen to it any more.
        restless |= young;
        return young;
    }

    /** A stream's file can't be looked at, so that nothing is known of it yet. */
    void couldNotResume(FileStream stream, IOException e) {
        streams.remove(stream.path());
        local.forget(stream);
        owners.remove(streamOf(stream.path()), this);
        discovery.resumeAgain();
        complain(stream.path(), e);
    }

    /** Another entry of the same id that has a file of that name, so that both would save positions under one name. */
    Optional<EntryTail> otherOwner(Path path) {
        return Optional.ofNullable(owners.get(streamOf(path))).filter(other -> !other.equals(this));
    }

    /** The next scan tries again. */
    void complain(Path path, IOException e) {
        restless = true;
        if (!(e instanceof NotYetException)) {
            counts.one(Count.READ_ERRORS);
            unreadable.put(path, e.toString());
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
        if (streams.size() > found.size() + MAX_IDLE_STREAMS) {
            streams.entrySet().removeIf(each -> each.getValue().isIdle() && !found.containsKey(each.getKey()));
            local.forgetAllBut(streams);
            owners.values().removeIf(this::equals);
            streams.keySet().forEach(path -> owners.put(streamOf(path), this));
        }
    }
}
