package io.tailrace.connect.filetail.tail.identify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.DataException;

/**
 * The files that a stream has read to their end, newest last. Thanks to it a rotated file that turns up under a name which
 * is collected too is not read again, even after a restart. It is part of every offset that is saved, and so has limits:
 * the newest {@value #MIN} are always remembered, and others up to {@value #MAX} while they are still to be met with. Of
 * those beyond it only the age is kept: what is as old as one of them counts as read.
 *
 * @param files where each of them was left
 * @param beforeMillis when the newest of those that were forgotten was last written to, in milliseconds since 1970; 0 if
 *     none was
 */
public record Finished(List<Left> files, long beforeMillis) {
    /** How many are remembered in any case. */
    public static final int MIN = 32;

    /** How many are remembered at most. */
    public static final int MAX = 128;

    /** Comes after the inode of a compressed file. */
    private static final String COMPRESSED = "z";

    /** None. */
    public static final Finished NONE = new Finished(List.of(), 0);

    /**
     * A file that has been read to its end.
     *
     * @param bookmark where it was left
     * @param modifiedMillis when it was last written to, in milliseconds since 1970; 0 if that isn't known
     */
    public record Left(Bookmark bookmark, long modifiedMillis) {}

    /** @param files where each of them was left */
    public Finished {
        files = List.copyOf(files);
    }

    /**
     * With one more, without some of the oldest if there are too many. A file that was truncated has been finished more
     * than once; copies of it may exist from each time.
     *
     * @param left the newest
     * @param collected tells whether a file of this key exists and is collected, so that it must not be forgotten
     * @return the new list
     */
    public Finished with(Left left, Predicate<FileKey> collected) {
        List<Left> all = new ArrayList<>(files);
        all.removeIf(other -> other.bookmark().equals(left.bookmark()));
        all.add(left);
        int spare = Math.max(0, all.size() - MIN);
        all.subList(0, spare).removeIf(other -> !collected.test(other.bookmark().key()));
        int excess = Math.max(0, all.size() - MAX);
        long before =
                all.subList(0, excess).stream().mapToLong(Left::modifiedMillis).reduce(beforeMillis, Math::max);
        return new Finished(all.subList(excess, all.size()), before);
    }

    /**
     * Whether a file is so old that it must be one of those that were forgotten.
     *
     * @param modifiedMillis when it was last written to, in milliseconds since 1970
     * @return whether it counts as read
     */
    public boolean isForgotten(long modifiedMillis) {
        return modifiedMillis <= beforeMillis;
    }

    /**
     * As one string, since an offset may hold nothing but primitives.
     *
     * @return the text that {@link #parse} reads
     */
    public String format() {
        return files.stream().map(Finished::format).collect(Collectors.joining(","));
    }

    private static String format(Left left) {
        Bookmark b = left.bookmark();
        return String.format(
                "%x:%x%s:%x:%x:%x:%x",
                b.key().device(),
                b.key().inode(),
                b.key().compressed() ? COMPRESSED : "",
                b.position(),
                b.marker(),
                b.fingerprint(),
                left.modifiedMillis());
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @param text the text, may be empty
     * @param beforeMillis what goes with it
     * @return the list
     * @throws DataException if it is nothing that {@link #format} writes
     */
    public static Finished parse(String text, long beforeMillis) {
        List<Left> all = new ArrayList<>();
        for (String one : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            all.add(parseOne(one));
        }
        return new Finished(all, beforeMillis);
    }

    private static Left parseOne(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 6) {
            throw new DataException("A finished file in a source offset has six numbers, this one hasn't: " + text);
        }
        try {
            boolean compressed = parts[1].endsWith(COMPRESSED);
            String inode = compressed ? parts[1].substring(0, parts[1].length() - COMPRESSED.length()) : parts[1];
            FileKey key = new FileKey(hex(parts[0]), hex(inode), compressed);
            return new Left(new Bookmark(key, hex(parts[2]), hex(parts[3]), hex(parts[4])), hex(parts[5]));
        } catch (NumberFormatException e) {
            throw new DataException("Not a finished file in a source offset: " + text, e);
        }
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }
}
