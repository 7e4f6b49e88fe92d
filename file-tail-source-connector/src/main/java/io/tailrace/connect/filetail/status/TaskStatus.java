package io.tailrace.connect.filetail.status;

import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the connector from time to time how a task is, and at once when the files change that it reads. Used by the task's
 * thread alone; what goes wrong here is logged once and stops nothing.
 */
public final class TaskStatus {
    /** How often it is told without a change. */
    public static final long INTERVAL_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(TaskStatus.class);

    private final StatusFile file;
    private final TaskStatusText text;
    private Progress before = Progress.NONE;
    private List<StreamProgress> streams = List.of();
    private Set<String> files = Set.of();
    private boolean written;
    private boolean failing;

    /**
     * Has told nothing yet.
     *
     * @param file where it is told
     * @param text how
     */
    public TaskStatus(StatusFile file, TaskStatusText text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Tells it if it is time, or something has changed.
     *
     * @param now how far the task has got
     */
    public void take(Progress now) {
        boolean changed = otherFiles(now.streams()) || !written;
        long sinceMillis = now.millis() - before.millis();
        // It is negative where the clock has been set back.
        if (!changed && sinceMillis >= 0 && sinceMillis < INTERVAL_MILLIS) {
            return;
        }
        write(text.of(now, before, changed));
        written = true;
        before = now;
    }

    /** While nothing happens every snapshot has the same list, and thousands of files cost nothing. */
    @SuppressWarnings("ReferenceEquality")
    private boolean otherFiles(List<StreamProgress> now) {
        if (now == streams) {
            return false;
        }
        streams = now;
        Set<String> earlier = files;
        files = now.stream().map(TaskStatus::identity).collect(Collectors.toSet());
        return !files.equals(earlier);
    }

    private static String identity(StreamProgress stream) {
        return stream.stream() + stream.error().orElse("");
    }

    private void write(String status) {
        try {
            file.write(status);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("The task's status can't be written to state.dir: {}", e.toString());
            }
            failing = true;
        }
    }

    /** The task ends. */
    public void close() {
        try {
            file.delete();
        } catch (IOException e) {
            LOG.debug("The task's status stays until it is too old", e);
        }
    }
}
