package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Finished;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/** The files that a stream has read one after the other: their numbers, where they were left, and what can come next. */
final class Generations {
    private static final long NEVER = Long.MIN_VALUE;

    /** Time stamps of files are that of the last tick of the kernel's clock. */
    private static final long TICK_MILLIS = 20;

    private long number = StreamOffset.NO_GENERATION;
    private Finished finished = Finished.NONE;

    /** When the file that was read last was last written to. */
    private long lastModified = NEVER;

    /** When the file that was read last was left. */
    private long leftMillis = NEVER;

    /** Rotated siblings that are older than the file being read, and so none of its successors. */
    private Older older = Older.NONE;

    /** Takes over what an earlier task knew. */
    void restore(StreamOffset.Saved saved) {
        number = saved.generation();
        finished = saved.finished();
        lastModified = saved.modifiedMillis();
    }

    /** Whether there has been a file, or an operator gave the number of the next one. */
    boolean isNumbered() {
        return number != StreamOffset.NO_GENERATION;
    }

    /**
     * Counts one more file. The first one's number is the time, as a stream of which nothing is known may have been
     * reset: the numbers that it had then must not come again for other lines.
     */
    void next(Now now) {
        number = isNumbered() ? number + 1 : now.millis();
    }

    /** What records of the present file have in common. */
    StreamOffset.Generation of(FileKey key, long modifiedMillis) {
        return new StreamOffset.Generation(number, key, finished, modifiedMillis);
    }

    Finished finished() {
        return finished;
    }

    Older older() {
        return older;
    }

    void older(Older siblings) {
        older = siblings;
    }

    /** When the file that was read last was last written to, in milliseconds since 1970. */
    long lastModified() {
        return lastModified;
    }

    void lastModified(long millis) {
        lastModified = millis;
    }

    /** A file has been read to its end. */
    void finish(Finished.Left file, Predicate<FileKey> collected) {
        lastModified = file.modifiedMillis();
        finished = finished.with(file, collected);
    }

    /** No file is being read from now on. */
    void leave(Now now) {
        leftMillis = now.millis();
    }

    /** Whether a file was written to after the last one was left. */
    boolean leftBefore(FileStat file) {
        return leftMillis != NEVER
                && file.modifiedMillis() > lastModified
                && file.modifiedMillis() > leftMillis - TICK_MILLIS;
    }

    /**
     * Whether a rotated sibling can have come after the file that was read last. What is older than that came before it, whether
     * or not it is remembered to have been read. Clocks are set back: where all that was there is known, what has been
     * written to since then is new, whatever came before.
     *
     * @param left what the file that was read last is called now, if it still is there
     * @param there the file at the stream's path
     */
    boolean isSuccessor(FileStat file, Optional<FileStat> left, Optional<FileStat> there, Finder finder)
            throws IOException {
        long leftSince =
                left.map(last -> Math.min(last.modifiedMillis(), lastModified)).orElse(NEVER);
        long since =
                file.isGzip() ? Math.max(leftSince, lastModified) : Math.min(leftSince, older.atMillis() - TICK_MILLIS);
        return file.modifiedMillis() >= since
                && there.stream().noneMatch(active -> active.key().equals(file.key()))
                && !older.contains(file, finder);
    }
}
