package io.tailrace.connect.filetail.tail.identify;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;

/**
 * A source offset: how far a stream has got. A stream is one path of one entry; it reads one file after the other as
 * they are rotated, and each has a generation number.
 *
 * <p>One is made for every record, and Connect looks into only the last of thousands. So this is a view over what the
 * records of a file share, and a real map is built only when somebody asks.
 */
public final class StreamOffset extends AbstractMap<String, Object> {
    /** Bytes after the last line that was dealt with. The only field that an operator has to give. */
    public static final String POSITION = "position";

    /** Counts the files of a stream. An operator may give it, so that lines which are sent again are known for the same. */
    public static final String GENERATION = "generation";

    /** What an offset without a generation has instead. */
    public static final long NO_GENERATION = -1;

    static final String DEVICE = "device";
    static final String INODE = "inode";
    static final String COMPRESSED = "compressed";
    static final String FINGERPRINT = "fingerprint";
    /** Hash of the bytes before the position. */
    public static final String MARKER = "marker";

    /** The files that were read before. */
    public static final String FINISHED = "finished";

    static final String FINISHED_BEFORE = "finished_before";
    static final String MODIFIED = "modified";

    private final Generation generation;
    private final long position;
    private final long marker;
    private final long fingerprint;

    /**
     * Makes an offset.
     *
     * @param generation the file, as the stream knows it
     * @param position as in {@link Bookmark}
     * @param marker as in {@link Bookmark}
     * @param fingerprint as in {@link Bookmark}
     */
    public StreamOffset(Generation generation, long position, long marker, long fingerprint) {
        this.generation = generation;
        this.position = position;
        this.marker = marker;
        this.fingerprint = fingerprint;
    }

    /**
     * What all records of one file of a stream have in common.
     *
     * @param number counts the files of the stream
     * @param key the file's device and inode
     * @param finished the files before it
     * @param modifiedMillis when the file was last seen to have been written to, in milliseconds since 1970
     */
    public record Generation(long number, FileKey key, Finished finished, long modifiedMillis) {}

    /**
     * An offset as Connect gives it back, or as an operator wrote it.
     *
     * @param generation the file's number in its stream, {@link #NO_GENERATION} if it isn't given
     * @param bookmark where reading goes on
     * @param known whether the bookmark tells the file, or only the position was given
     * @param finished the files before it
     * @param modifiedMillis when the file was last seen to have been written to; what is older came before it
     */
    public record Saved(long generation, Bookmark bookmark, boolean known, Finished finished, long modifiedMillis) {
        /**
         * Whether nothing more was expected of the file: the stream had left it, and there was no other.
         *
         * @return whether the file is among the finished ones
         */
        public boolean isLeft() {
            return finished.files().stream().anyMatch(left -> left.bookmark().equals(bookmark));
        }
    }

    /**
     * The number of the file in its stream.
     *
     * @return 0 or more
     */
    public long generation() {
        return generation.number();
    }

    /**
     * Reads an offset.
     *
     * @param offset as Connect gives it
     * @return what it says
     * @throws DataException if a field is missing or of the wrong type; the message names it
     */
    public static Saved parse(Map<String, ?> offset) {
        long position = number(offset, POSITION, null);
        if (position < 0) {
            throw new DataException("Source offset field " + POSITION + " is negative: " + position);
        }
        boolean known = offset.containsKey(INODE);
        FileKey key = new FileKey(
                number(offset, DEVICE, 0L),
                number(offset, INODE, 0L),
                Boolean.parseBoolean(String.valueOf(offset.get(COMPRESSED))));
        Bookmark bookmark = new Bookmark(key, position, number(offset, MARKER, 0L), number(offset, FINGERPRINT, 0L));
        Object finished = offset.get(FINISHED);
        return new Saved(
                number(offset, GENERATION, NO_GENERATION),
                bookmark,
                known,
                Finished.parse(finished == null ? "" : finished.toString(), number(offset, FINISHED_BEFORE, 0L)),
                number(offset, MODIFIED, 0L));
    }

    private static long number(Map<String, ?> offset, String field, Long absent) {
        Object value = offset.get(field);
        if (value == null && absent != null) {
            return absent;
        }
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw new DataException("Source offset field " + field + " is not a whole number: " + value);
    }

    /**
     * A worker with exactly once keeps every record of a transaction in a hash map, so this is asked for each of them: it must
     * not build the map. Of what makes two offsets equal it takes what tells those of one stream apart; that it isn't what a
     * map of another kind with the same entries answers does no harm, as nobody looks for one by the other.
     */
    @Override
    public int hashCode() {
        return 31 * Long.hashCode(generation.number()) + Long.hashCode(position);
    }

    /** Says so beside {@link #hashCode}: as any map, equal to one that has the same entries. */
    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(POSITION, position);
        map.put(GENERATION, generation.number());
        map.put(DEVICE, generation.key().device());
        map.put(INODE, generation.key().inode());
        map.put(COMPRESSED, generation.key().compressed());
        map.put(FINGERPRINT, fingerprint);
        map.put(MARKER, marker);
        map.put(MODIFIED, generation.modifiedMillis());
        map.put(FINISHED, generation.finished().format());
        map.put(FINISHED_BEFORE, generation.finished().beforeMillis());
        return map.entrySet();
    }
}
