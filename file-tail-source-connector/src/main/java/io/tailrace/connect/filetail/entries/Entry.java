package io.tailrace.connect.filetail.entries;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing to collect: a file or a glob, and what becomes of its lines. Values have been checked; an entry that exists
 * is valid by itself, though a host may still refuse its path or topic.
 *
 * @param path file or glob ({@code log_path} or {@code path} in JSON)
 * @param topic Kafka topic that the lines go to
 * @param service name of the service the lines belong to, empty for none
 * @param id tells two entries on the same path apart, empty by default
 * @param sendRate lines per second for all files of the entry together, 0 for unlimited
 * @param sendBytes bytes per second for all files of the entry together, 0 for unlimited
 * @param exclude globs of paths that are not collected
 * @param startPosition where files that exist when first seen are begun
 * @param encoding character set of the files
 * @param multiline how lines are joined into events, empty for one event per line
 * @param includeLines regular expressions of which a line must match one, empty for all lines
 * @param excludeLines regular expressions of which a line must match none
 * @param keepEmptyLines whether lines of no characters are sent too
 * @param maxLineBytes longer lines are cut there, in bytes
 * @param ignoreOlder files not modified for this long are left alone, empty for none
 * @param closeIdle an open file without news for this long is closed
 * @param fields constants for every record's metadata: strings, numbers and booleans by name
 */
public record Entry(
        String path,
        String topic,
        String service,
        String id,
        long sendRate,
        long sendBytes,
        List<String> exclude,
        StartPosition startPosition,
        Charset encoding,
        Optional<Multiline> multiline,
        List<String> includeLines,
        List<String> excludeLines,
        boolean keepEmptyLines,
        int maxLineBytes,
        Optional<Duration> ignoreOlder,
        Duration closeIdle,
        SortedMap<String, Object> fields) {

    /**
     * Default of {@link #maxLineBytes()}: 1 MiB less 64 KiB, which leaves room for key, header and the batch around them in
     * what producers and brokers take by default, 1 MiB. A record that is larger would stop the task for good.
     */
    public static final int DEFAULT_MAX_LINE_BYTES = (1024 - 64) * 1024;

    /** Default of {@link #closeIdle()}. */
    public static final Duration DEFAULT_CLOSE_IDLE = Duration.ofMinutes(5);

    public Entry {
        requireNonNull(path);
        requireNonNull(topic);
        exclude = List.copyOf(exclude);
        includeLines = List.copyOf(includeLines);
        excludeLines = List.copyOf(excludeLines);
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** Where a file that exists when it is first seen is begun. Files that appear later are read from their beginning. */
    public enum StartPosition {
        /** At its first byte. */
        BEGINNING,
        /** After its last byte. */
        END
    }

    /**
     * How lines are joined into one event.
     *
     * @param pattern regular expression looked for in each line
     * @param negate whether lines that do not match are the ones joined
     * @param match whether matching lines are joined to the one before or the one after them
     * @param maxLines most lines in one event
     * @param timeout an event that has waited this long for its next line is complete
     */
    public record Multiline(String pattern, boolean negate, Match match, int maxLines, Duration timeout) {
        /** Filebeat's {@code multiline.match}. */
        public enum Match {
            /** Matching lines are appended to the line before them. */
            AFTER,
            /** Matching lines are put before the line that follows them. */
            BEFORE
        }
    }
}
