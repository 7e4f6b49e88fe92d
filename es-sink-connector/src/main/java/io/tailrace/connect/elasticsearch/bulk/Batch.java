package io.tailrace.connect.elasticsearch.bulk;

import java.util.List;

/**
 * Operations that travel in one request.
 *
 * @param operations at least one
 * @param attempt how often they were tried before
 * @param dueMillis when they may go, on the writer's clock
 */
public record Batch(List<Operation> operations, int attempt, long dueMillis) {

    /**
     * A batch.
     *
     * @throws IllegalArgumentException if there are no operations
     */
    public Batch {
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one operation");
        }
        operations = List.copyOf(operations);
    }

    /**
     * How many operations.
     *
     * @return at least 1
     */
    public int size() {
        return operations.size();
    }

    /**
     * The same operations, to be tried once more.
     *
     * @param left those that are left of them
     * @param dueMillis when
     * @return a batch with a higher attempt number
     */
    public Batch again(List<Operation> left, long dueMillis) {
        return new Batch(left, attempt + 1, dueMillis);
    }

    /**
     * Two halves, in order, for a body that was refused as a whole.
     *
     * @return two batches that may go at once
     * @throws IllegalStateException if there is only one operation
     */
    public List<Batch> halves() {
        if (size() < 2) {
            throw new IllegalStateException("one operation can't be split");
        }
        int middle = size() / 2;
        return List.of(
                new Batch(operations.subList(0, middle), attempt, dueMillis),
                new Batch(operations.subList(middle, size()), attempt, dueMillis));
    }
}
