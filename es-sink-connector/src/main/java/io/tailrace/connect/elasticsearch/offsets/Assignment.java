package io.tailrace.connect.elasticsearch.offsets;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition from when it was assigned until it was taken away. A partition that comes back is another
 * assignment, with a higher generation: answers for the former one find it closed and change nothing.
 */
final class Assignment {

    private final TopicPartition partition;
    private final long generation;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long bufferedBytes;
    private boolean wentBack;
    private volatile boolean closed;

    Assignment(TopicPartition partition, long generation) {
        this.partition = partition;
        this.generation = generation;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Whether it is the one of a partition now. */
    boolean isOf(String topic, int number) {
        return !closed && partition.partition() == number && partition.topic().equals(topic);
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        pending.clear();
    }

    /** Offsets rise, until the topic is made anew, or loses its end, and the consumer begins again further down. */
    Pending add(long offset) {
        Pending added = new Pending(this, offset);
        wentBack |= !pending.isEmpty() && offset <= pending.peekLast().offset();
        pending.addLast(added);
        return added;
    }

    void weigh(long bytes) {
        bufferedBytes += bytes;
    }

    long bufferedBytes() {
        return bufferedBytes;
    }

    void settle(Pending one) {
        if (one.isSettled()) {
            return;
        }
        one.markSettled();
        bufferedBytes -= one.bytes();
        while (!pending.isEmpty() && pending.peekFirst().isSettled()) {
            pending.removeFirst();
        }
        wentBack &= !pending.isEmpty();
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** The lowest offset that isn't settled. */
    long firstPending() {
        return wentBack
                ? pending.stream()
                        .filter(one -> !one.isSettled())
                        .mapToLong(Pending::offset)
                        .min()
                        .orElseThrow()
                : pending.getFirst().offset();
    }

    @Override
    public String toString() {
        return partition + "#" + generation;
    }
}
