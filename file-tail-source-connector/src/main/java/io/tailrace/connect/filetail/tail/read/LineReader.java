package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.frame.ByteOrderMark;
import io.tailrace.connect.filetail.tail.frame.CharacterEnds;
import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.frame.LineEnding;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Hash64;
import io.tailrace.connect.filetail.tail.identify.Recognition;
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
 * <p>NULs before a line are a hole, as a writer leaves it that goes on at its old position in a truncated file. NULs up to
 * the end of the file may be room allocated in advance, and then lines come where they are. So the position stays before
 * them until a line follows, and a line after NULs counts only if these are still there once the line has been seen.
 *
 * <pre>
 *   position        textFrom                 nuls.from()     scannedTo
 *   |  NULs         |  part of a line        |  NULs         |  not yet looked at
 * </pre>
 */
public final class LineReader implements Line {
    private final Content content;
    private final Window window;
    private final CharacterEnds characters;
    private final LineEnding ending;
    private final ByteOrderMark byteOrderMark;
    private final int maxLineBytes;

    private final FileKey key;
    private long position;
    private long marker;
    private long fingerprint;
    private long largestSize;

    /** Between the position and here are only NULs. */
    private long textFrom;

    /** Between {@link #textFrom} and here there is no line end. */
    private long scannedTo;

    /** At {@link #scannedTo}, or somewhere else if that was reached in another way. */
    private final Seam seam = new Seam();

    private final NulRun nuls = new NulRun();

    /** The beginning of a line that is too long, in content that there is no going back in; null if there is none. */
    private Window.Kept head;

    /** Whether what was read ever ended in a NUL, as it does in a file that was allocated in advance. */
    private boolean endedInNul;

    private long lineOffset;
    private int lineStart;
    private int lineEnd;
    private boolean cut;

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
        this.characters = new CharacterEnds(charset);
        this.ending = LineEnding.of(charset);
        this.byteOrderMark = ByteOrderMark.of(charset);
        this.maxLineBytes = maxLineBytes;
        this.key = start.key();
        this.position = start.position();
        this.marker = start.marker();
        this.fingerprint = start.fingerprint();
        this.textFrom = position;
        this.scannedTo = position;
        this.largestSize = position;
    }

    /**
     * Goes on to the next line.
     *
     * @return what it came to; after {@link Step#LINE} the line is there until the next call, of any reader of the window
     * @throws IOException if the file can't be read
     */
    public Step next() throws IOException {
        if (scannedTo <= position && window.holds(this, position)) {
            int start = window.index(position);
            int end = ending.after(window.buffer(), start, window.limit());
            if (end != LineEnding.NONE) {
                return line(start, end);
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
        if (hasNulsAtEnd() && !isNul(nuls.from())) {
            scannedTo = nuls.from();
            textFrom = Math.min(textFrom, scannedTo);
        }
        if (size - scannedTo < ending.unit()) {
            return Step.WAIT;
        }
        if (textFrom > position && textFrom == scannedTo) {
            return skipNuls(size);
        }
        if (isTooLong(scannedTo)) {
            return skip(size);
        }
        return isWithoutEnd(size) ? Step.WAIT : load(size);
    }

    /**
     * Whether the line, of which part has been looked at, only got longer. What is known of it isn't read again, or a line that
     * is written bit by bit would be read anew for each of them. In what is compressed there would be no going back to it.
     */
    private boolean isWithoutEnd(long size) throws IOException {
        long from = scannedTo - seam.length();
        if (!seam.isAt(scannedTo) || size - from > window.capacity() || content.isSequential()) {
            return false;
        }
        window.load(this, content, from, size);
        int known = window.index(scannedTo);
        boolean same = known <= window.limit() && seam.fits(window.buffer(), known);
        boolean more = same && ending.after(window.buffer(), known, window.limit()) == LineEnding.NONE;
        if (more) {
            endedInNul |= window.buffer()[window.limit() - 1] == 0;
            pass(known);
        }
        window.release();
        return more;
    }

    /** There is no line end in what is in the window from an index on. */
    private void pass(int start) {
        int limit = wholeUnits(start);
        long startPosition = scannedTo;
        scannedTo += limit - start;
        seam.set(scannedTo, window.buffer(), limit);
        noteNulsAtEnd(start, limit, startPosition);
    }

    /** Whether the line is, whatever comes. The last character may be the one before the line feed, which is no part of it. */
    private boolean isTooLong(long to) {
        return to - textFrom > maxLineBytes + ending.unit();
    }

    /** Whether the file has become shorter by NULs, as the unused part of one allocated in advance is given back. */
    private boolean hasLostOnlyRoom(long size) throws IOException {
        boolean onlyRoom = hasNulsAtEnd() && size >= nuls.from() && Recognition.matches(content, bookmark());
        if (onlyRoom) {
            nuls.cutAt(size);
            scannedTo = Math.min(scannedTo, size);
            textFrom = Math.min(textFrom, size);
        }
        return onlyRoom;
    }

    private boolean hasNulsAtEnd() {
        return nuls.endsAt(scannedTo) && nuls.from() >= position;
    }

    private Step load(long size) throws IOException {
        while (true) {
            int start = loadText(size);
            if (start < 0) {
                return Step.CHANGED;
            }
            int end = ending.after(window.buffer(), start, window.limit());
            if (end != LineEnding.NONE) {
                return line(start, end);
            }
            long before = textFrom;
            lookAtNuls(start);
            if (size - scannedTo < ending.unit()) {
                return isAllThereIs(size) ? Step.WAIT : Step.MORE;
            }
            if (textFrom == scannedTo || isTooLong(scannedTo)) {
                return Step.MORE;
            }
            if (window.limit() < window.capacity()) {
                return Step.WAIT;
            }
            if (textFrom == before) {
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

    /** Loads what begins at {@link #textFrom}, with the bytes before it; its index, or -1 if the file has changed. */
    private int loadText(long to) throws IOException {
        boolean near = textFrom == position;
        if (head == null) {
            window.load(this, content, near ? historyFrom(position) : textFrom - Bookmark.markerLength(textFrom), to);
        } else {
            window.show(this, head, to);
        }
        endedInNul |= window.limit() > 0 && window.buffer()[window.limit() - 1] == 0;
        int start = window.index(textFrom);
        boolean same = near ? start <= window.limit() && markerIsAt(start) : positionIsTheSame();
        if (!same || start > window.limit()) {
            window.release();
            return -1;
        }
        return start;
    }

    /** What has been decompressed doesn't change. */
    private boolean positionIsTheSame() throws IOException {
        return content.isSequential() || Recognition.matches(content, bookmark());
    }

    private boolean isNul(long at) throws IOException {
        return content.isSequential() || NulRun.isNul(content, ending, at);
    }

    private boolean markerIsAt(int index) {
        return Hash64.of(window.buffer(), index - Bookmark.markerLength(position), index) == marker;
    }

    /** All of the window has been looked at, and no line end found. */
    private void lookAtNuls(int start) {
        int limit = wholeUnits(start);
        int text = ending.afterNuls(window.buffer(), start, limit);
        scannedTo = textFrom;
        pass(start);
        textFrom = text == limit ? scannedTo : textFrom + (text - start);
    }

    private void noteNulsAtEnd(int start, int limit, long startPosition) {
        int first = ending.beforeNuls(window.buffer(), start, limit);
        if (first < limit) {
            long position = startPosition + (first - start);
            scannedTo = nuls.found(position, scannedTo, markerBefore(first, position));
        }
    }

    /** Hash of the bytes before a position that is at an index of the window. */
    private long markerBefore(int index, long at) {
        return Hash64.of(window.buffer(), index - Bookmark.markerLength(at), index);
    }

    private int wholeUnits(int start) {
        return window.limit() - (window.limit() - start) % ending.unit();
    }

    /** Nothing but NULs have been found yet: looks for their end, one window at a time. */
    private Step skipNuls(long size) throws IOException {
        int from = loadOn(size);
        int limit = wholeUnits(from);
        int text = ending.afterNuls(window.buffer(), from, limit);
        window.release();
        if (text > from) {
            passNuls(from, text);
        }
        return text < limit ? load(size) : Step.MORE;
    }

    /** Loads what has not been looked at yet, with a bit of what has; the index of where it begins. */
    private int loadOn(long size) throws IOException {
        int history = Bookmark.markerLength(scannedTo);
        window.load(this, content, scannedTo - history, size);
        return Math.min(history, window.limit());
    }

    /** From one index of the window to another there are NULs, and text only after them. */
    private void passNuls(int from, int text) {
        scannedTo = nuls.found(scannedTo, scannedTo + (text - from), markerBefore(from, scannedTo));
        textFrom = scannedTo;
    }

    /** Looks for the end of a line that is too long, one window at a time. */
    private Step skip(long size) throws IOException {
        if (content.isSequential() && head == null) {
            if (loadHead(scannedTo) < 0) {
                return Step.CHANGED;
            }
            head = window.keep();
        }
        int from = loadOn(size);
        if (hasNulsAtEnd() && nulsEndTheLine(from)) {
            return endAtNuls(from);
        }
        int end = ending.after(window.buffer(), from, window.limit());
        if (end == LineEnding.NONE) {
            pass(from);
            window.release();
            return Step.MORE;
        }
        long endPosition = window.end() - window.limit() + end;
        long endMarker = Hash64.of(window.buffer(), end - Bookmark.markerLength(endPosition), end);
        return longLine(endPosition, endPosition, endMarker);
    }

    /** A hole that no line could have in it, and text after it: what a crash leaves. The text is a line of its own. */
    private boolean nulsEndTheLine(int from) throws IOException {
        int limit = wholeUnits(from);
        int text = ending.afterNuls(window.buffer(), from, limit);
        boolean tooMany = text < limit && scannedTo + (text - from) - nuls.from() > maxLineBytes;
        return tooMany && isNul(nuls.from());
    }

    /** The NULs have been looked through, and need no second look. */
    private Step endAtNuls(int from) throws IOException {
        int text = ending.afterNuls(window.buffer(), from, wholeUnits(from));
        long textPosition = nuls.found(scannedTo, scannedTo + (text - from), nuls.marker());
        Step step = longLine(nuls.from(), nuls.from(), nuls.marker());
        if (step == Step.LINE) {
            textFrom = textPosition;
            scannedTo = textPosition;
        }
        return step;
    }

    /** Loads the beginning of a line that is too long, as far as it may be needed; its index, or -1 if the file has changed. */
    private int loadHead(long to) throws IOException {
        window.ensureCapacity(maxCapacity());
        return loadText(Math.min(to, textFrom + maxLineBytes + Long.BYTES));
    }

    private Step longLine(long textEnd, long endPosition, long endMarker) throws IOException {
        int start = loadHead(textEnd);
        if (start < 0) {
            return Step.CHANGED;
        }
        lineOffset = textFrom;
        lineStart = afterByteOrderMark(start);
        int end = characters.lastEnd(window.buffer(), lineStart, Math.min(lineStart + maxLineBytes, window.limit()));
        lineEnd = ending.beforeNuls(window.buffer(), lineStart, end - (end - lineStart) % ending.unit());
        cut = true;
        moveTo(endPosition, endMarker);
        window.release();
        return Step.LINE;
    }

    private int afterByteOrderMark(int start) {
        return lineOffset == 0 ? byteOrderMark.after(window.buffer(), start, window.limit()) : start;
    }

    private Step line(int start, int end) throws IOException {
        int text = ending.afterNuls(window.buffer(), start, end);
        if (!nulsAreThereToStay(start, text, end)) {
            window.release();
            lookAnew();
            return Step.MORE;
        }
        lineOffset = textFrom + (text - start);
        lineStart = afterByteOrderMark(text);
        lineEnd = ending.textEnd(window.buffer(), lineStart, end);
        cut = lineEnd - lineStart > maxLineBytes;
        if (cut) {
            lineEnd = characters.lastEnd(window.buffer(), lineStart, lineStart + maxLineBytes);
        }
        long after = textFrom + (end - start);
        moveTo(after, Hash64.of(window.buffer(), end - Bookmark.markerLength(after), end));
        return Step.LINE;
    }

    /**
     * A read may have seen the end of a line that was just being written over NULs, and not yet its beginning. Now that its
     * end is there, so is its beginning.
     */
    private boolean nulsAreThereToStay(int start, int text, int end) throws IOException {
        if (textFrom > position || text > start) {
            return isNul(position);
        }
        int inside = endedInNul ? ending.firstNul(window.buffer(), text, end) : LineEnding.NONE;
        return inside == LineEnding.NONE || isNul(position + (inside - start));
    }

    private void moveTo(long newPosition, long newMarker) throws IOException {
        if (position < Bookmark.FINGERPRINT_BYTES) {
            int length = Bookmark.fingerprintLength(newPosition);
            fingerprint = window.index(0) == 0 && window.limit() >= length
                    ? Hash64.of(window.buffer(), 0, length)
                    : Recognition.fingerprint(content, newPosition);
        }
        position = newPosition;
        marker = newMarker;
        lookAnew();
    }

    private void lookAnew() {
        textFrom = position;
        scannedTo = position;
        head = null;
    }

    private long markerAt(long at) throws IOException {
        return Recognition.bookmark(content, key, at).marker();
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
        if (size <= position) {
            return size < position ? Step.CHANGED : Step.WAIT;
        }
        if (size - scannedTo >= ending.unit()) {
            return Step.MORE;
        }
        boolean nulsAtEnd = hasNulsAtEnd() && size - scannedTo < ending.unit();
        long textEnd = nulsAtEnd ? nuls.from() : size;
        if (isTooLong(textEnd)) {
            return longLine(textEnd, size, markerAt(size));
        }
        window.ensureCapacity(maxCapacity());
        int start = loadText(Math.max(textEnd, textFrom));
        if (start < 0) {
            return Step.CHANGED;
        }
        Step step = textEnd > textFrom ? line(start, window.limit()) : Step.WAIT;
        boolean more = step == Step.CHANGED || step == Step.MORE;
        if (position < size && !more) {
            goTo(Recognition.bookmark(content, key, size));
        }
        return step;
    }

    private void goTo(Bookmark there) {
        position = there.position();
        marker = there.marker();
        fingerprint = there.fingerprint();
        lookAnew();
    }

    /**
     * Looks whether the file still is what it was, which {@link #next} does only when there is something new. What comes
     * after the position is going to be looked at again, too, unless it is too much.
     *
     * @return whether its first bytes and those before the position are the same
     * @throws IOException if the file can't be read
     */
    public boolean isUnchanged() throws IOException {
        if (scannedTo - position <= maxLineBytes) {
            lookAnew();
        }
        return Recognition.matches(content, bookmark());
    }

    private static long historyFrom(long position) {
        return position < Bookmark.FINGERPRINT_BYTES ? 0 : position - Bookmark.MARKER_BYTES;
    }

    @Override
    public byte[] buffer() {
        return window.buffer();
    }

    @Override
    public int lineStart() {
        return lineStart;
    }

    @Override
    public int lineEnd() {
        return lineEnd;
    }

    @Override
    public long lineOffset() {
        return lineOffset;
    }

    /**
     * Whether the line was longer than the limit.
     *
     * @return whether it was cut
     */
    public boolean cut() {
        return cut;
    }

    /**
     * Where the next line begins.
     *
     * @return bytes after the last line that was given
     */
    public long position() {
        return position;
    }

    /**
     * How long the file is.
     *
     * @return bytes, as far as has been seen; at least the position
     */
    public long size() {
        return Math.max(largestSize, position);
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
        return marker;
    }

    /**
     * Hash of the file's first bytes.
     *
     * @return as in {@link Bookmark#fingerprint()}
     */
    public long fingerprint() {
        return fingerprint;
    }

    /**
     * Where the reader is.
     *
     * @return a bookmark from which another reader can go on
     */
    public Bookmark bookmark() {
        return new Bookmark(key, position, marker, fingerprint);
    }
}
