package io.tailrace.connect.elasticsearch.offsets;

/** One record that was taken and isn't settled yet: it was neither indexed, nor given up as configured. */
public final class Pending {

    private final Assignment assignment;
    private final long offset;
    private boolean settled;

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
