package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Hash64;
import io.tailrace.connect.filetail.tail.identify.Recognition;
import java.io.IOException;

/** A {@link Bookmark} that moves through its file as lines are read. */
final class Place {
    private final Content content;
    private final Window window;
    private final FileKey key;
    private long position;
    private long marker;
    private long fingerprint;

    Place(Content content, Window window, Bookmark start) {
        this.content = content;
        this.window = window;
        this.key = start.key();
        goTo(start);
    }

    private void goTo(Bookmark there) {
        position = there.position();
        marker = there.marker();
        fingerprint = there.fingerprint();
    }

    /** Moves to a position that needn't be in the window. */
    void goTo(long there) throws IOException {
        goTo(Recognition.bookmark(content, key, there));
    }

    /**
     * Moves on to a position.
     *
     * @param before its marker
     */
    void moveTo(long there, long before) throws IOException {
        if (position < Bookmark.FINGERPRINT_BYTES) {
            int length = Bookmark.fingerprintLength(there);
            fingerprint = window.index(0) == 0 && window.limit() >= length
                    ? Hash64.of(window.buffer(), 0, length)
                    : Recognition.fingerprint(content, there);
        }
        position = there;
        marker = before;
    }

    /** The marker of a position that is at an index of the window. */
    long markerOf(long at, int index) {
        return Hash64.of(window.buffer(), index - Bookmark.markerLength(at), index);
    }

    /** The marker of a position that needn't be in the window. */
    long markerAt(long at) throws IOException {
        return Recognition.bookmark(content, key, at).marker();
    }

    /** From where to read so that the window has what tells whether the bytes before the position are the same. */
    long historyFrom() {
        return position < Bookmark.FINGERPRINT_BYTES ? 0 : position - Bookmark.MARKER_BYTES;
    }

    /** Whether the same bytes come before it, if it is at an index of the window. */
    boolean isAt(int index) {
        return index <= window.limit() && markerOf(position, index) == marker;
    }

    /** Whether the file has the same bytes before it, and at its beginning. */
    boolean isTheSame() throws IOException {
        return Recognition.matches(content, bookmark());
    }

    long position() {
        return position;
    }

    long marker() {
        return marker;
    }

    long fingerprint() {
        return fingerprint;
    }

    Bookmark bookmark() {
        return new Bookmark(key, position, marker, fingerprint);
    }
}
