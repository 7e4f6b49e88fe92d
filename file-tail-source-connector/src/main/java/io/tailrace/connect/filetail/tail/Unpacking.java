package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.local.LocalPosition;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.LineReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How far a stream has got with a compressed file. At first only the file's beginning is compared with a bookmark; whether
 * the bookmark was made in it turns out when reading gets there.
 */
final class Unpacking {
    private static final int MAX_MISTAKES = 1000;

    /** Bookmarks that turned out to be none: the beginnings matched, and no more. */
    private final Set<Bookmark> mistaken = new HashSet<>();

    /** What came before a bookmark that has yet to prove right; null once it has. */
    private Supposition supposition;

    private boolean arrived;
    private boolean complete;

    /** Where the stream was, and what was to be remembered of it. */
    private record Supposition(Bookmark before, Optional<LocalPosition> local) {}

    /** Another file is turned to. */
    void begin() {
        supposition = null;
        complete = false;
        arrived = false;
    }

    /**
     * The bookmark at which the file has been begun may turn out to be none.
     *
     * @param before where the stream was before
     * @param local what was to be remembered of it
     */
    void suppose(Bookmark before, Optional<LocalPosition> local) {
        supposition = new Supposition(before, local);
    }

    /** Whether the bookmark has yet to prove right. */
    boolean isUnproved() {
        return supposition != null;
    }

    /** What is to be remembered of the stream until the bookmark has proved right. */
    Optional<LocalPosition> local() {
        return supposition.local();
    }

    /** The file has been opened, at its beginning. */
    void opened() {
        arrived = false;
    }

    /** Whether reading has got to the bookmark. */
    boolean hasArrived() {
        return arrived;
    }

    /**
     * Goes forward to the bookmark.
     *
     * @param most how many bytes to read at most
     * @return false if it has got there, and the bookmark was not made in this file
     */
    boolean forward(LineReader reader, Content content, long most) throws IOException {
        long position = reader.position();
        long from = position < Bookmark.FINGERPRINT_BYTES ? 0 : position - Bookmark.MARKER_BYTES;
        if (!content.forward(from, position, (int) Math.min(most, Integer.MAX_VALUE))) {
            return true;
        }
        arrived = true;
        boolean right = reader.isUnchanged();
        if (right) {
            supposition = null;
        } else if (content.size() < position) {
            requireWhole(content);
        }
        return right;
    }

    static void requireWhole(Content content) throws IOException {
        if (!content.isComplete()) {
            throw new EOFException("it ends in the middle of what has been compressed");
        }
    }

    /** Whether all of the file has been read. */
    boolean isComplete() {
        return complete;
    }

    /** None of it need be read, wherever the bookmark was made. */
    void skip() {
        supposition = null;
        complete = true;
    }

    void nowComplete(boolean whole) {
        complete = whole;
    }

    /**
     * The file only began like the one that the bookmark was made in.
     *
     * @return where the stream was before
     */
    Bookmark mistake(Bookmark bookmark) {
        if (mistaken.size() >= MAX_MISTAKES) {
            mistaken.clear();
        }
        mistaken.add(bookmark);
        Bookmark before = supposition == null ? bookmark : supposition.before();
        supposition = null;
        return before;
    }

    boolean wasMistakenIn(Bookmark bookmark) {
        return mistaken.contains(bookmark);
    }
}
