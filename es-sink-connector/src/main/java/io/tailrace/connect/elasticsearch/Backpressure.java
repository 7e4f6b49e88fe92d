package io.tailrace.connect.elasticsearch;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Pauses partitions by how many bytes of theirs wait. Polling goes on meanwhile, so that the task stays in its group.
 *
 * <p>Above half of the limit, those partitions are paused that have more than their share of that half: one whose
 * index takes nothing fills its share and waits, and the others go on. One poll may bring more of it than all of the
 * limit, so the partition of which most waits doesn't count when the others are measured: if they exceed the limit, all
 * are paused. So the limit is kept but for what two polls bring. Confined to the task's thread.
 */
final class Backpressure {

    /** While anything is under way, how soon a poll must come back at the latest. */
    private static final long BUSY_POLL_MILLIS = 500;

    /** While paused: nothing else would bring the poll back, and there is room soon. */
    private static final long PAUSED_POLL_MILLIS = 20;

    private final SinkTaskContext context;
    private final long limitBytes;
    private final Set<TopicPartition> paused = new HashSet<>();
    private long pausedSinceNanos;
    private long pausedNanos;

    Backpressure(SinkTaskContext context, long limitBytes) {
        this.context = context;
        this.limitBytes = limitBytes;
    }

    /**
     * Partitions were assigned. They begin unpaused: a worker pauses again what was paused when it was taken away, and
     * nobody would resume it, since what waited is gone.
     */
    void opened(Collection<TopicPartition> partitions, long nowNanos) {
        closed(partitions, nowNanos);
        context.resume(partitions.toArray(TopicPartition[]::new));
    }

    /** Partitions that were taken away are forgotten. */
    void closed(Collection<TopicPartition> partitions, long nowNanos) {
        account(nowNanos);
        paused.removeAll(partitions);
    }

    /**
     * Pauses or resumes, and asks for the next poll to come back in time.
     *
     * @param totalBytes all that waits, also for partitions that were taken away
     * @param bytes what waits of each partition
     * @param busy whether anything waits at all
     * @param nowNanos the time
     */
    void update(long totalBytes, ToLongFunction<TopicPartition> bytes, boolean busy, long nowNanos) {
        account(nowNanos);
        long half = limitBytes / 2;
        Set<TopicPartition> assigned = context.assignment();
        long share = half / Math.max(1, assigned.size());
        long others = totalBytes - assigned.stream().mapToLong(bytes).max().orElse(0);
        if (totalBytes > half) {
            pause(assigned, partition -> others > limitBytes || bytes.applyAsLong(partition) > share);
        }
        if (!paused.isEmpty() && others <= limitBytes) {
            resume(partition -> totalBytes < half / 2 || bytes.applyAsLong(partition) < share / 2);
        }
        if (!paused.isEmpty()) {
            context.timeout(PAUSED_POLL_MILLIS);
        } else if (busy) {
            context.timeout(BUSY_POLL_MILLIS);
        }
    }

    /** How long at least one partition has been paused, all in all. */
    long pausedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(pausedNanos);
    }

    private void account(long nowNanos) {
        if (!paused.isEmpty()) {
            pausedNanos += nowNanos - pausedSinceNanos;
        }
        pausedSinceNanos = nowNanos;
    }

    private void pause(Set<TopicPartition> assigned, Predicate<TopicPartition> isTooMuch) {
        TopicPartition[] more = assigned.stream()
                .filter(partition -> !paused.contains(partition) && isTooMuch.test(partition))
                .toArray(TopicPartition[]::new);
        if (more.length > 0) {
            paused.addAll(Set.of(more));
            context.pause(more);
        }
    }

    private void resume(Predicate<TopicPartition> hasRoom) {
        TopicPartition[] free = paused.stream().filter(hasRoom).toArray(TopicPartition[]::new);
        if (free.length > 0) {
            paused.removeAll(Set.of(free));
            context.resume(free);
        }
    }
}
