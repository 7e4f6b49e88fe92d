package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.join.EventRoom;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.LineReader;
import io.tailrace.connect.filetail.tail.read.Opener;
import io.tailrace.connect.filetail.tail.read.Window;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a task keeps open, at most so many: when one more is wanted, the one that was used longest ago is
 * closed. Its stream opens it again when it has its turn, so none is starved. They share the memory that is needed to read
 * them.
 *
 * <p>What could not be opened again, since it was removed, stays open until it has been read. A compressed file has to be
 * read from its beginning when it is opened again, and stays open until it has got on by as much. If all are such, further
 * ones wait.
 */
final class OpenFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private final Opener opener;
    private final Window window;
    private final EventRoom events;
    private final int max;
    private final Map<FileStream, Open> open = new LinkedHashMap<>(16, 0.75f, true);
    private boolean crowded;

    OpenFiles(Opener opener, Window window, EventRoom events, int max) {
        this.events = events;
        this.opener = opener;
        this.window = window;
        this.max = max;
    }

    /**
     * An open file.
     *
     * @param from where reading went on when it was opened
     */
    private record Open(LineReader reader, Content content, long from) {
        boolean hasPaidOff() {
            return reader.position() - from >= Math.max(1, from);
        }

        boolean isPlain() {
            return !content.isSequential();
        }

        boolean isAtEnd() {
            try {
                return isPlain() && content.size() <= reader.position();
            } catch (IOException e) {
                // Nobody can tell, so it is kept until its stream comes to it.
                return false;
            }
        }
    }

    /** How many are open. */
    int count() {
        return open.size();
    }

    /** The memory for events that are under way. */
    EventRoom events() {
        return events;
    }

    Opener opener() {
        return opener;
    }

    /** The reader of a stream's open file; asking for it counts as use. */
    Optional<LineReader> reader(FileStream stream) {
        return Optional.ofNullable(open.get(stream)).map(Open::reader);
    }

    /** What a stream's open file holds. */
    Optional<Content> content(FileStream stream) {
        return Optional.ofNullable(open.get(stream)).map(Open::content);
    }

    /**
     * Opens a stream's file.
     *
     * @return its reader, empty if another file is there now, or none of those that are open can be spared
     */
    Optional<LineReader> open(FileStream stream, Path path, Entry entry, Bookmark at) throws IOException {
        Opener.Opened opened = opener.open(path);
        if (!opened.key().equals(at.key()) || !makeRoom()) {
            opened.content().close();
            return Optional.empty();
        }
        LineReader reader = new LineReader(opened.content(), window, entry.encoding(), entry.maxLineBytes(), at);
        open.put(stream, new Open(reader, opened.content(), at.position()));
        return Optional.of(reader);
    }

    private boolean makeRoom() throws IOException {
        if (open.size() < max) {
            return true;
        }
        Optional<FileStream> spared = spared();
        if (spared.isPresent()) {
            Open closing = open.remove(spared.get());
            spared.get().makeRoom(closing.reader().bookmark());
            closing.content().close();
        } else if (!crowded) {
            LOG.warn("All {} files that may be open (open.files.max) were removed or are compressed; others wait", max);
        }
        crowded = spared.isEmpty();
        return !crowded;
    }

    /** The one that can be closed at the least cost; empty if lines would be lost, or no file get on. */
    private Optional<FileStream> spared() {
        return first((stream, file) -> file.isPlain() && canBeOpenedAgain(stream, file))
                .or(() -> first((stream, file) -> file.hasPaidOff() && canBeOpenedAgain(stream, file)))
                .or(() -> first((stream, file) -> file.isAtEnd()));
    }

    private Optional<FileStream> first(BiPredicate<FileStream, Open> test) {
        return open.entrySet().stream()
                .filter(each -> test.test(each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean canBeOpenedAgain(FileStream stream, Open file) {
        try {
            Optional<Path> path = stream.seenAt();
            Optional<FileStat> there = path.isEmpty() ? Optional.empty() : FileStat.of(path.get());
            return there.filter(now -> now.key().equals(file.reader().bookmark().key()))
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    void close(FileStream stream) throws IOException {
        Open closing = open.remove(stream);
        if (closing != null) {
            stream.leave(closing.reader().bookmark());
            closing.content().close();
        }
    }

    /** Closes a stream's file that can't be read, and so perhaps not be closed either. */
    void giveUp(FileStream stream) {
        try {
            close(stream);
        } catch (IOException e) {
            LOG.debug("{} can't be closed", stream.path(), e);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileStream stream : List.copyOf(open.keySet())) {
            close(stream);
        }
    }
}
