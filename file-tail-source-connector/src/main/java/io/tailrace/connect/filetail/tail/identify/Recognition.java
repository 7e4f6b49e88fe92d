package io.tailrace.connect.filetail.tail.identify;

import io.tailrace.connect.filetail.tail.read.Content;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Tells by a file's bytes whether a bookmark was made in it, or in a file that it is a copy of. */
public final class Recognition {
    private Recognition() {}

    /**
     * Compares a file with a bookmark.
     *
     * @param content the file
     * @param bookmark made in some file
     * @return whether the file has at least as many bytes as were read, and the same at its beginning and before the
     *     bookmark's position
     * @throws IOException if the file can't be read
     */
    public static boolean matches(Content content, Bookmark bookmark) throws IOException {
        long position = bookmark.position();
        if (content.size() < position) {
            return false;
        }
        int head = Bookmark.fingerprintLength(position);
        int tail = Bookmark.markerLength(position);
        return hash(content, 0, head) == bookmark.fingerprint()
                && hash(content, position - tail, tail) == bookmark.marker();
    }

    /**
     * Compares a file's beginning with a bookmark, for a file in which the bookmark's position is far away.
     *
     * @param content the file
     * @param bookmark made in some file
     * @return whether they are the same
     * @throws IOException if the file can't be read
     */
    public static boolean beginsAlike(Content content, Bookmark bookmark) throws IOException {
        return fingerprint(content, bookmark.position()) == bookmark.fingerprint();
    }

    /**
     * Makes a bookmark of a position.
     *
     * @param content the file
     * @param key its device and inode
     * @param position a line's beginning, not beyond the file's end
     * @return the bookmark
     * @throws IOException if the file can't be read
     */
    public static Bookmark bookmark(Content content, FileKey key, long position) throws IOException {
        int tail = Bookmark.markerLength(position);
        return new Bookmark(key, position, hash(content, position - tail, tail), fingerprint(content, position));
    }

    /**
     * Makes the fingerprint of a position.
     *
     * @param content the file
     * @param position not beyond the file's end
     * @return hash of the file's first bytes, as in {@link Bookmark#fingerprint()}
     * @throws IOException if the file can't be read
     */
    public static long fingerprint(Content content, long position) throws IOException {
        return hash(content, 0, Bookmark.fingerprintLength(position));
    }

    /**
     * Makes a bookmark of the end of a file that is too far away to look at.
     *
     * @param content the file
     * @param key its device and inode
     * @param size its size in bytes
     * @return a bookmark by whose fingerprint the file is known; its marker is none
     * @throws IOException if the file can't be read
     */
    public static Bookmark bookmarkAtEnd(Content content, FileKey key, long size) throws IOException {
        return new Bookmark(key, size, 0, fingerprint(content, size));
    }

    private static long hash(Content content, long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        return Hash64.of(bytes, 0, read(content, bytes, from));
    }

    private static int read(Content content, byte[] bytes, long from) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(bytes);
        while (into.hasRemaining()) {
            if (content.read(into, from + into.position()) < 0) {
                break;
            }
        }
        return into.position();
    }
}
