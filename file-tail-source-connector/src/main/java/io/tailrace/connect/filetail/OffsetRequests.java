package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.entries.PathPatterns;
import io.tailrace.connect.filetail.entries.PathPolicy;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.read.GzipContent;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Checks what is asked of {@code PATCH} and {@code DELETE /connectors/…/offsets}. A position alone is enough: the task moves
 * it to the next line's start. A generation may be given too, as the ids of documents may have it in them. The other fields that
 * the task adds tell which file the position belongs to, and would be wrong beside another one. To remove an offset is legal
 * whatever its partition: else nobody could get rid of a bad one.
 */
final class OffsetRequests {
    private static final String STREAM = RecordMaker.PARTITION_FIELD;
    private static final String POSITION = StreamOffset.POSITION;
    private static final String GENERATION = StreamOffset.GENERATION;
    private static final Set<String> LEGAL = Set.of(POSITION, GENERATION);
    private static final Pattern STREAM_FORM = Pattern.compile("([^|]+)\\|[^|]*\\|(/.+)", Pattern.DOTALL);

    private final String hostId;
    private final PathPolicy paths;

    /**
     * Makes a check.
     *
     * @param hostId the host that the connector collects from
     * @param paths which of its files may be looked at
     */
    OffsetRequests(String hostId, PathPolicy paths) {
        this.hostId = hostId;
        this.paths = paths;
    }

    /**
     * Checks them all.
     *
     * @throws ConnectException naming the first value that is not legal
     */
    void check(Map<? extends Map<String, ?>, ? extends Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                checkOffset(checkPartition(partition), checkPosition(partition, offset));
            }
        });
    }

    /** The streams that are named, of which nothing remembered elsewhere must count any more. */
    static Set<String> streams(Map<? extends Map<String, ?>, ?> offsets) {
        Set<String> streams = new HashSet<>();
        for (Map<String, ?> partition : offsets.keySet()) {
            if (partition != null && partition.get(STREAM) instanceof String stream) {
                streams.add(stream);
            }
        }
        return streams;
    }

    private static Matcher checkPartition(Map<String, ?> partition) {
        if (partition == null || !partition.keySet().equals(Set.of(STREAM))) {
            throw new ConnectException(
                    "A partition must have exactly the field '" + STREAM + "', this has not: " + partition);
        }
        Matcher form = STREAM_FORM.matcher(String.valueOf(partition.get(STREAM)));
        if (!(partition.get(STREAM) instanceof String) || !form.matches()) {
            throw new ConnectException("A partition's '" + STREAM
                    + "' must be '<host.id>|<entry id>|<absolute path>', this is not: " + partition.get(STREAM));
        }
        return form;
    }

    private static long checkPosition(Map<String, ?> partition, Map<String, ?> offset) {
        if (!offset.containsKey(POSITION) || !LEGAL.containsAll(offset.keySet())) {
            throw new ConnectException("An offset must have the field '" + POSITION + "', and may have '" + GENERATION
                    + "', that of " + partition + " is: " + offset);
        }
        if (offset.containsKey(GENERATION)) {
            wholeNumber(partition, offset, GENERATION, "files");
        }
        return wholeNumber(partition, offset, POSITION, "bytes");
    }

    private static long wholeNumber(Map<String, ?> partition, Map<String, ?> offset, String field, String unit) {
        Object value = offset.get(field);
        boolean integer = value instanceof Integer || value instanceof Long;
        if (!integer || ((Number) value).longValue() < 0) {
            throw new ConnectException("An offset's '" + field + "' must be an integer number of " + unit
                    + ", 0 or more, that of " + partition + " is not: " + value);
        }
        return ((Number) value).longValue();
    }

    private void checkOffset(Matcher stream, long position) {
        if (!stream.group(1).equals(hostId)) {
            throw new ConnectException("The '" + STREAM + "' " + stream.group() + " is of the host " + stream.group(1)
                    + ", and this connector's host.id is " + hostId);
        }
        Path file = file(stream);
        long size = size(file);
        if (position > size) {
            throw new ConnectException("An offset's '" + POSITION + "' must not be beyond the end of its file, " + size
                    + " bytes, that of " + stream.group() + " is: " + position);
        }
    }

    /** The file, by the one name that a stream has for it: any other would be a stream that no task ever asks for. */
    private Path file(Matcher stream) {
        String name = stream.group(2);
        Path file = path(stream);
        if (!file.normalize().toString().equals(name)) {
            throw refused(stream, "must name its file without '.', '..' or needless slashes, " + file.normalize());
        }
        if (isVisible(file) && Files.isDirectory(file)) {
            throw refused(stream, "must name a file, not a folder");
        }
        if (PathPatterns.isGlob(name) && !(isVisible(file) && Files.exists(file))) {
            throw refused(stream, "must name one file, not a glob");
        }
        return file;
    }

    private static Path path(Matcher stream) {
        try {
            return Path.of(stream.group(2));
        } catch (InvalidPathException e) {
            throw refused(stream, "must name a file, which this can't be here (" + e.getReason() + ")");
        }
    }

    private static ConnectException refused(Matcher stream, String rule) {
        return new ConnectException("A partition's '" + STREAM + "' " + rule + ", this does not: " + stream.group());
    }

    /** Whether it may be looked at; what lies elsewhere is none of the business of whoever asks. */
    private boolean isVisible(Path file) {
        try {
            return paths.allows(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The file's size, as large as can be if it can't be seen: it may be elsewhere, or come again. A compressed file doesn't
     * say how long its text is.
     */
    private long size(Path file) {
        try {
            boolean plain = !GzipContent.isNamed(file) && isVisible(file) && Files.isRegularFile(file);
            return plain ? Files.size(file) : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
