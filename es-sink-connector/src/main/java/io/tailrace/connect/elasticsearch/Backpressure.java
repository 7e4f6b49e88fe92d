package io.tailrace.connect.elasticsearch;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Pauses all partitions above a high-water mark of bytes and resumes them below a low one. Polling goes on
 * meanwhile, so that the task stays in its group. Confined to the task's thread.
 */
final class Backpressure {

    /** While anything is under way, how soon a poll must come back at the latest. */
    private static final long BUSY_POLL_MILLIS = 500;

    /** While paused: nothing else would bring the poll back, and there is room soon. */
    private static final long PAUSED_POLL_MILLIS = 20;

    private final SinkTaskContext context;
    private final long highBytes;
    private final long lowBytes;
    private boolean paused;

    Backpressure(SinkTaskContext context, long highBytes) {
        this.context = context;
        this.highBytes = highBytes;
        this.lowBytes = highBytes / 2;
    }

    /** Partitions that join a paused task are paused, too. */
    void opened(Collection<TopicPartition> partitions) {
        if (paused) {
            context.pause(partitions.toArray(TopicPartition[]::new));
        }
    }

    /** Pauses or resumes, and asks for the next poll to come back in time. */
    void update(long bufferedBytes, boolean busy) {
        if (!paused && bufferedBytes > highBytes) {
            paused = true;
            context.pause(assignment());
        } else if (paused && bufferedBytes < lowBytes) {
            paused = false;
            context.resume(assignment());
        }
        if (paused) {
            context.timeout(PAUSED_POLL_MILLIS);
        } else if (busy) {
            context.timeout(BUSY_POLL_MILLIS);
        }
    }

    private TopicPartition[] assignment() {
        return context.assignment().toArray(TopicPartition[]::new);
    }
}
