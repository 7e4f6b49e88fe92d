package io.tailrace.connect.filetail.metrics;

import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's metrics: totals, and those of each stream that has a file, as many as are allowed. Changed by the task's
 * thread; the values may be read by any.
 */
public final class TaskMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

    /** The tag that tells streams apart. */
    public static final String STREAM_TAG = "stream";

    private final PluginMetrics metrics;
    private final int maxFiles;
    private final Map<String, FileMetrics> files = new HashMap<>();
    private MetricSet totals;
    private volatile Progress progress = Progress.NONE;
    private boolean saidTooMany;
    private String trouble = "";

    /**
     * Makes metrics; none is there before the first {@link #update}.
     *
     * @param metrics of the worker, for this task
     * @param maxFiles most streams that get metrics of their own; the others are only in the totals
     */
    public TaskMetrics(PluginMetrics metrics, int maxFiles) {
        this.metrics = metrics;
        this.maxFiles = maxFiles;
    }

    /**
     * Shows how far the task has got by now. Streams that are new get metrics, those that are gone lose theirs.
     *
     * @param now the task's progress
     */
    public void update(Progress now) {
        boolean sameFiles = now.streams().equals(progress.streams());
        progress = now;
        try {
            if (totals == null) {
                addTotals();
            }
            if (!sameFiles || !trouble.isEmpty()) {
                updateFiles(now);
            }
            trouble = "";
        } catch (IllegalArgumentException e) {
            complain(e);
        }
    }

    /** A worker that gave up waiting for this task's predecessor has that one's metrics until it does end. */
    private void complain(IllegalArgumentException e) {
        if (!trouble.equals(e.toString())) {
            trouble = e.toString();
            LOG.warn("Metrics can't be shown at present: {}", trouble);
        }
    }

    private void addTotals() {
        MetricSet set = new MetricSet(metrics, Map.of());
        for (TaskGauge gauge : TaskGauge.values()) {
            set.add(gauge.metric(), gauge.meaning(), () -> gauge.of(progress));
        }
        set.addCounts(() -> progress.total());
        totals = set;
    }

    private void updateFiles(Progress now) {
        Set<String> present = new HashSet<>();
        int without = 0;
        for (StreamProgress stream : now.streams()) {
            FileMetrics known = files.get(stream.stream());
            if (known != null) {
                known.stream = stream;
                present.add(stream.stream());
            }
        }
        removeAllBut(present);
        for (StreamProgress stream : now.streams()) {
            if (files.containsKey(stream.stream())) {
                continue;
            }
            if (files.size() < maxFiles) {
                files.put(stream.stream(), new FileMetrics(metrics, stream));
            } else {
                without++;
            }
        }
        sayIfTooMany(without);
    }

    private void removeAllBut(Set<String> present) {
        Set<String> gone = new HashSet<>(files.keySet());
        gone.removeAll(present);
        gone.forEach(stream -> files.remove(stream).remove());
    }

    /** Who allows none wants none, and need not be told with each edit of the entries. */
    private void sayIfTooMany(int without) {
        if (without > 0 && maxFiles > 0 && !saidTooMany) {
            saidTooMany = true;
            LOG.warn(
                    "Only {} files have metrics of their own (metrics.files.max); {} others are in the task's totals"
                            + " alone",
                    maxFiles,
                    without);
        }
    }

    /** Takes all metrics away. */
    public void close() {
        files.values().forEach(FileMetrics::remove);
        files.clear();
        if (totals != null) {
            totals.remove();
            totals = null;
        }
    }

    private static final class FileMetrics {
        private final MetricSet set;
        private volatile StreamProgress stream;

        FileMetrics(PluginMetrics metrics, StreamProgress stream) {
            this.stream = stream;
            this.set = new MetricSet(metrics, Map.of(STREAM_TAG, stream.stream()));
            for (FileGauge gauge : FileGauge.values()) {
                set.add(gauge.metric(), gauge.meaning(), () -> gauge.of(this.stream));
            }
            set.addCounts(() -> this.stream.tally());
        }

        void remove() {
            set.remove();
        }
    }
}
