package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Rotated siblings that are older than the file that a stream is reading, and so none of its successors. The key of one
 * that has been deleted is soon given to another file, often to the next one that is written to; and one that only has such
 * a name, being the log of something else, may be written to at any time. What is in them tells which is which.
 *
 * @param files as they were then
 * @param atMillis when that was, if these are all siblings that there were while the file was at its path; else {@link #LATER}
 */
record Older(Map<FileKey, Seen> files, long atMillis) {
    static final long LATER = Long.MAX_VALUE;
    static final Older NONE = new Older(Map.of(), LATER);

    /**
     * A sibling at that time.
     *
     * @param modifiedMillis when it was last written to
     * @param end a bookmark at its end, if it could be read and was not empty
     */
    record Seen(long modifiedMillis, Optional<Bookmark> end) {}

    boolean contains(FileStat file, Finder finder) throws IOException {
        Seen then = files.get(file.key());
        if (then == null) {
            return file.isGzip() && isCompressed(file, finder);
        }
        return then.modifiedMillis() == file.modifiedMillis()
                || (then.end().isPresent()
                        && finder.fits(file, then.end().get())
                        && finder.isStill(file, then.end().get()));
    }

    /** Whether it is what has become of one of them: as long, and alike as far as can be told from its beginning. */
    private boolean isCompressed(FileStat gzip, Finder finder) throws IOException {
        for (Seen then : files.values()) {
            if (then.end().isPresent() && isMadeFrom(gzip, then.end().get(), finder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMadeFrom(FileStat gzip, Bookmark end, Finder finder) throws IOException {
        if (!finder.isOfLength(gzip, end.position()) || !finder.isStill(gzip, end)) {
            return false;
        }
        Optional<FileStat> original = finder.moved(gzip.path(), end.key());
        return original.isEmpty() || !finder.fits(original.get(), end) || !finder.isStill(original.get(), end);
    }
}
