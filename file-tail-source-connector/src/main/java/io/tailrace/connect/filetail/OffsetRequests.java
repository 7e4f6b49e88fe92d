package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Checks what is asked of {@code PATCH} and {@code DELETE /connectors/…/offsets}. A position alone is enough: the task moves
 * it to the next line's start. The fields that the task adds tell which file the position belongs to, and would be wrong
 * beside another one.
 */
final class OffsetRequests {
    private static final String STREAM = RecordMaker.PARTITION_FIELD;
    private static final String POSITION = StreamOffset.POSITION;
    private static final Pattern STREAM_FORM = Pattern.compile("[^|]+\\|[^|]*\\|/.+", Pattern.DOTALL);

    private OffsetRequests() {}

    /**
     * Checks them all.
     *
     * @throws ConnectException naming the first value that is not legal
     */
    static void check(Map<? extends Map<String, ?>, ? extends Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            checkPartition(partition);
            if (offset != null) {
                checkOffset(partition, offset);
            }
        });
    }

    private static void checkPartition(Map<String, ?> partition) {
        if (partition == null || !partition.keySet().equals(Set.of(STREAM))) {
            throw new ConnectException(
                    "A partition must have exactly the field '" + STREAM + "', this has not: " + partition);
        }
        if (!(partition.get(STREAM) instanceof String stream)
                || !STREAM_FORM.matcher(stream).matches()) {
            throw new ConnectException("A partition's '" + STREAM
                    + "' must be '<host.id>|<entry id>|<absolute path>', this is not: " + partition.get(STREAM));
        }
    }

    private static void checkOffset(Map<String, ?> partition, Map<String, ?> offset) {
        if (!offset.keySet().equals(Set.of(POSITION))) {
            throw new ConnectException("An offset must have exactly the field '" + POSITION + "', that of " + partition
                    + " has not: " + offset);
        }
        Object position = offset.get(POSITION);
        boolean integer = position instanceof Integer || position instanceof Long;
        if (!integer || ((Number) position).longValue() < 0) {
            throw new ConnectException("An offset's '" + POSITION
                    + "' must be an integer number of bytes, 0 or more, that of " + partition + " is not: " + position);
        }
    }
}
