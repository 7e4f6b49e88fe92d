package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.notice.Watch;
import io.tailrace.connect.filetail.tail.scan.Directories;
import io.tailrace.connect.filetail.tail.scan.DirectoryStamp;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that an entry notices what happens to its files, as cheaply as can be: it scans them all when a file has come
 * or gone, and else looks only at those of which something was heard, or was found on its rounds. A round goes past every
 * file, a few in each poll: in a scan interval if some folder isn't heard, else rarely, in case a watch is silent.
 */
final class Lookout {
    /** Files of one leg of a round; looking at them takes about a millisecond. */
    private static final int LEG_FILES = 500;

    /** Scans that are asked for come no closer than this, and the further apart the more files there are. */
    private static final long MIN_SCAN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long SCAN_NANOS_PER_FILE = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long RESTLESS_NANOS_PER_FILE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_RESTLESS_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** After this time it ought to have been heard of a change. */
    private static final long HEARD_AFTER_MILLIS = 3000;

    /** A file can be written to again without a change of its time stamp while that is as young as this. */
    private static final long YOUNG_MILLIS = 2000;

    private final EntryTail tail;
    private final Watch watch;
    private final long intervalNanos;
    private final Rounds rounds;

    /** What the last scan saw. */
    private NavigableMap<Path, FileStat> seen = new TreeMap<>();

    private Map<Path, Optional<DirectoryStamp>> directories = Map.of();
    private Map<Path, FileKey> links = new HashMap<>();

    private final Set<Path> rung = new LinkedHashSet<>();
    private boolean scanned;
    private boolean scanWanted;
    private boolean restless;
    private boolean foreign;
    private boolean heard;
    private boolean heardSinceScan;
    private long scannedMillis;
    private long scannedNanos;
    private long checkedNanos;
    private long leggedNanos;
    private Path roundAt;

    Lookout(EntryTail tail, Watch watch, Duration interval, Rounds rounds) {
        this.tail = tail;
        this.watch = watch;
        this.intervalNanos = interval.toNanos();
        this.rounds = rounds;
    }

    /**
     * How often one looks where everything is heard, in case the watch is silent.
     *
     * @param roundNanos at every file that is known
     * @param scanNanos for files that aren't
     */
    record Rounds(long roundNanos, long scanNanos) {
        static final Rounds USUAL = new Rounds(TimeUnit.SECONDS.toNanos(15), TimeUnit.SECONDS.toNanos(60));
    }

    EntryTail tail() {
        return tail;
    }

    /** The directories that matter, with their keys. */
    Map<Path, FileKey> directories() {
        Map<Path, FileKey> keys = new HashMap<>();
        directories.forEach((path, stamp) -> stamp.ifPresent(there -> keys.put(path, there.key())));
        return keys;
    }

    /** The symbolic links among the files. */
    Map<Path, FileKey> links() {
        return links;
    }

    /** Something has happened that needs a scan. */
    void wantScan() {
        scanWanted = true;
    }

    /** A file came or went. */
    void moved(Path path) {
        scanWanted |= directories.containsKey(path) || tail.stream(path).isPresent() || tail.wants(path);
    }

    /** More happened in a directory than could be told. */
    void missed(Path directory) {
        scanWanted |= directories.containsKey(directory);
    }

    /** A file was written to; gives the stream that reads it. */
    Optional<FileStream> written(Path path, Now now) {
        Optional<FileStream> stream = tail.stream(path);
        if (stream.isPresent() || seen.containsKey(path)) {
            rung.add(path);
            stream.ifPresent(there -> there.ring(now));
        } else {
            scanWanted |= tail.wants(path);
        }
        return stream;
    }

    boolean scanIsDue(Now now) {
        return !scanned || now.nanos() >= scanDueNanos();
    }

    private long scanDueNanos() {
        if (scanWanted) {
            long apart = Math.max(MIN_SCAN_NANOS, seen.size() * SCAN_NANOS_PER_FILE);
            return scannedNanos + Math.min(apart, intervalNanos);
        }
        if (foreign) {
            return scannedNanos + intervalNanos;
        }
        return scannedNanos + Math.max(intervalNanos, restless ? restlessNanos() : rounds.scanNanos());
    }

    /** What waits for something that nothing tells of must not make many files expensive. */
    private long restlessNanos() {
        return Math.min(MAX_RESTLESS_NANOS, seen.size() * RESTLESS_NANOS_PER_FILE);
    }

    /** When there is something to do, on the monotonic clock. */
    long dueNanos() {
        long leg = seen.isEmpty()
                ? Long.MAX_VALUE
                : leggedNanos + roundNanos() / seen.size() * Math.min(seen.size(), LEG_FILES);
        return Math.min(scanDueNanos(), Math.min(checkedNanos + intervalNanos, leg));
    }

    private long roundNanos() {
        return heard ? Math.max(intervalNanos, rounds.roundNanos()) : intervalNanos;
    }

    /** Looks at everything. */
    void scan(Directories looked, Now now) {
        scanWanted = false;
        heardSinceScan = heard;
        NavigableMap<Path, FileStat> found = tail.scan(looked, now);
        links = linksOf(found);
        ringChanged(found, now);
        seen = found;
        directories = new HashMap<>();
        tail.directories(looked).forEach(path -> directories.put(path, looked.stamp(path)));
        foreign = directories.entrySet().stream()
                .anyMatch(each -> each.getValue().isPresent() && !watch.isLocal(each.getKey()));
        restless = tail.isRestless() || looked.isTroubled();
        rung.clear();
        roundAt = null;
        scanned = true;
        scannedMillis = now.millis();
        scannedNanos = now.nanos();
        checkedNanos = now.nanos();
        leggedNanos = now.nanos();
    }

    /** A file can have grown since it was read, and have the time stamp that it had before. */
    private void ringChanged(NavigableMap<Path, FileStat> found, Now now) {
        found.forEach((path, file) -> {
            if (!file.equals(seen.get(path))) {
                tail.stream(path).ifPresent(stream -> stream.ring(now));
            }
        });
    }

    private Map<Path, FileKey> linksOf(NavigableMap<Path, FileStat> found) {
        Map<Path, FileKey> next = new HashMap<>();
        found.forEach((path, file) -> {
            FileStat before = seen.get(path);
            boolean known = before != null && before.key().equals(file.key());
            if (known ? links.containsKey(path) : Files.isSymbolicLink(path)) {
                next.put(path, file.key());
            }
        });
        return next;
    }

    /** The watch has been set anew; what was not watched until now may have changed in the meantime. */
    void watched(boolean more) {
        scanWanted |= more;
        listen();
    }

    private void listen() {
        heard = !foreign
                && directories.entrySet().stream()
                        .allMatch(each -> each.getValue().isEmpty() || watch.hears(each.getKey()))
                && links.keySet().stream().allMatch(watch::hears);
        tail.hears(heard);
    }

    /**
     * Looks at what has been heard of, at the folders, and at some of the files.
     *
     * @return streams that may have something to read now
     */
    List<FileStream> look(Now now) {
        long count = legFiles(now);
        boolean check = now.nanos() - checkedNanos >= intervalNanos;
        if (count == 0 && !check) {
            return List.of();
        }
        List<FileStream> news = new ArrayList<>();
        Directories fresh = new Directories();
        if (count > 0) {
            leggedNanos = now.nanos();
            goRound(count, fresh, now, news);
        }
        if (check) {
            checkedNanos = now.nanos();
            listen();
            checkDirectories();
            checkLinks();
            Collection<Path> paths = List.copyOf(rung);
            rung.clear();
            paths.forEach(path -> lookAt(path, fresh, now, news));
        }
        return news;
    }

    /** How many files are due on the round; 0 as long as it's not worth while. */
    private long legFiles(Now now) {
        double rounds = (double) (now.nanos() - leggedNanos) / roundNanos();
        long files = (long) Math.min(seen.size(), rounds * seen.size());
        return files >= Math.min(seen.size(), LEG_FILES) ? files : 0;
    }

    private void checkDirectories() {
        directories.forEach((path, stamp) -> {
            boolean mayHaveChanged = stamp.isPresent() && stamp.get().isYoung(scannedMillis);
            scanWanted |= mayHaveChanged || !DirectoryStamp.of(path).equals(stamp);
        });
    }

    /** Of a link on the way to where a link leads nothing is heard. */
    private void checkLinks() {
        for (Map.Entry<Path, FileKey> link : links.entrySet()) {
            scanWanted |= stat(link.getKey())
                    .filter(file -> file.key().equals(link.getValue()))
                    .isEmpty();
        }
    }

    private void goRound(long count, Directories fresh, Now now, List<FileStream> news) {
        for (long i = 0; i < count && !scanWanted; i++) {
            Path next = roundAt == null ? null : seen.higherKey(roundAt);
            roundAt = next == null ? seen.firstKey() : next;
            FileStat before = seen.get(roundAt);
            Optional<FileStat> there = stat(roundAt);
            boolean young =
                    there.isPresent() && Math.abs(now.millis() - there.get().modifiedMillis()) < YOUNG_MILLIS;
            boolean changed = !there.equals(Optional.of(before));
            if (changed && !young) {
                suspectSilence(before, there, now);
            }
            if (changed || young) {
                lookAt(roundAt, fresh, now, news);
            }
        }
    }

    private void suspectSilence(FileStat before, Optional<FileStat> there, Now now) {
        Path path = before.path();
        boolean ought = heardSinceScan && heard && !rung.contains(path);
        boolean longAgo = there.isPresent() && now.millis() - there.get().modifiedMillis() > HEARD_AFTER_MILLIS;
        if (ought && longAgo) {
            watch.wasSilent(links.containsKey(path) ? path : path.getParent(), path);
            listen();
        }
    }

    private void lookAt(Path path, Directories fresh, Now now, List<FileStream> news) {
        Optional<FileStream> stream = tail.stream(path);
        Optional<FileStat> there = stat(path);
        FileStat before = seen.get(path);
        boolean same = before != null && there.isPresent() && there.get().key().equals(before.key());
        if (stream.isEmpty() || !same) {
            scanWanted |= !there.equals(Optional.ofNullable(before));
            return;
        }
        if (!there.get().equals(before)) {
            seen.put(path, there.get());
            stream.get().ring(now);
        }
        scanWanted |= tail.look(stream.get(), there.get(), fresh, now);
        news.add(stream.get());
    }

    private static Optional<FileStat> stat(Path path) {
        try {
            return FileStat.of(path);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
