package io.tailrace.connect.elasticsearch.bulk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Operations in the order they came, from which batches are cut: full ones at once, others when their oldest
 * operation has lingered long enough. Time is passed in. Not for several threads.
 */
public final class BatchQueue {

    private final int maxCount;
    private final long maxBytes;
    private final long lingerMillis;
    private Deque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;

    private record Waiting(Operation operation, long sinceMillis) {

        TopicPartition partition() {
            return operation.pending().partition();
        }
    }

    /**
     * An empty queue.
     *
     * @param maxCount the most operations in a batch, at least 1
     * @param maxBytes the most bytes in a body; one operation that is larger goes alone
     * @param lingerMillis how long an operation may wait for others
     */
    public BatchQueue(int maxCount, long maxBytes, long lingerMillis) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
        this.lingerMillis = lingerMillis;
    }

    /**
     * Adds an operation at the end.
     *
     * @param operation the operation
     * @param nowMillis the time
     */
    public void add(Operation operation, long nowMillis) {
        queue.addLast(new Waiting(operation, nowMillis));
        queuedBytes += operation.bodyBytes();
    }

    /**
     * Cuts a batch if one is due.
     *
     * @param nowMillis the time
     * @param held partitions whose operations must wait; the others may overtake them
     * @return a batch that may go now, or nothing
     */
    public Optional<Batch> next(long nowMillis, Set<TopicPartition> held) {
        boolean isFull = queue.size() >= maxCount || queuedBytes >= maxBytes;
        if (queue.isEmpty() || (!isFull && nowMillis < queue.peekFirst().sinceMillis() + lingerMillis)) {
            return Optional.empty();
        }
        List<Operation> operations = held.isEmpty() ? cut() : cut(held);
        return operations.isEmpty() ? Optional.empty() : Optional.of(new Batch(operations, nowMillis));
    }

    /**
     * When the next batch will be due if nothing is added.
     *
     * @param held partitions whose operations must wait
     * @return milliseconds; {@link Long#MAX_VALUE} if nothing may go
     */
    public long dueMillis(Set<TopicPartition> held) {
        for (Waiting waiting : queue) {
            if (held.isEmpty() || !held.contains(waiting.partition())) {
                return waiting.sinceMillis() + lingerMillis;
            }
        }
        return Long.MAX_VALUE;
    }

    private List<Operation> cut() {
        List<Operation> operations = new ArrayList<>(Math.min(maxCount, queue.size()));
        long bytes = 0;
        while (!queue.isEmpty() && fits(operations, bytes, queue.peekFirst())) {
            Operation operation = queue.removeFirst().operation();
            bytes += operation.bodyBytes();
            operations.add(operation);
        }
        queuedBytes -= bytes;
        return operations;
    }

    /** Walks over what must wait, which costs; only an order that was asked for makes anything wait. */
    private List<Operation> cut(Set<TopicPartition> held) {
        List<Operation> operations = new ArrayList<>();
        long bytes = 0;
        Deque<Waiting> rest = new ArrayDeque<>(queue.size());
        boolean isFull = false;
        for (Waiting waiting : queue) {
            boolean isHeld = held.contains(waiting.partition());
            isFull |= !isHeld && !fits(operations, bytes, waiting);
            if (isHeld || isFull) {
                rest.addLast(waiting);
            } else {
                bytes += waiting.operation().bodyBytes();
                operations.add(waiting.operation());
            }
        }
        queue = rest;
        queuedBytes -= bytes;
        return operations;
    }

    private boolean fits(List<Operation> operations, long bytes, Waiting next) {
        return operations.isEmpty()
                || (operations.size() < maxCount && bytes + next.operation().bodyBytes() <= maxBytes);
    }

    /**
     * Takes out the operations whose partition was taken away.
     *
     * @return those
     */
    public List<Operation> removeAbandoned() {
        List<Operation> abandoned = new ArrayList<>();
        queue.removeIf(waiting -> {
            if (!waiting.operation().pending().isAbandoned()) {
                return false;
            }
            queuedBytes -= waiting.operation().bodyBytes();
            return abandoned.add(waiting.operation());
        });
        return abandoned;
    }
}
