package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.tail.local.LocalPositions;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.notice.Watch;
import io.tailrace.connect.filetail.tail.read.FileOpener;
import io.tailrace.connect.filetail.tail.read.Opener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A tailer on real files with a monotonic clock of its own, and with offsets that are kept as Connect keeps them. */
final class Rig implements AutoCloseable {
    static final Duration ROTATE_WAIT = Duration.ofSeconds(5);
    static final int OPEN_FILES_MAX = 16;

    private final List<Entry> entries;
    private final TailSettings settings;
    private final Opener opener;
    private final Map<Map<String, ?>, Map<String, Object>> committed = new HashMap<>();
    private final List<SourceRecord> uncommitted = new ArrayList<>();
    private final List<SourceRecord> received = new ArrayList<>();
    private Path stateFolder;
    private long aheadNanos;
    private long aheadMillis;
    private Optional<Now> stopped = Optional.empty();
    private Lookout.Rounds rounds = Lookout.Rounds.USUAL;
    private Tailer tailer;
    private Watch watch;
    private boolean watching;

    Rig(Entry... entries) {
        this(settings -> settings, entries);
    }

    Rig(UnaryOperator<RigSettings> change, Entry... entries) {
        this(change, opener -> opener, entries);
    }

    /** Files are opened as the second change says. */
    Rig(UnaryOperator<RigSettings> change, UnaryOperator<Opener> openerChange, Entry... entries) {
        this.entries = List.of(entries);
        this.settings = change.apply(new RigSettings()).with(state());
        this.opener = openerChange.apply(new FileOpener(settings.allowed()));
        start();
    }

    /** Starts anew, and from now on hears of changes. */
    Rig watching() {
        stop();
        watching = true;
        start();
        return this;
    }

    /**
     * Starts anew, and from now on hears of changes, and takes what it doesn't hear of for unchanged: all time stamps are
     * old, and there are no rounds.
     */
    Rig relyingOnWhatItHears() {
        aheadMillis = 4000;
        rounds = new Lookout.Rounds(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
        return watching();
    }

    /** An entry as operators write it, with these members beside its path and topic. */
    static Entry entry(Object path, String... members) {
        String json = "[{\"path\":\"" + path + "\",\"topic\":\"topic\""
                + Stream.of(members)
                        .map(member -> "," + member.replace('\'', '"'))
                        .collect(Collectors.joining())
                + "}]";
        return EntriesJson.parse(json, "the test").get(0);
    }

    private StateDir state() {
        try {
            stateFolder = Files.createTempDirectory("rig-state-");
            return StateDir.open(stateFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start() {
        watch = watching ? Watch.start() : Watch.none();
        tailer = new Tailer(entries, settings, opener, new Offsets(), watch, rounds, now());
    }

    Now now() {
        Now now = stopped.orElseGet(Now::get);
        return new Now(now.nanos() + aheadNanos, now.millis() + aheadMillis);
    }

    /** Starts anew, and from now on time passes only as it is told to, so that what depends on it is exact. */
    Rig withClockStopped() {
        stopped = Optional.of(now());
        return crash();
    }

    void pass(Duration time) {
        aheadNanos += time.toNanos();
    }

    /** On the clock on the wall, so that files are older. */
    void age(Duration time) {
        aheadMillis += time.toMillis();
    }

    /** One poll, before any time has passed but real time. */
    Rig pollNow() {
        awaitNews();
        List<SourceRecord> records = tailer.poll(now());
        received.addAll(records);
        uncommitted.addAll(records);
        return this;
    }

    private void awaitNews() {
        try {
            watch.await(watching ? 500_000 : 0);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One poll, after a scan interval. */
    Rig poll() {
        pass(settings.scanInterval());
        return pollAtOnce();
    }

    /** One poll, in which no scan is due unless a stream has asked for one. */
    Rig pollAtOnce() {
        pass(Duration.ofMillis(60));
        return pollNow();
    }

    /** Polls until nothing comes for long enough that every rotated file has been left. */
    Rig drain() {
        for (int quiet = 0; quiet < 60; ) {
            int before = received.size();
            poll();
            quiet = received.size() == before ? quiet + 1 : 0;
        }
        return this;
    }

    Rig commit() {
        for (SourceRecord record : uncommitted) {
            committed.put(record.sourcePartition(), new HashMap<>(record.sourceOffset()));
        }
        uncommitted.clear();
        return this;
    }

    /** Stops as Connect does, with everything committed, and starts again. */
    Rig restart() {
        commit();
        return crash();
    }

    /** Forgets what wasn't committed, and starts again. */
    Rig crash() {
        stop();
        start();
        return this;
    }

    /** Ends as by SIGKILL, so that nothing is written on the way out, and starts again. */
    Rig kill() {
        Map<Path, byte[]> remembered = state(Files::readAllBytes);
        stop();
        try {
            for (Path file : state(path -> path).keySet()) {
                Files.delete(file);
            }
            for (Map.Entry<Path, byte[]> file : remembered.entrySet()) {
                Files.write(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
        return this;
    }

    private interface Look<T> {
        T at(Path file) throws IOException;
    }

    private <T> Map<Path, T> state(Look<T> look) {
        try (Stream<Path> files = Files.list(stateFolder)) {
            Map<Path, T> seen = new HashMap<>();
            for (Path file : files.toList()) {
                seen.put(file, look.at(file));
            }
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rig stop() {
        tailer.close();
        watch.close();
        uncommitted.clear();
        return this;
    }

    /** Changes whenever the tailer writes about itself, be it the same again. */
    Map<Path, String> stampsOfState() {
        return state(file -> {
            BasicFileAttributes stamp = Files.readAttributes(file, BasicFileAttributes.class);
            return stamp.fileKey() + " " + stamp.lastModifiedTime() + " " + stamp.size();
        });
    }

    /** What the tailer has written about itself. */
    String filesOfState() {
        try (Stream<Path> files = Files.list(stateFolder)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the offset of a stream, as {@code DELETE …/offsets} does while the tasks are stopped. */
    Rig reset(String stream) {
        return alter(Collections.singletonMap(stream, null));
    }

    /** Sets offsets of streams, null for none, as {@code PATCH …/offsets} does while the tasks are stopped. */
    Rig alter(Map<String, Map<String, Object>> offsets) {
        stop();
        offsets.forEach((stream, offset) -> committed.put(Map.of("stream", stream), offset));
        try {
            LocalPositions.forget(settings.state(), settings.name(), offsets.keySet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
        return this;
    }

    Rig put(Map<String, ?> partition, Map<String, Object> offset) {
        committed.put(partition, offset);
        return this;
    }

    long waitNanos() {
        return tailer.waitNanos(now());
    }

    Progress progress() {
        return tailer.progress(now());
    }

    List<SourceRecord> records() {
        return received;
    }

    List<String> lines() {
        return received.stream()
                .map(record -> new String((byte[]) record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The lines since this was last asked. */
    List<String> newLines() {
        List<String> lines = lines();
        received.clear();
        return lines;
    }

    /** As somebody does who tidies up. */
    void removeState() {
        try (Stream<Path> files = Files.walk(stateFolder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        removeState();
    }

    private final class Offsets implements OffsetStorageReader {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return committed.get(partition);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
            partitions.forEach(partition -> found.put(partition, committed.get(partition)));
            return found;
        }
    }
}
