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
    private volatile boolean closed;

    Assignment(TopicPartition partition, long generation) {
        this.partition = partition;
        this.generation = generation;
    }

    TopicPartition partition() {
        return partition;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        pending.clear();
    }

    Pending add(long offset) {
        Pending added = new Pending(this, offset);
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
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** The lowest offset that isn't settled. */
    long firstPending() {
        return pending.getFirst().offset();
    }

    @Override
    public String toString() {
        return partition + "#" + generation;
    }
}
