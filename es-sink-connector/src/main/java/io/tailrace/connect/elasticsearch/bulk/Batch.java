package io.tailrace.connect.elasticsearch.bulk;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Operations that travel in one request.
 *
 * @param operations at least one
 * @param attempt how often they were tried before
 * @param dueMillis when they may go, on the writer's clock
 * @param cautious whether the server is to be asked first if it takes a body of this length
 */
public record Batch(List<Operation> operations, int attempt, long dueMillis, boolean cautious) {

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
     * A batch that wasn't tried before.
     *
     * @param operations at least one
     * @param dueMillis when they may go
     */
    public Batch(List<Operation> operations, long dueMillis) {
        this(operations, 0, dueMillis, false);
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
     * The length of its body.
     *
     * @return bytes
     */
    public long bodyBytes() {
        return Operation.bodyBytes(operations);
    }

    /**
     * The partitions that its records came from.
     *
     * @return at least one
     */
    public Set<TopicPartition> partitions() {
        return operations.stream()
                .map(operation -> operation.pending().partition())
                .collect(Collectors.toSet());
    }

    /**
     * The same operations, to be tried once more.
     *
     * @param left those that are left of them
     * @param dueMillis when
     * @return a batch with a higher attempt number
     */
    public Batch again(List<Operation> left, long dueMillis) {
        return new Batch(left, attempt + 1, dueMillis, cautious);
    }

    /**
     * The same, with less or just as much in it.
     *
     * @param left those operations that are left
     * @return a batch with the same attempt number
     */
    public Batch with(List<Operation> left) {
        return new Batch(left, attempt, dueMillis, cautious);
    }

    /**
     * The same, cautious.
     *
     * @return a batch that asks first
     */
    public Batch cautiously() {
        return new Batch(operations, attempt, dueMillis, true);
    }

    /**
     * Two halves, in order, for a body that was refused as a whole; one operation stays as it is.
     *
     * @return batches that may go at once
     */
    public List<Batch> parts() {
        if (size() == 1) {
            return List.of(this);
        }
        int middle = size() / 2;
        return List.of(with(operations.subList(0, middle)), with(operations.subList(middle, size())));
    }
}
