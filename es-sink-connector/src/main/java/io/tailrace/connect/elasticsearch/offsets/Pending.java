package io.tailrace.connect.elasticsearch.offsets;

import org.apache.kafka.common.TopicPartition;

/** One record that was taken and isn't settled yet: it was neither indexed, nor given up as configured. */
public final class Pending {

    private final Assignment assignment;
    private final long offset;
    private boolean settled;
    private long bytes;

    Pending(Assignment assignment, long offset) {
        this.assignment = assignment;
        this.offset = offset;
    }

    /**
     * The record's offset in Kafka.
     *
     * @return the offset
     */
    public long offset() {
        return offset;
    }

    /**
     * Whether its partition was taken away since, so that nobody waits for it any more. May be asked by any thread.
     *
     * @return true for good, once it is
     */
    public boolean isAbandoned() {
        return assignment.isClosed();
    }

    /** Topic, partition and offset, for messages. */
    @Override
    public String toString() {
        return assignment.partition() + "@" + offset;
    }

    /**
     * Says what it takes in memory until it is settled. To be called once at most.
     *
     * @param heapBytes about how much
     */
    public void weigh(long heapBytes) {
        bytes = heapBytes;
        assignment.weigh(heapBytes);
    }

    /**
     * The partition that it came from.
     *
     * @return as Kafka knows it, whatever transforms made of the topic
     */
    public TopicPartition partition() {
        return assignment.partition();
    }

    long bytes() {
        return bytes;
    }

    Assignment assignment() {
        return assignment;
    }

    boolean isSettled() {
        return settled;
    }

    void markSettled() {
        settled = true;
    }
}
