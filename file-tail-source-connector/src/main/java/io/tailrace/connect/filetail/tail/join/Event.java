package io.tailrace.connect.filetail.tail.join;

import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;

/** Lines that belong together, with line feeds between them. It keeps its bytes. */
public final class Event implements Line {
    private final byte[] bytes;
    private final long offset;
    private final boolean truncated;
    private final StreamOffset end;

    Event(byte[] bytes, long offset, boolean truncated, StreamOffset end) {
        this.bytes = bytes;
        this.offset = offset;
        this.truncated = truncated;
        this.end = end;
    }

    @Override
    public byte[] buffer() {
        return bytes;
    }

    @Override
    public int lineStart() {
        return 0;
    }

    @Override
    public int lineEnd() {
        return bytes.length;
    }

    @Override
    public long lineOffset() {
        return offset;
    }

    /**
     * Whether lines or parts of lines are missing, because there were too many.
     *
     * @return whether a limit was reached
     */
    public boolean truncated() {
        return truncated;
    }

    /**
     * Where reading goes on after the event, and not in the midst of it.
     *
     * @return the source offset after its last line
     */
    public StreamOffset end() {
        return end;
    }
}
