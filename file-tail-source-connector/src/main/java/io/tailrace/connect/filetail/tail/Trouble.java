package io.tailrace.connect.filetail.tail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a stream's file can't be read at present, which is said once, and how often that was tried in vain. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
    private static final long MAX_RETRY_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Path path;
    private String reason = "";
    private int failures;
    private long sinceNanos;

    Trouble(Path path) {
        this.path = path;
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return reason.isEmpty();
    }

    /** Empty if there is none. */
    String reason() {
        return reason;
    }

    /** Whether it has lasted for longer than anything is waited for. */
    boolean hasLasted(Now now) {
        return failures > 0 && now.nanos() - sinceNanos >= Patience.NANOS;
    }

    void failed(String why, Now now) {
        if (failures++ == 0) {
            sinceNanos = now.nanos();
        }
        if (!reason.equals(why)) {
            reason = why;
            LOG.warn("{} can't be read at present: {}", path, why);
        }
    }

    void isOver() {
        if (!reason.isEmpty()) {
            LOG.info("{} can be read again", path);
            reason = "";
            failures = 0;
        }
    }

    /** When to try again. Opening a file in vain takes time, which many of them would take from the others. */
    long retryNanos(Duration interval) {
        long nanos = interval.toNanos();
        return Math.min(nanos << Math.min(failures, 10), Math.max(nanos, MAX_RETRY_NANOS));
    }
}
