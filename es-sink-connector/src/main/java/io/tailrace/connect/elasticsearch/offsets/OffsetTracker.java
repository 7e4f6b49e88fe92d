package io.tailrace.connect.elasticsearch.offsets;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Knows for each assigned partition which records aren't settled. Records are known by where they came from in
 * Kafka, whatever transforms made of their topic. Confined to the task's thread, except {@link Pending#isAbandoned}.
 */
public final class OffsetTracker {

    private final Map<TopicPartition, Assignment> assignments = new HashMap<>();
    private long generation;

    /** Records mostly come from the same partition as those before. */
    private Assignment last;

    /** A tracker without partitions. */
    public OffsetTracker() {}

    /**
     * Partitions were assigned.
     *
     * @param partitions those; one that was assigned already begins anew
     */
    public void open(Collection<TopicPartition> partitions) {
        generation++;
        for (TopicPartition partition : partitions) {
            Assignment former = assignments.put(partition, new Assignment(partition, generation));
            if (former != null) {
                former.close();
            }
        }
    }

    /**
     * Partitions were taken away: what was pending there is abandoned.
     *
     * @param partitions those
     */
    public void close(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Assignment former = assignments.remove(partition);
            if (former != null) {
                former.close();
            }
        }
    }

    /**
     * A record was taken.
     *
     * @param record a record; mostly with a higher offset than those before it in its partition
     * @return to be settled once
     */
    public Pending add(SinkRecord record) {
        if (last == null || !last.isOf(record.originalTopic(), record.originalKafkaPartition())) {
            TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
            last = assignments.computeIfAbsent(partition, key -> new Assignment(key, ++generation));
        }
        return last.add(record.originalKafkaOffset());
    }

    /**
     * A record is done with. Does nothing if its partition was taken away since.
     *
     * @param pending what {@link #add} gave
     */
    public void settle(Pending pending) {
        if (!pending.isAbandoned()) {
            pending.assignment().settle(pending);
        }
    }

    /**
     * Whether any record isn't settled.
     *
     * @return true if so
     */
    public boolean hasPending() {
        return assignments.values().stream().anyMatch(Assignment::hasPending);
    }

    /**
     * How much of a partition isn't settled.
     *
     * @param partition any
     * @return bytes, as {@link Pending#weigh} said; 0 if it isn't assigned
     */
    public long bufferedBytes(TopicPartition partition) {
        Assignment assignment = assignments.get(partition);
        return assignment == null ? 0 : assignment.bufferedBytes();
    }

    /**
     * What may be committed.
     *
     * @param current for each partition that is asked about, where the consumer is
     * @return for each of them that is assigned: the lowest offset that isn't settled, or where the consumer is if that
     *     is lower, or if all are settled
     */
    public Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> current) {
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
        current.forEach((partition, position) -> {
            Assignment assignment = assignments.get(partition);
            if (assignment != null) {
                boolean waits = assignment.hasPending() && assignment.firstPending() < position.offset();
                committable.put(partition, waits ? new OffsetAndMetadata(assignment.firstPending()) : position);
            }
        });
        return committable;
    }
}
