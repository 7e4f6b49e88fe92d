package io.tailrace.connect.filetail.tail.measure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How far a task has got, at one moment. Immutable, so that any thread may look at it.
 *
 * @param millis when, since 1970
 * @param streams of those that have a file, or trouble, in order
 * @param total what was counted of all streams, those that are gone included
 * @param openFiles how many files are open
 * @param unreadable why paths can't be read or looked at at present, in order; at most {@value #MAX_UNREADABLE} of them
 * @param unreadableFiles how many such paths there are
 */
public record Progress(
        long millis,
        List<StreamProgress> streams,
        Tally total,
        int openFiles,
        Map<Path, String> unreadable,
        int unreadableFiles) {
    /** Most reasons that are kept. */
    public static final int MAX_UNREADABLE = 100;

    /** What a task says that has not begun. */
    public static final Progress NONE = new Progress(0, List.of(), new Counts().tally(), 0, Map.of(), 0);

    /**
     * How much is unread.
     *
     * @return bytes, of all streams
     */
    public long lagBytes() {
        return streams.stream().mapToLong(StreamProgress::lagBytes).sum();
    }

    /**
     * How far the stream is behind that is furthest behind.
     *
     * @return milliseconds
     */
    public long maxLagMillis() {
        return streams.stream().mapToLong(StreamProgress::lagMillis).max().orElse(0);
    }
}
