package io.tailrace.connect.filetail;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a connector does from time to time, on one thread of its own, and nobody waits for. */
final class Chores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private final ScheduledThreadPoolExecutor executor;

    Chores(String connector) {
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "tailrace-chores-" + connector);
            thread.setDaemon(true);
            return thread;
        });
    }

    void every(Duration interval, Runnable chore) {
        Future<?> unused = executor.scheduleWithFixedDelay(
                () -> guarded(chore), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            if (!executor.isShutdown()) {
                LOG.error("A chore failed", e);
            }
        }
    }

    /** Ends them without waiting. One that blocks is interrupted. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
