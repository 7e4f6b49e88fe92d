package io.tailrace.connect.elasticsearch.metrics;

import io.tailrace.connect.elasticsearch.outcome.RetryCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** What one task has done so far. Counted on any thread, read on any other. */
public final class SinkMeter {

    private final LongAdder documents = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder splits = new LongAdder();
    private final LongAdder poison = new LongAdder();
    private final Map<RetryCause, LongAdder> retries = new EnumMap<>(RetryCause.class);
    private volatile int inFlight;
    private volatile long bufferedBytes;
    private volatile long pausedMillis;
    private volatile LongConsumer latencies = millis -> {};

    /** A meter at zero. */
    public SinkMeter() {
        for (RetryCause cause : RetryCause.values()) {
            retries.put(cause, new LongAdder());
        }
    }

    /**
     * Documents were acknowledged.
     *
     * @param count how many
     * @param bodyBytes what they took in requests
     */
    public void indexed(int count, long bodyBytes) {
        documents.add(count);
        bytes.add(bodyBytes);
    }

    /**
     * A request was answered, or given up.
     *
     * @param millis how long it took
     */
    public void answered(long millis) {
        requests.increment();
        latencies.accept(millis);
    }

    /**
     * Documents must be sent again.
     *
     * @param cause why
     * @param count how many
     */
    public void retried(RetryCause cause, int count) {
        retries.get(cause).add(count);
    }

    /** A request was refused as a whole, or always too much for the server, and was split. */
    public void split() {
        splits.increment();
    }

    /** A record turned out malformed. */
    public void poisoned() {
        poison.increment();
    }

    /**
     * How many requests are under way.
     *
     * @param count by now
     */
    public void inFlight(int count) {
        inFlight = count;
    }

    /**
     * How the buffer is.
     *
     * @param waitingBytes how much waits
     * @param allPausedMillis how long any partition was paused, all in all
     */
    public void buffer(long waitingBytes, long allPausedMillis) {
        bufferedBytes = waitingBytes;
        pausedMillis = allPausedMillis;
    }

    void onLatency(LongConsumer listener) {
        latencies = listener;
    }

    long documents() {
        return documents.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    long requests() {
        return requests.sum();
    }

    long splits() {
        return splits.sum();
    }

    long poison() {
        return poison.sum();
    }

    long retries(RetryCause cause) {
        return retries.get(cause).sum();
    }

    int inFlight() {
        return inFlight;
    }

    long bufferedBytes() {
        return bufferedBytes;
    }

    long pausedMillis() {
        return pausedMillis;
    }
}
