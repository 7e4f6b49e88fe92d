package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.frame.LineEnding;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Hash64;
import io.tailrace.connect.filetail.tail.identify.Recognition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/**
 * Reads the lines of one file, in order. Its position is always after the last line that it gave, to the byte; a line
 * that has no end yet isn't given. Whenever it reads from the file it looks at the bytes before its position too, so that
 * a file which was truncated and has grown again doesn't pass for the same.
 *
 * <p>A line longer than the limit is given when its end is found, cut at the limit and on a character boundary. What is
 * cut off passes through the window and isn't kept.
 */
public final class LineReader implements Line {
    private final Content content;
    private final Window window;
    private final Charset charset;
    private final LineEnding ending;
    private final int maxLineBytes;

    private final FileKey key;
    private long position;
    private long marker;
    private long fingerprint;
    private long scannedTo;
    private long largestSize;

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
        /** Part of a line beyond the limit was passed over; more can be done at once. */
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
        this.charset = charset;
        this.ending = LineEnding.of(charset);
        this.maxLineBytes = maxLineBytes;
        this.key = start.key();
        this.position = start.position();
        this.marker = start.marker();
        this.fingerprint = start.fingerprint();
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
        if (size < largestSize) {
            return Step.CHANGED;
        }
        largestSize = size;
        if (size - Math.max(scannedTo, position) < ending.unit()) {
            return Step.WAIT;
        }
        return scannedTo - position > maxLineBytes ? skip(size) : load(size);
    }

    private Step load(long size) throws IOException {
        while (true) {
            window.load(this, content, historyFrom(position), size);
            if (!verified()) {
                return Step.CHANGED;
            }
            int start = window.index(position);
            int end = ending.after(window.buffer(), start, window.limit());
            if (end != LineEnding.NONE) {
                return line(start, end);
            }
            scannedTo = aligned(window.end());
            if (scannedTo - position > maxLineBytes) {
                return Step.MORE;
            }
            if (window.limit() < window.capacity()) {
                return Step.WAIT;
            }
            window.ensureCapacity(
                    Math.min(2 * window.capacity(), Bookmark.FINGERPRINT_BYTES + maxLineBytes + 2 * Long.BYTES));
        }
    }

    /** Looks for the end of a line that is too long, one window at a time. */
    private Step skip(long size) throws IOException {
        int history = Bookmark.markerLength(scannedTo);
        window.load(this, content, scannedTo - history, size);
        int from = Math.min(history, window.limit());
        int end = ending.after(window.buffer(), from, window.limit());
        if (end == LineEnding.NONE) {
            scannedTo = Math.max(scannedTo, aligned(window.end()));
            window.release();
            return Step.MORE;
        }
        long endPosition = window.end() - window.limit() + end;
        long endMarker = Hash64.of(window.buffer(), end - Bookmark.markerLength(endPosition), end);
        return longLine(endPosition, endMarker);
    }

    private Step longLine(long endPosition, long endMarker) throws IOException {
        int head = Math.max(maxLineBytes, Bookmark.FINGERPRINT_BYTES);
        window.ensureCapacity(Bookmark.FINGERPRINT_BYTES + head);
        window.load(this, content, historyFrom(position), Math.min(endPosition, position + head));
        if (!verified()) {
            return Step.CHANGED;
        }
        lineOffset = position;
        lineStart = window.index(position);
        lineEnd = boundary(lineStart, lineStart + maxLineBytes);
        cut = true;
        moveTo(endPosition, endMarker);
        window.release();
        return Step.LINE;
    }

    private Step line(int start, int end) {
        lineOffset = position;
        lineStart = ending.unit() == 1 ? afterNuls(start, end) : start;
        lineEnd = ending.textEnd(window.buffer(), lineStart, end);
        cut = lineEnd - lineStart > maxLineBytes;
        if (cut) {
            lineEnd = boundary(lineStart, lineStart + maxLineBytes);
        }
        long after = position + (end - start);
        moveTo(after, Hash64.of(window.buffer(), end - Bookmark.markerLength(after), end));
        return Step.LINE;
    }

    /** A writer that goes on at its old position in a truncated file leaves a hole before its next line. */
    private int afterNuls(int from, int to) {
        int i = from;
        while (i < to && window.buffer()[i] == 0) {
            i++;
        }
        return i;
    }

    private void moveTo(long newPosition, long newMarker) {
        if (position < Bookmark.FINGERPRINT_BYTES) {
            fingerprint = Hash64.of(window.buffer(), 0, Bookmark.fingerprintLength(newPosition));
        }
        position = newPosition;
        marker = newMarker;
        scannedTo = newPosition;
    }

    /**
     * Takes what lies after the last line end as a line, for a file that will not grow any more.
     *
     * @return {@link Step#LINE}, {@link Step#WAIT} if there is nothing, or {@link Step#CHANGED}
     * @throws IOException if the file can't be read
     */
    public Step rest() throws IOException {
        long size = content.size();
        if (size <= position) {
            return size < position ? Step.CHANGED : Step.WAIT;
        }
        if (size - position > maxLineBytes) {
            window.load(this, content, size - Bookmark.markerLength(size), size);
            return longLine(size, Hash64.of(window.buffer(), 0, window.limit()));
        }
        window.ensureCapacity(Bookmark.FINGERPRINT_BYTES + maxLineBytes);
        window.load(this, content, historyFrom(position), size);
        return verified() ? line(window.index(position), window.limit()) : Step.CHANGED;
    }

    /**
     * Looks whether the file still is what it was, which {@link #next} does only when there is something new. What comes
     * after the position is going to be looked at again, too.
     *
     * @return whether its first bytes and those before the position are the same
     * @throws IOException if the file can't be read
     */
    public boolean isUnchanged() throws IOException {
        if (scannedTo - position <= maxLineBytes) {
            scannedTo = position;
        }
        return Recognition.matches(content, bookmark());
    }

    private static long historyFrom(long position) {
        return position < Bookmark.FINGERPRINT_BYTES ? 0 : position - Bookmark.MARKER_BYTES;
    }

    private boolean verified() {
        int at = window.index(position);
        if (at > window.limit() || Hash64.of(window.buffer(), at - Bookmark.markerLength(position), at) != marker) {
            window.release();
            return false;
        }
        return true;
    }

    private long aligned(long end) {
        return position + (end - position) / ending.unit() * ending.unit();
    }

    /** The last character boundary at or before an index; the decoder leaves over what is only part of a character. */
    private int boundary(int from, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(window.buffer(), from, to - from);
        charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(bytes, CharBuffer.allocate(to - from + 1), false);
        return bytes.position();
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
