package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.join.EventRoom;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.LineReader;
import io.tailrace.connect.filetail.tail.read.Opener;
import io.tailrace.connect.filetail.tail.read.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a task keeps open, at most so many: when one more is wanted, the one that was used longest ago is
 * closed. Its stream opens it again when it has its turn, so none is starved. They share the memory that is needed to read
 * them.
 */
final class OpenFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private final Opener opener;
    private final Window window;
    private final EventRoom events;
    private final int max;
    private final Map<FileStream, Open> open = new LinkedHashMap<>(16, 0.75f, true);

    OpenFiles(Opener opener, Window window, EventRoom events, int max) {
        this.events = events;
        this.opener = opener;
        this.window = window;
        this.max = max;
    }

    private record Open(LineReader reader, Content content) {}

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
     * @return its reader, empty if another file is there now
     */
    Optional<LineReader> open(FileStream stream, Path path, Entry entry, Bookmark at) throws IOException {
        Opener.Opened opened = opener.open(path);
        if (!opened.key().equals(at.key())) {
            opened.content().close();
            return Optional.empty();
        }
        makeRoom();
        LineReader reader = new LineReader(opened.content(), window, entry.encoding(), entry.maxLineBytes(), at);
        open.put(stream, new Open(reader, opened.content()));
        return Optional.of(reader);
    }

    private void makeRoom() throws IOException {
        while (open.size() >= max) {
            Iterator<Map.Entry<FileStream, Open>> eldest = open.entrySet().iterator();
            Map.Entry<FileStream, Open> closing = eldest.next();
            closing.getKey().makeRoom(closing.getValue().reader().bookmark());
            eldest.remove();
            closing.getValue().content().close();
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
