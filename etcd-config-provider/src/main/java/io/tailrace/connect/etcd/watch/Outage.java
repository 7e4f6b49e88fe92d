package io.tailrace.connect.etcd.watch;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that etcd can't be used once per reason and not per attempt, and once that it can be again. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private String kind;
    private long sinceNanos;

    void begin(String newKind, String message) {
        if (kind == null) {
            sinceNanos = System.nanoTime();
        }
        if (!newKind.equals(kind)) {
            LOG.warn("{}. What was read last stays in force; etcd is tried again until it answers", message);
        }
        kind = newKind;
    }

    void end() {
        if (kind != null) {
            LOG.info(
                    "etcd answers again after {} s",
                    Duration.ofNanos(System.nanoTime() - sinceNanos).toSeconds());
        }
        kind = null;
    }
}
