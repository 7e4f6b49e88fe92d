package io.tailrace.connect.filetail.tail.join;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The memory that the events under way in all streams of a task may take. When it is used up, only the oldest of them goes
 * on, until it is complete or nothing more comes; the lines of the others wait in their files. So no event is cut for want
 * of memory, and what is kept is at most the limit and one event.
 */
public final class EventRoom {
    private final long maxBytes;
    private final Set<LineJoiner> underWay = new LinkedHashSet<>();
    private long bytes;

    /**
     * Makes room.
     *
     * @param maxBytes for the lines of all events under way
     */
    public EventRoom(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean mayGrow(LineJoiner joiner) {
        return bytes < maxBytes || underWay.iterator().next().equals(joiner);
    }

    void grown(LineJoiner joiner, int by) {
        underWay.add(joiner);
        bytes += by;
    }

    void ended(LineJoiner joiner, int size) {
        underWay.remove(joiner);
        bytes -= size;
    }
}
