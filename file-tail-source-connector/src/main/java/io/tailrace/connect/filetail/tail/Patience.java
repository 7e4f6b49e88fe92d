package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Since when files can't be read that a stream may have to go on in. For a while it waits for them, since they may hold what
 * comes next; but a file that stays unreadable must not keep those after it from being read.
 */
final class Patience {
    /** How long a file is waited for. */
    static final long NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final int MAX_FILES = 10_000;

    private final Map<FileKey, Long> sinceNanos = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FileKey, Long> eldest) {
            return size() > MAX_FILES;
        }
    };

    /**
     * A file could not be read.
     *
     * @return whether it has been waited for long enough
     */
    boolean isExhausted(FileKey file, Now now) {
        Long since = sinceNanos.putIfAbsent(file, now.nanos());
        return since != null && now.nanos() - since >= NANOS;
    }

    /** A file could be read. */
    void isOver(FileKey file) {
        sinceNanos.remove(file);
    }
}
