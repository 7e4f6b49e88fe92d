package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.record.RecordMaker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** The offsets that Connect has saved. */
final class SavedOffsets {
    private final OffsetStorageReader reader;

    SavedOffsets(OffsetStorageReader reader) {
        this.reader = reader;
    }

    /**
     * Reads offsets, all at once.
     *
     * @param paths of streams
     * @param stream gives the stream of a path
     * @return what was saved, by path in order; without those that have nothing saved
     */
    Map<Path, Map<String, Object>> read(Collection<Path> paths, Function<Path, String> stream) {
        List<Map<String, String>> partitions = new ArrayList<>();
        paths.forEach(path -> partitions.add(Map.of(RecordMaker.PARTITION_FIELD, stream.apply(path))));
        Map<Map<String, String>, Map<String, Object>> offsets = reader.offsets(partitions);
        Map<Path, Map<String, Object>> saved = new TreeMap<>();
        for (Path path : paths) {
            Map<String, Object> offset = offsets.get(Map.of(RecordMaker.PARTITION_FIELD, stream.apply(path)));
            if (offset != null) {
                saved.put(path, offset);
            }
        }
        return saved;
    }
}
