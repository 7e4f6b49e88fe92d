package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offsets that Connect has saved. */
final class SavedOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(SavedOffsets.class);

    private final OffsetStorageReader reader;

    SavedOffsets(OffsetStorageReader reader) {
        this.reader = reader;
    }

    /**
     * Reads offsets, all at once.
     *
     * @param paths of streams
     * @param stream gives the stream of a path
     * @return what was saved, by path in order; without those that have nothing saved, or something unreadable
     */
    Map<Path, StreamOffset.Saved> read(Collection<Path> paths, Function<Path, String> stream) {
        List<Map<String, String>> partitions = new ArrayList<>();
        paths.forEach(path -> partitions.add(Map.of(RecordMaker.PARTITION_FIELD, stream.apply(path))));
        Map<Map<String, String>, Map<String, Object>> offsets = reader.offsets(partitions);
        Map<Path, StreamOffset.Saved> saved = new TreeMap<>();
        for (Path path : paths) {
            Map<String, Object> offset = offsets.get(Map.of(RecordMaker.PARTITION_FIELD, stream.apply(path)));
            if (offset != null) {
                parse(path, offset, saved);
            }
        }
        return saved;
    }

    private static void parse(Path path, Map<String, Object> offset, Map<Path, StreamOffset.Saved> saved) {
        try {
            saved.put(path, StreamOffset.parse(offset));
        } catch (DataException e) {
            LOG.warn(
                    "The saved offset of {} is unreadable, so the file is read as a new one: {}", path, e.getMessage());
        }
    }
}
