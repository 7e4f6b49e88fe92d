package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rotated siblings that are older than the file that a stream is reading, and so none of its successors. The key of one
 * that has been deleted is soon given to another file, often to the next one that is written to: hence the time stamps.
 *
 * @param modifiedMillis when each of them was last written to
 */
record Older(Map<FileKey, Long> modifiedMillis) {
    static final Older NONE = new Older(Map.of());

    static Older of(Collection<FileStat> files) {
        return new Older(files.stream()
                .collect(
                        Collectors.toUnmodifiableMap(FileStat::key, FileStat::modifiedMillis, (one, hardLink) -> one)));
    }

    boolean contains(FileStat file) {
        Long then = modifiedMillis.get(file.key());
        return then != null && then == file.modifiedMillis();
    }
}
