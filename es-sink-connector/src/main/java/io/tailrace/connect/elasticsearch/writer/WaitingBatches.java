package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Batches that were on the wire and wait to go again. Without order, the one that is due first goes first. In order,
 * a batch goes only when nothing earlier of its partitions waits or is on the wire; then at most one batch of a
 * partition has ever been sent, or the pieces of one that was split, so there are few. Not for several threads.
 */
final class WaitingBatches {

    private final boolean inOrder;
    private final Queue<Batch> byTime = new PriorityQueue<>(Comparator.comparingLong(Batch::dueMillis));
    private final List<Batch> bySequence = new ArrayList<>();

    WaitingBatches(boolean inOrder) {
        this.inOrder = inOrder;
    }

    /** Adds what came back of one batch, in order. */
    void add(List<Batch> batches) {
        if (inOrder) {
            // What else waits of these partitions was cut off behind this batch when it was split.
            bySequence.addAll(0, batches);
        } else {
            byTime.addAll(batches);
        }
    }

    /** Takes out a batch that may go now. */
    Optional<Batch> next(long nowMillis, Set<TopicPartition> onTheWire) {
        if (!inOrder) {
            Batch first = byTime.peek();
            return first == null || first.dueMillis() > nowMillis ? Optional.empty() : Optional.of(byTime.remove());
        }
        Optional<Batch> found = firstFree(onTheWire, batch -> batch.dueMillis() <= nowMillis);
        found.ifPresent(bySequence::remove);
        return found;
    }

    /** When the next one may go; {@link Long#MAX_VALUE} if none may before an answer comes. */
    long dueMillis(Set<TopicPartition> onTheWire) {
        if (!inOrder) {
            return byTime.isEmpty() ? Long.MAX_VALUE : byTime.peek().dueMillis();
        }
        long[] due = {Long.MAX_VALUE};
        firstFree(onTheWire, batch -> {
            due[0] = Math.min(due[0], batch.dueMillis());
            return false;
        });
        return due[0];
    }

    /** Adds the partitions of all that waits. */
    void addPartitionsTo(Set<TopicPartition> partitions) {
        bySequence.forEach(batch -> partitions.addAll(batch.partitions()));
    }

    /** Takes out all of it. */
    List<Batch> removeAll() {
        List<Batch> all = new ArrayList<>(inOrder ? bySequence : byTime);
        byTime.clear();
        bySequence.clear();
        return all;
    }

    private Optional<Batch> firstFree(Set<TopicPartition> onTheWire, Predicate<Batch> wanted) {
        Set<TopicPartition> held = new HashSet<>(onTheWire);
        Iterator<Batch> batches = bySequence.iterator();
        while (batches.hasNext()) {
            Batch batch = batches.next();
            Set<TopicPartition> partitions = batch.partitions();
            if (partitions.stream().noneMatch(held::contains) && wanted.test(batch)) {
                return Optional.of(batch);
            }
            held.addAll(partitions);
        }
        return Optional.empty();
    }
}
