package io.tailrace.connect.filetail.tail.measure;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How far one stream has got.
 *
 * @param stream its name, as in the record's key: {@code <host.id>|<entry id>|<path>}
 * @param path the path that it stands for; the file that is being read may have been renamed since
 * @param position how many bytes of the file have been read, all of them complete lines
 * @param size how long the file is, as far as has been seen; at least the position
 * @param lagMillis how long ago the oldest unread byte can have been written, counted from when it was noticed; 0 if
 *     nothing is unread but the beginning of a line whose end hasn't been written
 * @param tally what this task has counted of it
 * @param error why the file can't be read at present; empty if it can
 */
public record StreamProgress(
        String stream, Path path, long position, long size, long lagMillis, Tally tally, Optional<String> error) {
    /**
     * How much is unread.
     *
     * @return bytes, the beginning of a line without an end among them
     */
    public long lagBytes() {
        return size - position;
    }

    /**
     * Lines that became records.
     *
     * @return how many since the task started
     */
    public long lines() {
        return tally.get(Count.LINES);
    }

    /**
     * Bytes of lines that became records.
     *
     * @return how many since the task started
     */
    public long bytes() {
        return tally.get(Count.BYTES);
    }

    /**
     * Time for which the rate limit kept unread bytes waiting.
     *
     * @return milliseconds since the task started
     */
    public long throttledMillis() {
        return TimeUnit.NANOSECONDS.toMillis(tally.get(Count.THROTTLED_NANOS));
    }
}
