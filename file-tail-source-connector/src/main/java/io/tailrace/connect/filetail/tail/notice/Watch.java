package io.tailrace.connect.filetail.tail.notice;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what happens in directories, through inotify, and is where a task waits for it. What can't be heard of (see {@link
 * #hears}) has to be looked at; and since a file system may keep silent about changes that it ought to tell, so has
 * everything from time to time.
 *
 * <p>Used by one thread, but for {@link #close}, which ends its wait.
 */
public final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /** The kernel holds about a kilobyte for each. */
    private static final int MAX_DIRECTORIES = 4096;

    /** A directory that has told something is asked again after this, so that a busy one doesn't ring without end. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final Optional<WatchService> service;
    private final FileSystemKinds kinds = new FileSystemKinds();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** By the names that entries have for them. */
    private Map<Path, Place> places = new HashMap<>();

    /** By their real paths. */
    private final Map<Path, Watched> watched = new HashMap<>();

    private final Map<WatchKey, Watched> byKey = new HashMap<>();
    private final Deque<Resting> resting = new ArrayDeque<>();
    private final List<WatchKey> signalled = new ArrayList<>();
    private boolean limitReached;

    private Watch(Optional<WatchService> service) {
        this.service = service;
    }

    /** A directory, or a link to a file, and where it really is. */
    private record Place(FileKey key, Path real) {}

    private record Resting(WatchKey key, long sinceNanos) {}

    /** A directory that is watched, under one or several names, and the files in it that links lead to. */
    private static final class Watched {
        final FileKey directory;
        final WatchKey key;
        final Set<Path> names = new HashSet<>();
        final Map<Path, Set<Path>> links = new HashMap<>();
        boolean silent;

        Watched(FileKey directory, WatchKey key) {
            this.directory = directory;
            this.key = key;
        }
    }

    /**
     * Begins to hear, if the system can tell.
     *
     * @return a watch of no directory yet; if the system can't tell, one that never hears anything
     */
    public static Watch start() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            // Elsewhere the JDK looks itself, less often than the tailer does.
            return none();
        }
        try {
            return new Watch(Optional.of(FileSystems.getDefault().newWatchService()));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn(
                    "Files are looked at from time to time, since the kernel can't be asked to tell of changes: {}."
                            + " See fs.inotify.max_user_instances",
                    e.getMessage());
            return none();
        }
    }

    /**
     * A watch that never hears anything.
     *
     * @return only good to wait with
     */
    public static Watch none() {
        return new Watch(Optional.empty());
    }

    /**
     * Sets what is watched from now on.
     *
     * @param directories with their keys, by which it is seen that one has become another
     * @param links symbolic links to files, with the keys of those
     * @return whether directories are among them that were not watched before: what happened there until now was not heard
     */
    public boolean keep(Map<Path, FileKey> directories, Map<Path, FileKey> links) {
        if (service.isEmpty()) {
            return false;
        }
        places = placesOf(directories, links);
        Map<Path, FileKey> needed = new HashMap<>();
        directories.forEach((path, key) -> real(path).ifPresent(real -> needed.put(real, key)));
        links.keySet()
                .forEach(path -> real(path).map(Path::getParent).ifPresent(real -> {
                    if (!needed.containsKey(real)) {
                        keyOf(real).ifPresent(key -> needed.put(real, key));
                    }
                }));
        forgetAllBut(needed);
        boolean more = watchAll(needed);
        watched.values().forEach(each -> {
            each.names.clear();
            each.links.clear();
        });
        directories.keySet().forEach(path -> at(real(path)).ifPresent(each -> each.names.add(path)));
        links.keySet()
                .forEach(path -> at(real(path).map(Path::getParent))
                        .ifPresent(each -> each.links
                                .computeIfAbsent(places.get(path).real().getFileName(), name -> new HashSet<>())
                                .add(path)));
        return more;
    }

    private Map<Path, Place> placesOf(Map<Path, FileKey> directories, Map<Path, FileKey> links) {
        Map<Path, Place> next = new HashMap<>();
        for (Map<Path, FileKey> some : List.of(directories, links)) {
            some.forEach((path, key) -> {
                Place known = places.get(path);
                if (known != null && known.key().equals(key)) {
                    next.put(path, known);
                } else {
                    resolve(path).ifPresent(real -> next.put(path, new Place(key, real)));
                }
            });
        }
        return next;
    }

    private static Optional<Path> resolve(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<FileKey> keyOf(Path directory) {
        try {
            return Optional.of(FileKey.of(Files.readAttributes(directory, BasicFileAttributes.class), false));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> real(Path path) {
        return Optional.ofNullable(places.get(path)).map(Place::real);
    }

    private Optional<Watched> at(Optional<Path> real) {
        return real.map(watched::get);
    }

    /** A directory that was moved away goes on being heard, though it is another one that has its path now. */
    private void forgetAllBut(Map<Path, FileKey> needed) {
        watched.entrySet().removeIf(old -> {
            Watched there = old.getValue();
            return !there.directory.equals(needed.get(old.getKey())) || !there.key.isValid();
        });
        Set<Watched> kept = new HashSet<>(watched.values());
        byKey.values().removeIf(old -> {
            boolean gone = !kept.contains(old);
            if (gone) {
                old.key.cancel();
            }
            return gone;
        });
    }

    private boolean watchAll(Map<Path, FileKey> needed) {
        boolean more = false;
        for (Map.Entry<Path, FileKey> each : needed.entrySet()) {
            Path real = each.getKey();
            if (watched.containsKey(real)) {
                continue;
            }
            if (watched.size() >= MAX_DIRECTORIES) {
                reachLimit("it watches " + MAX_DIRECTORIES + " already");
                break;
            }
            try {
                more |= kinds.isLocal(real) && watch(real, each.getValue());
            } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
                LOG.debug("{} is not watched", real, e);
            } catch (IOException e) {
                reachLimit(e.getMessage());
                break;
            } catch (ClosedWatchServiceException e) {
                break;
            }
        }
        return more;
    }

    /** Of a directory that is mounted at two places the kernel tells under one key. */
    private boolean watch(Path real, FileKey directory) throws IOException {
        WatchKey key = real.register(service.orElseThrow(), ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
        watched.put(real, byKey.computeIfAbsent(key, same -> new Watched(directory, same)));
        return true;
    }

    private void reachLimit(String why) {
        if (!limitReached) {
            limitReached = true;
            LOG.warn(
                    "Some folders are looked at from time to time, since no more can be watched: {}."
                            + " See fs.inotify.max_user_watches",
                    why);
        }
    }

    /**
     * Tells whether a directory is on a file system that only this host writes to.
     *
     * @param directory which one
     * @return false too if that can't be found out
     */
    public boolean isLocal(Path directory) {
        return kinds.isLocal(directory);
    }

    /**
     * Tells whether everything that happens in a directory is going to be heard of.
     *
     * @param path a directory or a link to a file, as given to {@link #keep}
     * @return whether the place that it leads to is watched, and has not been found silent
     */
    public boolean hears(Path path) {
        return watchedAt(path)
                .filter(there -> !there.silent && there.key.isValid())
                .isPresent();
    }

    /**
     * A file has changed of which nothing was heard, so that its directory is not relied on any more.
     *
     * @param path of a directory, or of a link to a file
     * @param file that has changed
     */
    public void wasSilent(Path path, Path file) {
        watchedAt(path).filter(there -> !there.silent).ifPresent(there -> {
            there.silent = true;
            LOG.warn(
                    "Nothing was heard of a change of {}, so its folder is looked at from time to time from now on",
                    file);
        });
    }

    private Optional<Watched> watchedAt(Path path) {
        Optional<Path> real = real(path);
        return at(real).or(() -> at(real.map(Path::getParent)))
                .filter(there -> there.names.contains(path)
                        || there.links
                                .getOrDefault(real.get().getFileName(), Set.of())
                                .contains(path));
    }

    /**
     * Waits until there is news, or this is closed.
     *
     * @param nanos for how long at most
     * @throws InterruptedException if the thread is interrupted
     */
    public void await(long nanos) throws InterruptedException {
        if (service.isEmpty()) {
            closed.await(nanos, NANOSECONDS);
            return;
        }
        long most = resting.isEmpty() ? nanos : Math.min(nanos, REST_NANOS);
        try {
            WatchKey key = service.get().poll(most, NANOSECONDS);
            if (key != null) {
                signalled.add(key);
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("Stopped", e);
        }
    }

    /**
     * Takes the news.
     *
     * @param nowNanos the time, on any monotonic clock
     * @return what has happened since the last call
     */
    public News news(long nowNanos) {
        News news = News.none();
        if (service.isEmpty() || closed.getCount() == 0) {
            return news;
        }
        try {
            while (!resting.isEmpty() && nowNanos - resting.peek().sinceNanos() >= REST_NANOS) {
                wake(resting.poll().key(), news);
            }
            for (WatchKey key = service.get().poll();
                    key != null;
                    key = service.get().poll()) {
                signalled.add(key);
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("Stopped", e);
        }
        for (WatchKey key : signalled) {
            take(key, news);
            resting.add(new Resting(key, nowNanos));
        }
        signalled.clear();
        return news;
    }

    private void wake(WatchKey key, News news) {
        Watched gone = key.reset() ? null : byKey.get(key);
        if (gone != null) {
            miss(gone, news);
        }
    }

    private static void miss(Watched there, News news) {
        news.missed().addAll(there.names);
        there.links.values().forEach(news.moved()::addAll);
    }

    private void take(WatchKey key, News news) {
        List<WatchEvent<?>> events = key.pollEvents();
        Watched there = byKey.get(key);
        if (there == null) {
            return;
        }
        for (WatchEvent<?> event : events) {
            if (event.context() instanceof Path name && !news.isFull()) {
                Set<Path> into = event.kind() == ENTRY_MODIFY ? news.written() : news.moved();
                there.names.forEach(directory -> into.add(directory.resolve(name)));
                into.addAll(there.links.getOrDefault(name, Set.of()));
            } else {
                miss(there, news);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        service.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("The watch can't be closed", e);
            }
        });
    }
}
