package io.tailrace.benchmarks.latency;

import io.tailrace.benchmarks.measure.Topic;
import java.time.Duration;

/** Reads a topic all the time, and notes when stamped lines could be read. The topic is its own until it is closed. */
final class TopicWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(30);

    private final Topic topic;
    private final Arrivals arrivals;
    private final Thread thread = new Thread(this::watch, "topic-watch");
    private volatile boolean closing;

    /**
     * Begins to read.
     *
     * @param topic from its beginning on
     * @param arrivals told of each line
     */
    TopicWatch(Topic topic, Arrivals arrivals) {
        this.topic = topic;
        this.arrivals = arrivals;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closing) {
            topic.read(POLL, value -> arrivals.add(StampedLine.stamp(value), System.nanoTime()));
        }
    }

    /** Whether it still reads. */
    boolean isWatching() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(END_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
