package io.tailrace.connect.elasticsearch.bulk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Operations in the order they came, from which batches are cut: full ones at once, others when their oldest
 * operation has lingered long enough. Time is passed in. Not for several threads.
 */
public final class BatchQueue {

    private final int maxCount;
    private final long maxBytes;
    private final long lingerMillis;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;

    private record Waiting(Operation operation, long sinceMillis) {}

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
     * @return a batch that may go now, or nothing
     */
    public Optional<Batch> next(long nowMillis) {
        if (queue.isEmpty() || (!isFull() && nowMillis < dueMillis())) {
            return Optional.empty();
        }
        List<Operation> operations = new ArrayList<>(Math.min(maxCount, queue.size()));
        long bytes = 0;
        while (!queue.isEmpty() && operations.size() < maxCount) {
            Operation operation = queue.peekFirst().operation();
            if (!operations.isEmpty() && bytes + operation.bodyBytes() > maxBytes) {
                break;
            }
            queue.removeFirst();
            bytes += operation.bodyBytes();
            operations.add(operation);
        }
        queuedBytes -= bytes;
        return Optional.of(new Batch(operations, 0, nowMillis));
    }

    /**
     * When the next batch will be due if nothing is added.
     *
     * @return milliseconds; {@link Long#MAX_VALUE} if the queue is empty
     */
    public long dueMillis() {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.peekFirst().sinceMillis() + lingerMillis;
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

    private boolean isFull() {
        return queue.size() >= maxCount || queuedBytes >= maxBytes;
    }
}
