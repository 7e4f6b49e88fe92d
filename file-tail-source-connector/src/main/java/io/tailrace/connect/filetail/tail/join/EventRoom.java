package io.tailrace.connect.filetail.tail.join;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The memory that the events under way in all streams of a task may take. When it is used up, only the oldest of them goes
 * on, until it is complete or nothing more comes; the lines of the others wait in their files. So no event is cut for want
 * of memory.
 *
 * <p>An event whose stream can't go on, for its rate or because its file can't be read, gives way. What such events hold is
 * made up for by as much as half of the limit, so that they don't keep the others from going on. What is kept is at most
 * the limit and that half, one event, and what else was begun of those that gave way.
 */
public final class EventRoom {
    private final long maxBytes;
    private final Set<LineJoiner> underWay = new LinkedHashSet<>();
    private final Set<LineJoiner> waiting = new HashSet<>();
    private long bytes;
    private long waitingBytes;

    /**
     * Makes room.
     *
     * @param maxBytes for the lines of all events under way
     */
    public EventRoom(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean mayGrow(LineJoiner joiner) {
        return bytes < maxBytes + Math.min(waitingBytes, maxBytes / 2)
                || oldest().map(joiner::equals).orElse(true);
    }

    /** Of those that don't wait. */
    private Optional<LineJoiner> oldest() {
        return underWay.stream().filter(each -> !waiting.contains(each)).findFirst();
    }

    void grown(LineJoiner joiner, int by) {
        underWay.add(joiner);
        bytes += by;
    }

    void ended(LineJoiner joiner, int size) {
        goesOn(joiner, size);
        underWay.remove(joiner);
        bytes -= size;
    }

    void waits(LineJoiner joiner, int size) {
        if (underWay.contains(joiner) && waiting.add(joiner)) {
            waitingBytes += size;
        }
    }

    void goesOn(LineJoiner joiner, int size) {
        if (waiting.remove(joiner)) {
            waitingBytes -= size;
        }
    }
}
