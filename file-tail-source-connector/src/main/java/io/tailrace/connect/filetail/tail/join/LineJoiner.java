package io.tailrace.connect.filetail.tail.join;

import io.tailrace.connect.filetail.entries.Entry.Multiline;
import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.match.BoundedPattern;
import io.tailrace.connect.filetail.tail.match.PatternCost;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;

/**
 * Joins the lines of one stream. The event that is under way is kept here, up to a limit in lines and bytes; what is
 * beyond is dropped and the event says so. No offset lies within an event, so after a restart it is read again whole.
 */
public final class LineJoiner {
    /** A larger buffer is not kept for the next event, since every stream has one. */
    private static final int KEPT_BYTES = 4096;

    private final Multiline rules;
    private final BoundedPattern pattern;
    private final Charset charset;
    private final byte[] lineFeed;
    private final int maxBytes;

    private final EventRoom room;
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int lines;
    private boolean truncated;

    /** Nothing is added beyond the first line that is dropped, or the event would have a hole in it. */
    private boolean full;

    private boolean wantsMore;
    private long offset;
    private long addedNanos;
    private StreamOffset end;

    /**
     * Makes a joiner.
     *
     * @param rules which lines belong together
     * @param charset of the lines
     * @param maxBytes most bytes of an event
     * @param cost where to count what the pattern takes; lines that it can't decide on are taken as not matching
     * @param room what the events of all joiners take memory from
     */
    public LineJoiner(Multiline rules, Charset charset, int maxBytes, PatternCost cost, EventRoom room) {
        this.room = room;
        this.rules = rules;
        this.pattern = new BoundedPattern(rules.pattern(), cost);
        this.charset = charset;
        this.lineFeed = "\n".getBytes(charset);
        this.maxBytes = maxBytes;
    }

    /**
     * Tells whether the event under way is complete, now that it is known what follows.
     *
     * @param next the line that follows
     * @return whether to take the event before the line is added
     */
    public boolean endsBefore(Line next) {
        return lines > 0 && rules.match() == Multiline.Match.AFTER && !joins(next);
    }

    private boolean joins(Line line) {
        String text = new String(line.buffer(), line.lineStart(), line.lineEnd() - line.lineStart(), charset);
        return pattern.isFoundIn(text, false) != rules.negate();
    }

    /**
     * Tells whether there is memory for another line.
     *
     * @return whether to read on
     */
    public boolean hasRoom() {
        return room.mayGrow(this);
    }

    /** Lets others have the memory that is left: no line can be added for a while, until {@link #goOn}. */
    public void giveWay() {
        room.waits(this, pending.size());
    }

    /** Lines can be added again. */
    public void goOn() {
        room.goesOn(this, pending.size());
    }

    /**
     * Adds a line to the event under way.
     *
     * @param line the line; copied from
     * @param cut whether part of it is missing
     * @param after the source offset after it
     * @param nowNanos the time
     */
    public void add(Line line, boolean cut, StreamOffset after, long nowNanos) {
        wantsMore = rules.match() == Multiline.Match.AFTER || joins(line);
        if (lines == 0) {
            offset = line.lineOffset();
        }
        int length = line.lineEnd() - line.lineStart();
        int separator = lines == 0 ? 0 : lineFeed.length;
        full |= lines >= rules.maxLines() || (lines > 0 && pending.size() + separator + length > maxBytes);
        if (!full) {
            pending.write(lineFeed, 0, separator);
            pending.write(line.buffer(), line.lineStart(), length);
            room.grown(this, separator + length);
        }
        truncated |= cut || full;
        lines++;
        end = after;
        addedNanos = nowNanos;
    }

    /**
     * Tells whether the event under way is complete by itself.
     *
     * @return whether to take it
     */
    public boolean isComplete() {
        return lines > 0 && !wantsMore;
    }

    /**
     * Tells whether there is an event under way.
     *
     * @return whether {@link #take} gives something
     */
    public boolean isPending() {
        return lines > 0;
    }

    /**
     * Tells whether the event under way has waited too long for its next line.
     *
     * @param nowNanos the time
     * @return whether to take it
     */
    public boolean isOverdue(long nowNanos) {
        return lines > 0 && nowNanos - addedNanos >= rules.timeout().toNanos();
    }

    /**
     * Ends the event under way.
     *
     * @return the event
     */
    public Event take() {
        Event event = new Event(pending.toByteArray(), offset, truncated, end);
        room.ended(this, pending.size());
        if (pending.size() > KEPT_BYTES) {
            pending = new ByteArrayOutputStream();
        } else {
            pending.reset();
        }
        lines = 0;
        truncated = false;
        full = false;
        return event;
    }
}
