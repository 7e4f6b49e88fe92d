package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import io.tailrace.connect.filetail.tail.read.FileOpener;
import io.tailrace.connect.filetail.tail.read.Opener;
import io.tailrace.connect.filetail.tail.read.Window;
import io.tailrace.connect.filetail.tail.scan.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
    private static final Logger LOG = LoggerFactory.getLogger(Tailer.class);

    /** Between two scans that streams asked for. */
    private static final long MIN_SCAN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Lines that give no records don't fill a batch, and Connect stops a task only between polls. */
    private static final long MAX_BYTES_PER_POLL = 16 * 1024 * 1024;

    private final TailSettings settings;
    private final OpenFiles files;
    private final Counts counts = new Counts();
    private final List<EntryTail> entries = new ArrayList<>();
    private List<FileStream> ring = List.of();
    private int turn;
    private long quantumLeft;
    private long scannedNanos;
    private boolean scanned;
    private boolean scanWanted;
    private final Troubles troubles = new Troubles();

    /**
     * Makes a tailer. It touches no file before the first poll.
     *
     * @param entries what to collect
     * @param settings how
     * @param offsets where earlier tasks left off
     * @param now the time
     */
    public Tailer(List<Entry> entries, TailSettings settings, OffsetStorageReader offsets, Now now) {
        this(entries, settings, new FileOpener(settings.allowed()), offsets, now);
    }

    /** The same with files that are opened in another way. */
    Tailer(List<Entry> entries, TailSettings settings, Opener opener, OffsetStorageReader offsets, Now now) {
        this.settings = settings;
        this.files = new OpenFiles(opener, new Window(settings.readBufferBytes()), settings.openFilesMax());
        SavedOffsets saved = new SavedOffsets(offsets);
        Map<String, EntryTail> owners = new HashMap<>();
        for (Entry entry : entries) {
            this.entries.add(new EntryTail(entry, settings, files, saved, owners, counts, troubles, now));
        }
        this.quantumLeft = settings.readBufferBytes();
    }

    /**
     * Takes the lines that are there.
     *
     * @param now the time
     * @return their records, none if there are none
     */
    public List<SourceRecord> poll(Now now) {
        if (scanIsDue(now)) {
            scan(now);
        }
        Batch batch = new Batch(settings.batchMaxRecords(), settings.batchMaxBytes());
        int withoutNews = 0;
        long left = MAX_BYTES_PER_POLL;
        while (!batch.isFull() && withoutNews < ring.size() && left > 0) {
            FileStream stream = ring.get(turn);
            long read = stream.read(batch, now, quantumLeft);
            scanWanted |= stream.needsScan();
            quantumLeft -= read;
            left -= read;
            withoutNews = read == 0 ? withoutNews + 1 : 0;
            if (read == 0 || quantumLeft <= 0) {
                nextTurn();
            }
        }
        return batch.records();
    }

    private void nextTurn() {
        turn = (turn + 1) % ring.size();
        quantumLeft = settings.readBufferBytes();
    }

    /**
     * How long nothing is going to happen, as far as one can tell without looking.
     *
     * @param now the time
     * @return nanoseconds until the next poll is worth it, at least 0
     */
    public long waitNanos(Now now) {
        long due = scannedNanos + settings.scanInterval().toNanos();
        if (scanWanted) {
            due = scannedNanos + MIN_SCAN_NANOS;
        }
        for (FileStream stream : ring) {
            due = Math.min(due, stream.dueNanos());
        }
        return Math.max(0, due - now.nanos());
    }

    /**
     * How far it has got. Costs as much as there are streams, so ask every second rather than every poll.
     *
     * @param now the time
     * @return an immutable snapshot; for other threads there is {@link
     *     io.tailrace.connect.filetail.tail.measure.ProgressFeed}
     */
    public Progress progress(Now now) {
        List<StreamProgress> streams = ring.stream()
                .map(stream -> stream.progress(now))
                .flatMap(Optional::stream)
                .toList();
        Map<Path, String> unreadable = new TreeMap<>(troubles.all());
        streams.forEach(stream -> stream.error().ifPresent(error -> unreadable.put(stream.path(), error)));
        Map<Path, String> some = unreadable.entrySet().stream()
                .limit(Progress.MAX_UNREADABLE)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
        return new Progress(
                now.millis(),
                streams,
                counts.tally(),
                files.count(),
                Collections.unmodifiableMap(some),
                unreadable.size());
    }

    private boolean scanIsDue(Now now) {
        long interval = scanWanted ? MIN_SCAN_NANOS : settings.scanInterval().toNanos();
        return !scanned || now.nanos() - scannedNanos >= interval;
    }

    private void scan(Now now) {
        Directories directories = new Directories();
        List<FileStream> streams = new ArrayList<>();
        for (EntryTail entry : entries) {
            entry.scan(directories, now);
            streams.addAll(entry.streams());
        }
        ring = streams;
        turn = ring.isEmpty() ? 0 : turn % ring.size();
        scannedNanos = now.nanos();
        scanned = true;
        scanWanted = false;
    }

    @Override
    public void close() {
        entries.forEach(EntryTail::close);
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("A file could not be closed: {}", e.toString());
        }
    }
}
