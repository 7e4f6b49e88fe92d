package io.tailrace.connect.filetail.tail.identify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.DataException;

/**
 * The files that a stream has read to their end, newest last, at most {@value #MAX} of them. Thanks to it a rotated file
 * that turns up under a name which is collected too is not read again, even after a restart.
 *
 * @param bookmarks where each of them was left
 */
public record Finished(List<Bookmark> bookmarks) {
    /** How many are remembered. */
    public static final int MAX = 32;

    /** None. */
    public static final Finished NONE = new Finished(List.of());

    /** @param bookmarks where each of them was left */
    public Finished {
        bookmarks = List.copyOf(bookmarks);
    }

    /**
     * With one more, without the oldest if there are too many. A file that was truncated has been finished more than once;
     * copies of it may exist from each time.
     *
     * @param bookmark where it was left
     * @return the new list
     */
    public Finished with(Bookmark bookmark) {
        List<Bookmark> all = new ArrayList<>(bookmarks);
        all.remove(bookmark);
        all.add(bookmark);
        return new Finished(all.subList(Math.max(0, all.size() - MAX), all.size()));
    }

    /**
     * As one string, since an offset may hold nothing but primitives.
     *
     * @return the text that {@link #parse} reads
     */
    public String format() {
        return bookmarks.stream()
                .map(b -> String.format(
                        "%x:%x:%x:%x:%x", b.key().device(), b.key().inode(), b.position(), b.marker(), b.fingerprint()))
                .collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @param text the text, may be empty
     * @return the list
     * @throws DataException if it is nothing that {@link #format} writes
     */
    public static Finished parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        List<Bookmark> all = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            all.add(parseOne(one));
        }
        return new Finished(all);
    }

    private static Bookmark parseOne(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 5) {
            throw new DataException("A finished file in a source offset has five numbers, this one hasn't: " + text);
        }
        try {
            return new Bookmark(new FileKey(hex(parts[0]), hex(parts[1])), hex(parts[2]), hex(parts[3]), hex(parts[4]));
        } catch (NumberFormatException e) {
            throw new DataException("Not a finished file in a source offset: " + text, e);
        }
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }
}
