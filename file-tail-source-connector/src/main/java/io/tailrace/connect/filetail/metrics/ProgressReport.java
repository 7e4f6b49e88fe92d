package io.tailrace.connect.filetail.metrics;

import io.tailrace.connect.filetail.tail.Now;
import io.tailrace.connect.filetail.tail.Tailer;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.ProgressFeed;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells others how far a task has got, every second: whoever asks for {@link #latest}, and the worker's metrics. */
public final class ProgressReport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressReport.class);

    /**
     * When metrics are first shown. All tasks of a worker share one lock to make them under, and after an edit all tasks start
     * at once: lines first.
     */
    private static final int FIRST_SHOWN = 3;

    private final ProgressFeed feed = new ProgressFeed();
    private final Optional<TaskMetrics> metrics;

    private int made;

    private ProgressReport(Optional<TaskMetrics> metrics) {
        this.metrics = metrics;
    }

    /**
     * Makes a report.
     *
     * @param context of the task; before Kafka 4.1 there are no metrics in it, and then there are none
     * @param maxFiles most files that get metrics of their own
     * @return the report
     */
    public static ProgressReport of(SourceTaskContext context, int maxFiles) {
        return new ProgressReport(metricsOf(context, maxFiles));
    }

    /** Names no class of the new interface, not even in a lambda, outside the attempt: naming it can be what fails. */
    private static Optional<TaskMetrics> metricsOf(SourceTaskContext context, int maxFiles) {
        try {
            return Optional.of(new TaskMetrics(context.pluginMetrics(), maxFiles));
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            LOG.info("This worker has no metrics for plugins, which came with Kafka 4.1: {}", e.toString());
            return Optional.empty();
        }
    }

    /**
     * Tells how far the task has got, if it is time; called by the task's thread, as often as it likes.
     *
     * @param tailer the task's
     * @param now the time
     * @return whether it was
     */
    public boolean update(Tailer tailer, Now now) {
        if (!feed.update(() -> tailer.progress(now), now.nanos())) {
            return false;
        }
        made = Math.min(made + 1, FIRST_SHOWN);
        if (made == FIRST_SHOWN) {
            metrics.ifPresent(shown -> shown.update(feed.latest()));
        }
        return true;
    }

    /**
     * How far the task had got when it last told; for any thread.
     *
     * @return a snapshot, a second old at most while the task is polled
     */
    public Progress latest() {
        return feed.latest();
    }

    /** Takes the metrics away. */
    @Override
    public void close() {
        metrics.ifPresent(TaskMetrics::close);
    }
}
