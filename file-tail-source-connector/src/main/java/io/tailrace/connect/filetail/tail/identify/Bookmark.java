package io.tailrace.connect.filetail.tail.identify;

/**
 * How far a file has been read, with enough of what lies before that point to know the file again.
 *
 * @param key the file's device and inode
 * @param position bytes read, all of them lines that were dealt with
 * @param marker hash of the {@link #markerLength} bytes just before the position
 * @param fingerprint hash of the {@link #fingerprintLength} first bytes
 */
public record Bookmark(FileKey key, long position, long marker, long fingerprint) {
    /** Most bytes at a file's beginning that make its fingerprint. */
    public static final int FINGERPRINT_BYTES = 1024;

    /** Most bytes before a position that make its marker. */
    public static final int MARKER_BYTES = 64;

    private static final long NOTHING = Hash64.of(new byte[0], 0, 0);

    /**
     * A file of which nothing has been read.
     *
     * @param key the file's device and inode
     * @return its bookmark
     */
    public static Bookmark atBeginning(FileKey key) {
        return new Bookmark(key, 0, NOTHING, NOTHING);
    }

    /**
     * How many bytes the fingerprint at a position covers: only what was read, so that it can't change any more.
     *
     * @param position in bytes
     * @return the length in bytes
     */
    public static int fingerprintLength(long position) {
        return (int) Math.min(position, FINGERPRINT_BYTES);
    }

    /**
     * How many bytes the marker at a position covers.
     *
     * @param position in bytes
     * @return the length in bytes
     */
    public static int markerLength(long position) {
        return (int) Math.min(position, MARKER_BYTES);
    }

    /**
     * The same place in a file that has another key, such as a copy.
     *
     * @param otherKey the other file's key
     * @return its bookmark
     */
    public Bookmark in(FileKey otherKey) {
        return new Bookmark(otherKey, position, marker, fingerprint);
    }
}
