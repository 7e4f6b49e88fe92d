package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.Entry.StartPosition;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.scan.Directories;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import io.tailrace.connect.filetail.tail.scan.Glob;
import io.tailrace.connect.filetail.tail.scan.RotatedNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Files of an entry that have no stream yet: goes on in those that an earlier task has read, and begins the others. */
final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private static final int MAX_UNSAVED = 10_000;
    private static final int MAX_UNSAVED_PER_FILE = 4;

    private final EntryTail tail;
    private final Entry entry;
    private final Glob glob;
    private final SavedOffsets offsets;
    private final LocalMemory local;

    /** What was there at the first scan and could not be begun: its end was where it is to be begun. */
    private final Map<Path, FileStat> missed = new TreeMap<>();

    /** Files that are none of this entry's business, which has been said. */
    private final Set<Path> leftAlone = new TreeSet<>();

    /** Paths of which nothing had been saved; asking again would cost a journey to Kafka in every scan. */
    private final Set<Path> unsaved = new HashSet<>();

    private boolean resumed;
    private boolean scanned;

    Discovery(EntryTail tail, Glob glob, SavedOffsets offsets) {
        this.tail = tail;
        this.entry = tail.entry();
        this.glob = glob;
        this.offsets = offsets;
        this.local = tail.local();
    }

    /** Whether all that earlier tasks have read has been gone on with. */
    boolean hasResumed() {
        return resumed;
    }

    /** The next look tries again to go on with what earlier tasks have read. */
    void resumeAgain() {
        resumed = false;
    }

    /**
     * Looks for files that are new.
     *
     * @param found those that match
     */
    void look(NavigableMap<Path, FileStat> found, Directories directories, Finder finder, Now now) {
        discover(asked(found, directories), found, finder, now);
        leftAlone.retainAll(found.keySet());
        missed.keySet().retainAll(found.keySet());
        if (unsaved.size() > MAX_UNSAVED_PER_FILE * found.size() + MAX_UNSAVED) {
            unsaved.clear();
        }
        if (isFirstScan()) {
            local.writeSoon();
        }
        scanned = true;
    }

    /**
     * The paths that earlier tasks may have left offsets for: those of new files; what such a file was called before a
     * rotation gave it its name; and, when the task begins, what any file in the directories was called, since a rotation
     * may just have moved it away.
     */
    private Set<Path> asked(NavigableMap<Path, FileStat> found, Directories directories) {
        Set<Path> asked = new TreeSet<>(found.keySet());
        asked.removeIf(this::hasStream);
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
        new Resumption(tail, finder, now).all(saved);
        asked.removeAll(saved.keySet());
        Set<Path> unresumed = new TreeSet<>(saved.keySet());
        unresumed.removeIf(this::hasStream);
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
                tail.complain(file.path(), e);
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
        Map<Path, Map<String, Object>> ofConnect = offsets.read(asked, tail::streamOf);
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
                .filter(former -> glob.matches(former) && !hasStream(former))
                .toList();
    }

    private boolean hasStream(Path path) {
        return tail.stream(path).isPresent();
    }

    private boolean isOthers(Path path) {
        Optional<EntryTail> other = tail.otherOwner(path);
        other.ifPresent(owner ->
                leaveAlone(path, "the entry " + owner.entry().path() + " has the same id and collects it already"));
        return other.isPresent();
    }

    private void start(FileStat file, Finder finder, Now now) throws IOException {
        boolean atEnd = isOfFirstScan(file) && entry.startPosition() == StartPosition.END;
        if (isTooOld(file, now) && !atEnd) {
            return;
        }
        if (tail.isBeingCompressed(file, now)) {
            return;
        }
        if (!file.isGzip()
                && RotatedNames.isCompressed(file.path().getFileName().toString())) {
            leaveAlone(file.path(), "going by its name it is compressed, and not with gzip");
            return;
        }
        Optional<Bookmark> start = tail.startOf(file, null, finder);
        if (start.isEmpty()) {
            return;
        }
        Bookmark from = atEnd ? end(file, finder) : start.get();
        missed.remove(file.path());
        FileStream stream = tail.add(file.path());
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

    private boolean isTooOld(FileStat file, Now now) {
        return entry.ignoreOlder()
                .map(age -> now.millis() - file.modifiedMillis() > age.toMillis())
                .orElse(false);
    }

    private void leaveAlone(Path path, String reason) {
        if (leftAlone.add(path)) {
            LOG.warn("{} is not read at present: {}", path, reason);
        }
    }
}
