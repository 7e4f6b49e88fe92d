package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.join.EventRoom;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import io.tailrace.connect.filetail.tail.notice.News;
import io.tailrace.connect.filetail.tail.notice.Watch;
import io.tailrace.connect.filetail.tail.read.FileOpener;
import io.tailrace.connect.filetail.tail.read.Opener;
import io.tailrace.connect.filetail.tail.read.Window;
import io.tailrace.connect.filetail.tail.scan.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails the files of a task's entries. Streams take turns, each with so many bytes, so that neither a hot nor a limited
 * one delays another. Used by one thread; it never waits, and says how long its caller may.
 */
public final class Tailer implements AutoCloseable {
    /** Memory for lines that wait for others of their event. */
    private static final long MAX_EVENT_BYTES = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Tailer.class);

    private final TailSettings settings;
    private final OpenFiles files;
    private final Counts counts = new Counts();
    private final List<Lookout> lookouts = new ArrayList<>();
    private final Watch watch;
    private final Turns turns;
    private final Map<FileStream, Optional<StreamProgress>> progress = new LinkedHashMap<>();

    /** What {@link #progress} last said of the streams, and whether it stays so until one of them has a turn. */
    private List<StreamProgress> told = List.of();

    private boolean settled;
    private final Troubles troubles = new Troubles();

    /**
     * Makes a tailer. It touches no file before the first poll.
     *
     * @param entries what to collect
     * @param settings how
     * @param offsets where earlier tasks left off
     * @param watch hears what happens to files; whoever made it closes it
     * @param now the time
     */
    public Tailer(List<Entry> entries, TailSettings settings, OffsetStorageReader offsets, Watch watch, Now now) {
        this(entries, settings, new FileOpener(settings.allowed()), offsets, watch, Lookout.Rounds.USUAL, now);
    }

    /** The same with files that are opened, and looked at, in another way. */
    Tailer(
            List<Entry> entries,
            TailSettings settings,
            Opener opener,
            OffsetStorageReader offsets,
            Watch watch,
            Lookout.Rounds rounds,
            Now now) {
        this.settings = settings;
        Window window = new Window(settings.readBufferBytes());
        this.files = new OpenFiles(opener, window, new EventRoom(MAX_EVENT_BYTES), settings.openFilesMax());
        SavedOffsets saved = new SavedOffsets(offsets);
        Map<String, EntryTail> owners = new HashMap<>();
        for (Entry entry : entries) {
            EntryTail tail = new EntryTail(entry, settings, files, saved, owners, counts, troubles, now);
            lookouts.add(new Lookout(tail, watch, settings.scanInterval(), rounds));
        }
        this.watch = watch;
        this.turns = new Turns(settings.readBufferBytes());
    }

    /**
     * Takes the lines that are there.
     *
     * @param now the time
     * @return their records, none if there are none
     */
    public List<SourceRecord> poll(Now now) {
        hear(now);
        lookouts.forEach(lookout -> lookout.look(now).forEach(turns::add));
        scan(now);
        Batch batch = new Batch(settings.batchMaxRecords(), settings.batchMaxBytes());
        Set<EntryTail> stuck =
                turns.read(batch, now).stream().map(FileStream::owner).collect(Collectors.toSet());
        for (Lookout lookout : lookouts) {
            if (stuck.contains(lookout.tail())) {
                lookout.wantScan();
            }
            lookout.tail().local().write(now);
        }
        return batch.records();
    }

    private void hear(Now now) {
        News news = watch.news(now.nanos());
        for (Lookout lookout : lookouts) {
            news.missed().forEach(lookout::missed);
            news.moved().forEach(lookout::moved);
            news.written().forEach(path -> lookout.written(path, now).ifPresent(turns::add));
        }
    }

    private void scan(Now now) {
        List<Lookout> due =
                lookouts.stream().filter(lookout -> lookout.scanIsDue(now)).toList();
        if (due.isEmpty()) {
            return;
        }
        Directories directories = new Directories();
        for (Lookout lookout : due) {
            lookout.scan(directories, now);
        }
        letNewOnesGoFirst(due);
        settled = false;
        progress.clear();
        lookouts.forEach(each -> each.tail().streams().forEach(stream -> progress.put(stream, Optional.empty())));
        Map<Path, FileKey> watching = new HashMap<>();
        Map<Path, FileKey> links = new HashMap<>();
        for (Lookout lookout : lookouts) {
            watching.putAll(lookout.directories());
            links.putAll(lookout.links());
        }
        boolean more = watch.keep(watching, links);
        due.forEach(lookout -> lookout.watched(more));
    }

    /** Who has just put a file on the list looks for its lines, even where others have more to be read than a poll takes. */
    private void letNewOnesGoFirst(List<Lookout> due) {
        List<FileStream> streams =
                due.stream().flatMap(each -> each.tail().streams().stream()).toList();
        streams.stream().filter(FileStream::isNew).forEach(turns::add);
        streams.forEach(turns::add);
    }

    /**
     * How long nothing is going to happen, as far as one can tell without looking.
     *
     * @param now the time
     * @return nanoseconds until the next poll is worth it, at least 0
     */
    public long waitNanos(Now now) {
        long due = turns.dueNanos();
        for (Lookout lookout : lookouts) {
            due = Math.min(due, lookout.dueNanos());
        }
        return Math.max(0, due - now.nanos());
    }

    /**
     * How far it has got. Looks anew only at streams that have had a turn since it was last asked.
     *
     * @param now the time
     * @return an immutable snapshot; for other threads there is {@link
     *     io.tailrace.connect.filetail.tail.measure.ProgressFeed}
     */
    public Progress progress(Now now) {
        Set<FileStream> recent = turns.takeRecent();
        if (!settled || !recent.isEmpty()) {
            recent.forEach(stream -> progress.put(stream, Optional.empty()));
            progress.replaceAll((stream, known) -> known.filter(Tailer::isDone).or(() -> stream.progress(now)));
            told = progress.values().stream().flatMap(Optional::stream).toList();
            settled = told.size() == progress.size() && told.stream().allMatch(Tailer::isDone);
        }
        Map<Path, String> unreadable = new TreeMap<>(troubles.all());
        if (!settled) {
            told.forEach(stream -> stream.error().ifPresent(error -> unreadable.put(stream.path(), error)));
        }
        Map<Path, String> some = unreadable.entrySet().stream()
                .limit(Progress.MAX_UNREADABLE)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
        return new Progress(
                now.millis(),
                told,
                counts.tally(),
                files.count(),
                Collections.unmodifiableMap(some),
                unreadable.size());
    }

    private static boolean isDone(StreamProgress stream) {
        return stream.lagBytes() == 0 && stream.error().isEmpty();
    }

    @Override
    public void close() {
        lookouts.forEach(lookout -> lookout.tail().close());
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("A file could not be closed: {}", e.toString());
        }
    }
}
