package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.frame.LineEnding;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.Hash64;
import java.io.IOException;

/**
 * How far a reader has looked ahead of its position without finding a line end, and which NULs it has seen there.
 *
 * <p>NULs before a line are a hole, as a writer leaves it that goes on at its old position in a truncated file. NULs up to
 * the end of the file may be room allocated in advance, and then lines come where they are.
 *
 * <pre>
 *   position        textFrom                 nulsFrom        to
 *   |  NULs         |  part of a line        |  NULs         |  not yet looked at
 * </pre>
 */
final class Lookahead {
    private final Window window;
    private final LineEnding ending;
    private final NulRun nuls = new NulRun();

    /** At the end of what has been looked at, or somewhere else if that was reached in another way. */
    private final Seam seam = new Seam();

    private long position;
    private long textFrom;
    private long to;

    /** The beginning of a line that is too long, in content that there is no going back in; null if there is none. */
    private Window.Kept head;

    /** Whether what was read ever ended in a NUL, as it does in a file that was allocated in advance. */
    private boolean endedInNul;

    Lookahead(Window window, LineEnding ending, long position) {
        this.window = window;
        this.ending = ending;
        beginAt(position);
    }

    /** Forgets what lies ahead of a position. */
    void beginAt(long newPosition) {
        position = newPosition;
        textFrom = newPosition;
        to = newPosition;
        head = null;
    }

    /** Between the position and here are only NULs. */
    long textFrom() {
        return textFrom;
    }

    /** Up to here it has been looked at. */
    long to() {
        return to;
    }

    boolean hasSeenAnything() {
        return to > position;
    }

    boolean hasSeenOnlyNuls() {
        return hasNulsBefore() && textFrom == to;
    }

    /** Whether there are NULs before what may be part of a line. */
    boolean hasNulsBefore() {
        return textFrom > position;
    }

    boolean endsInNuls() {
        return nuls.endsAt(to) && nuls.from() >= position;
    }

    /** Where the NULs begin that were seen last. */
    long nulsFrom() {
        return nuls.from();
    }

    /** Hash of the bytes before {@link #nulsFrom}, as in {@link Bookmark#marker}. */
    long nulsMarker() {
        return nuls.marker();
    }

    /** The NULs at the end have been written over. */
    void nulsHaveGone() {
        to = nuls.from();
        textFrom = Math.min(textFrom, to);
    }

    /** The file ends earlier by now, and has lost nothing but NULs. */
    void cutAt(long size) {
        nuls.cutAt(size);
        to = Math.min(to, size);
        textFrom = Math.min(textFrom, size);
    }

    /** Keeps what the window holds: the beginning of a line, which will be wanted when its end is found. */
    void keepHead() {
        head = window.keep();
    }

    /** What was kept, or null. */
    Window.Kept head() {
        return head;
    }

    /** Takes note of what has just been loaded. */
    void loaded() {
        endedInNul |= window.limit() > 0 && window.buffer()[window.limit() - 1] == 0;
    }

    boolean everEndedInNul() {
        return endedInNul;
    }

    /** Loads what has not been looked at yet, with a bit of what has; the index of where it begins. */
    int load(Content content, long size) throws IOException {
        int history = Bookmark.markerLength(to);
        window.load(this, content, to - history, size);
        return Math.min(history, window.limit());
    }

    /** There is no line end in what is in the window from an index on, where the text begins: looks at its NULs. */
    void lookAt(int start) {
        int limit = wholeUnits(start);
        int text = ending.afterNuls(window.buffer(), start, limit);
        to = textFrom;
        pass(start);
        textFrom = text == limit ? to : textFrom + (text - start);
    }

    /** There is no line end in what is in the window from an index on, which has not been looked at yet. */
    void pass(int start) {
        int limit = wholeUnits(start);
        long from = to;
        to += limit - start;
        seam.set(to, window.buffer(), limit);
        int first = ending.beforeNuls(window.buffer(), start, limit);
        if (first < limit) {
            foundNuls(first, from + (first - start), to);
        }
    }

    private void foundNuls(int index, long first, long end) {
        long before = Hash64.of(window.buffer(), index - Bookmark.markerLength(first), index);
        to = nuls.found(first, end, before);
    }

    private int wholeUnits(int start) {
        return window.limit() - (window.limit() - start) % ending.unit();
    }

    /** How many bytes are NULs from an index of the window on. */
    private int nulsAt(int start) {
        return ending.afterNuls(window.buffer(), start, wholeUnits(start)) - start;
    }

    /** Whether something else than NULs is in the window from an index on. */
    boolean hasText(int start) {
        return start + nulsAt(start) < wholeUnits(start);
    }

    /** Passes over the NULs that the window has from an index on, which has not been looked at yet. What follows is text. */
    void passNuls(int start) {
        int count = nulsAt(start);
        if (count > 0) {
            foundNuls(start, to, to + count);
        }
        textFrom = to;
    }

    /** The position is before NULs now that have been looked through already. */
    void hasPassedNuls(long nulsTo) {
        to = nuls.found(position, nulsTo, nuls.marker());
        textFrom = to;
    }

    /** How many NULs there are at the end, with those that follow in the window from an index on. */
    long nulsWith(int start) {
        return to + nulsAt(start) - nuls.from();
    }

    /**
     * Whether the line, of which part has been looked at, only got longer. What is known of it isn't read again, or a line that
     * is written bit by bit would be read anew for each of them. In what is compressed there would be no going back to it.
     */
    boolean goesOnWithoutEnd(Content content, long size) throws IOException {
        long from = to - seam.length();
        if (!seam.isAt(to) || size - from > window.capacity() || content.isSequential()) {
            return false;
        }
        window.load(this, content, from, size);
        int known = window.index(to);
        boolean same = known <= window.limit() && seam.fits(window.buffer(), known);
        boolean more = same && ending.after(window.buffer(), known, window.limit()) == LineEnding.NONE;
        if (more) {
            loaded();
            pass(known);
        }
        window.release();
        return more;
    }
}
