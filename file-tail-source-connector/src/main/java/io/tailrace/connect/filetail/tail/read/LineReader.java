package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.frame.LineEnding;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import java.io.IOException;
import java.nio.charset.Charset;

/**
 * Reads the lines of one file, in order. Its position is always after the last line that it gave, to the byte; a line
 * that has no end yet isn't given. Whenever it reads from the file it looks at the bytes before its position too, so that
 * a file which was truncated and has grown again doesn't pass for the same.
 *
 * <p>A line longer than the limit is given when its end is found, cut at the limit and on a character boundary. What is
 * cut off passes through the window and isn't kept.
 *
 * <p>NULs may yet be written over, as {@link Lookahead} says. So the position stays before them until a line follows, and a
 * line after NULs counts only if these are still there once the line has been seen.
 */
public final class LineReader implements Line {
    private final Content content;
    private final Window window;
    private final LineEnding ending;
    private final int maxLineBytes;
    private final Place place;
    private final Lookahead ahead;
    private final FoundLine line;
    private long largestSize;

    /** What {@link #next} came to. */
    public enum Step {
        /** A line can be taken. */
        LINE,
        /** There is no complete line at present. */
        WAIT,
        /** Part of a line beyond the limit, or of NULs, was passed over; more can be done at once. */
        MORE,
        /** This is not the file that it was: it has shrunk, or other bytes lie before the position. */
        CHANGED
    }

    /**
     * Makes a reader.
     *
     * @param content the file
     * @param window the task's buffer
     * @param charset of the file
     * @param maxLineBytes longer lines are cut
     * @param start where to go on; verified before the first line is given
     */
    public LineReader(Content content, Window window, Charset charset, int maxLineBytes, Bookmark start) {
        this.content = content;
        this.window = window;
        this.ending = LineEnding.of(charset);
        this.maxLineBytes = maxLineBytes;
        this.place = new Place(content, window, start);
        this.ahead = new Lookahead(window, ending, start.position());
        this.line = new FoundLine(window, charset, maxLineBytes);
        this.largestSize = start.position();
    }

    /**
     * Goes on to the next line.
     *
     * @return what it came to; after {@link Step#LINE} the line is there until the next call, of any reader of the window
     * @throws IOException if the file can't be read
     */
    public Step next() throws IOException {
        if (!ahead.hasSeenAnything() && window.holds(this, place.position())) {
            int start = window.index(place.position());
            int end = ending.after(window.buffer(), start, window.limit());
            if (end != LineEnding.NONE) {
                return give(start, end);
            }
        }
        return read();
    }

    private Step read() throws IOException {
        long size = content.size();
        if (size < largestSize && !hasLostOnlyRoom(size)) {
            return Step.CHANGED;
        }
        largestSize = size;
        if (ahead.endsInNuls() && !isNul(ahead.nulsFrom())) {
            ahead.nulsHaveGone();
        }
        if (size - ahead.to() < ending.unit()) {
            return Step.WAIT;
        }
        if (ahead.hasSeenOnlyNuls()) {
            return skipNuls(size);
        }
        if (isTooLong(ahead.to())) {
            return skip(size);
        }
        return ahead.goesOnWithoutEnd(content, size) ? Step.WAIT : load(size);
    }

    /** Whether the line is, whatever comes. The last character may be the one before the line feed, which is no part of it. */
    private boolean isTooLong(long to) {
        return to - ahead.textFrom() > maxLineBytes + ending.unit();
    }

    /** Whether the file has become shorter by NULs, as the unused part of one allocated in advance is given back. */
    private boolean hasLostOnlyRoom(long size) throws IOException {
        boolean onlyRoom = ahead.endsInNuls() && size >= ahead.nulsFrom() && place.isTheSame();
        if (onlyRoom) {
            ahead.cutAt(size);
        }
        return onlyRoom;
    }

    private Step load(long size) throws IOException {
        while (true) {
            int start = loadText(size);
            if (start < 0) {
                return Step.CHANGED;
            }
            int end = ending.after(window.buffer(), start, window.limit());
            if (end != LineEnding.NONE) {
                return give(start, end);
            }
            if (holeIn(ending.afterNuls(window.buffer(), start, window.limit()), window.limit()) != LineEnding.NONE) {
                return give(start, window.limit());
            }
            long before = ahead.textFrom();
            ahead.lookAt(start);
            if (size - ahead.to() < ending.unit()) {
                return isAllThereIs(size) ? Step.WAIT : Step.MORE;
            }
            if (ahead.hasSeenOnlyNuls() || isTooLong(ahead.to())) {
                return Step.MORE;
            }
            if (window.limit() < window.capacity()) {
                return Step.WAIT;
            }
            if (ahead.textFrom() == before) {
                window.ensureCapacity(Math.min(2 * window.capacity(), maxCapacity()));
            }
        }
    }

    /** What is compressed has a size only as far as it has been asked for, and a line may be longer than that. */
    private boolean isAllThereIs(long size) throws IOException {
        return !content.isSequential() || content.size() <= size;
    }

    /** With a line that isn't too long, what comes before it and its end. */
    private int maxCapacity() {
        return Bookmark.FINGERPRINT_BYTES + maxLineBytes + 2 * Long.BYTES;
    }

    /** Loads what begins where the text does, with the bytes before it; its index, or -1 if the file has changed. */
    private int loadText(long to) throws IOException {
        long textFrom = ahead.textFrom();
        boolean near = !ahead.hasNulsBefore();
        if (ahead.head() == null) {
            window.load(this, content, near ? place.historyFrom() : textFrom - Bookmark.markerLength(textFrom), to);
        } else {
            window.show(this, ahead.head(), to);
        }
        ahead.loaded();
        int start = window.index(textFrom);
        boolean same = near ? place.isAt(start) : isUnchanging() || place.isTheSame();
        if (!same || start > window.limit()) {
            window.release();
            return -1;
        }
        return start;
    }

    /** What has been decompressed once doesn't change, and there is no going back to see that. */
    private boolean isUnchanging() {
        return content.isSequential();
    }

    private boolean isNul(long at) throws IOException {
        return isUnchanging() || NulRun.isNul(content, ending, at);
    }

    /** Nothing but NULs have been found yet: looks for their end, one window at a time. */
    private Step skipNuls(long size) throws IOException {
        int from = ahead.load(content, size);
        window.release();
        boolean text = ahead.hasText(from);
        ahead.passNuls(from);
        return text ? load(size) : Step.MORE;
    }

    /** Looks for the end of a line that is too long, one window at a time. */
    private Step skip(long size) throws IOException {
        if (content.isSequential() && ahead.head() == null) {
            if (loadHead(ahead.to()) < 0) {
                return Step.CHANGED;
            }
            ahead.keepHead();
        }
        int from = ahead.load(content, size);
        if (ahead.endsInNuls() && nulsEndTheLine(from)) {
            return endAtNuls(from);
        }
        int end = ending.after(window.buffer(), from, window.limit());
        int hole = holeIn(from, end == LineEnding.NONE ? window.limit() : end);
        if (hole != LineEnding.NONE && isNul(position(hole))) {
            end = hole;
        }
        if (end == LineEnding.NONE) {
            ahead.pass(from);
            window.release();
            return Step.MORE;
        }
        long endPosition = position(end);
        return longLine(endPosition, endPosition, place.markerOf(endPosition, end));
    }

    private long position(int index) {
        return window.end() - window.limit() + index;
    }

    /** Likewise with a hole that isn't in the window as a whole. */
    private boolean nulsEndTheLine(int from) throws IOException {
        return ahead.hasText(from) && ahead.nulsWith(from) > maxLineBytes && isNul(ahead.nulsFrom());
    }

    /** The NULs have been looked through, and need no second look. */
    private Step endAtNuls(int from) throws IOException {
        long nulsTo = ahead.nulsFrom() + ahead.nulsWith(from);
        Step step = longLine(ahead.nulsFrom(), ahead.nulsFrom(), ahead.nulsMarker());
        if (step == Step.LINE) {
            ahead.hasPassedNuls(nulsTo);
        }
        return step;
    }

    /** Loads the beginning of a line that is too long, as far as it may be needed; its index, or -1 if the file has changed. */
    private int loadHead(long to) throws IOException {
        window.ensureCapacity(maxCapacity());
        return loadText(Math.min(to, ahead.textFrom() + maxLineBytes + Long.BYTES));
    }

    private Step longLine(long textEnd, long endPosition, long endMarker) throws IOException {
        int start = loadHead(textEnd);
        if (start < 0) {
            return Step.CHANGED;
        }
        long length = textEnd - ahead.textFrom();
        if (length > maxLineBytes) {
            line.isTooLong(ahead.textFrom(), start);
        } else {
            line.isWhole(ahead.textFrom(), start, start + (int) length);
        }
        moveTo(endPosition, endMarker);
        window.release();
        return Step.LINE;
    }

    private Step give(int start, int end) throws IOException {
        int text = ending.afterNuls(window.buffer(), start, end);
        int hole = holeIn(text, end);
        int lineEnd = hole == LineEnding.NONE ? end : hole;
        long after = ahead.textFrom() + (lineEnd - start);
        if (!nulsAreThereToStay(start, text, end) || (hole != LineEnding.NONE && !isNul(after))) {
            window.release();
            ahead.beginAt(place.position());
            return Step.MORE;
        }
        line.isWhole(ahead.textFrom() + (text - start), text, lineEnd);
        moveTo(after, place.markerOf(after, lineEnd));
        return Step.LINE;
    }

    /** NULs that no line could have in it, with text after them: what a crash leaves. The text is a line of its own. */
    private int holeIn(int from, int to) {
        int hole = to - from > maxLineBytes ? ending.firstNul(window.buffer(), from, to) : LineEnding.NONE;
        while (hole != LineEnding.NONE) {
            int end = ending.afterNuls(window.buffer(), hole, to);
            if (end - hole > maxLineBytes && to - end >= ending.unit()) {
                return hole;
            }
            hole = ending.firstNul(window.buffer(), end, to);
        }
        return LineEnding.NONE;
    }

    /**
     * A read may have seen the end of a line that was just being written over NULs, and not yet its beginning. Now that its
     * end is there, so is its beginning.
     */
    private boolean nulsAreThereToStay(int start, int text, int end) throws IOException {
        if (ahead.hasNulsBefore() || text > start) {
            return isNul(place.position());
        }
        int inside = ahead.everEndedInNul() ? ending.firstNul(window.buffer(), text, end) : LineEnding.NONE;
        return inside == LineEnding.NONE || isNul(place.position() + (inside - start));
    }

    private void moveTo(long newPosition, long newMarker) throws IOException {
        place.moveTo(newPosition, newMarker);
        ahead.beginAt(newPosition);
    }

    /**
     * Takes what lies after the last line end as a line, for a file that will not grow any more. NULs at its end are
     * passed over.
     *
     * @return {@link Step#LINE}, {@link Step#WAIT} if there is nothing, {@link Step#CHANGED}, or {@link Step#MORE} if the file
     *     is being written to after all
     * @throws IOException if the file can't be read
     */
    public Step rest() throws IOException {
        long size = content.size();
        if (size <= place.position()) {
            return size < place.position() ? Step.CHANGED : Step.WAIT;
        }
        if (size - ahead.to() >= ending.unit()) {
            return Step.MORE;
        }
        long textEnd = ahead.endsInNuls() ? ahead.nulsFrom() : size;
        if (isTooLong(textEnd)) {
            return longLine(textEnd, size, place.markerAt(size));
        }
        window.ensureCapacity(maxCapacity());
        int start = loadText(Math.max(textEnd, ahead.textFrom()));
        if (start < 0) {
            return Step.CHANGED;
        }
        Step step = textEnd > ahead.textFrom() ? give(start, window.limit()) : Step.WAIT;
        boolean onlyNuls = step == Step.WAIT || (step == Step.LINE && place.position() == textEnd);
        if (place.position() < size && onlyNuls) {
            place.goTo(size);
            ahead.beginAt(size);
        }
        return step;
    }

    /**
     * Looks whether the file still is what it was, which {@link #next} does only when there is something new. What comes
     * after the position is going to be looked at again, too, unless it is too much.
     *
     * @return whether its first bytes and those before the position are the same
     * @throws IOException if the file can't be read
     */
    public boolean isUnchanged() throws IOException {
        if (ahead.to() - place.position() <= maxLineBytes) {
            ahead.beginAt(place.position());
        }
        return place.isTheSame();
    }

    @Override
    public byte[] buffer() {
        return window.buffer();
    }

    @Override
    public int lineStart() {
        return line.start();
    }

    @Override
    public int lineEnd() {
        return line.end();
    }

    @Override
    public long lineOffset() {
        return line.offset();
    }

    /**
     * Whether the line was longer than the limit.
     *
     * @return whether it was cut
     */
    public boolean cut() {
        return line.isCut();
    }

    /**
     * Where the next line begins.
     *
     * @return bytes after the last line that was given
     */
    public long position() {
        return place.position();
    }

    /**
     * How long the file is.
     *
     * @return bytes, as far as has been seen; at least the position
     */
    public long size() {
        return Math.max(largestSize, place.position());
    }

    /**
     * How much has been read into the window, for those who share out what may be read at once.
     *
     * @return bytes so far, of all readers of the window, some of them more than once
     */
    public long loaded() {
        return window.loaded();
    }

    /**
     * Hash of the bytes before the position.
     *
     * @return as in {@link Bookmark#marker()}
     */
    public long marker() {
        return place.marker();
    }

    /**
     * Hash of the file's first bytes.
     *
     * @return as in {@link Bookmark#fingerprint()}
     */
    public long fingerprint() {
        return place.fingerprint();
    }

    /**
     * Where the reader is.
     *
     * @return a bookmark from which another reader can go on
     */
    public Bookmark bookmark() {
        return place.bookmark();
    }
}
