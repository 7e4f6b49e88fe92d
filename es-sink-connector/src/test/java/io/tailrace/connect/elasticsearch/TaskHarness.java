package io.tailrace.connect.elasticsearch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Drives a task as Connect's worker does: polls records of partitions that aren't paused, puts them, also when there
 * are none, asks for offsets to commit, and on a rebalance begins again from what was committed. Measures how long
 * the calls take.
 */
public final class TaskHarness implements AutoCloseable {

    private static final int MAX_POLL_RECORDS = 500;
    private static final long IDLE_MILLIS = 5;

    private final ElasticsearchSinkTask task = new ElasticsearchSinkTask();
    private final Context context = new Context();
    private final Map<TopicPartition, List<SinkRecord>> log = new HashMap<>();
    private final Map<TopicPartition, Integer> positions = new HashMap<>();
    private final Map<TopicPartition, Long> committed =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private final List<SinkRecord> reported = new ArrayList<>();
    private final Map<String, String> properties;
    private final Metrics metrics = new Metrics();
    private long longestCallNanos;
    private int pauses;
    private boolean stopped;

    /** A started task without partitions. */
    public TaskHarness(Map<String, String> properties) {
        this.properties = new HashMap<>(properties);
        task.initialize(context);
        task.start(this.properties);
    }

    /** Adds a partition with records; their offsets begin at 0 and have no gaps. */
    public TaskHarness assign(TopicPartition partition, List<SinkRecord> records) {
        log.put(partition, records);
        open(Set.of(partition));
        return this;
    }

    /** One round: poll, put, commit. */
    public void poll() {
        List<SinkRecord> batch = new ArrayList<>();
        for (TopicPartition partition : context.assignment) {
            if (!context.paused.contains(partition)) {
                List<SinkRecord> records = log.get(partition);
                int from = positions.get(partition);
                int to = Math.min(records.size(), from + MAX_POLL_RECORDS);
                batch.addAll(records.subList(from, to));
                positions.put(partition, to);
            }
        }
        if (batch.isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS));
        }
        timed(() -> task.put(batch));
        commit();
    }

    /** Polls until every record is committed. */
    public void pollUntilCommitted(Duration atMost) {
        pollUntil(this::isAllCommitted, atMost);
    }

    /** Polls until something holds. */
    public void pollUntil(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + atMost + "; committed " + committed + ", positions "
                        + positions + ", paused " + context.paused + "; " + threads());
            }
            poll();
        }
    }

    /** What the task's own threads are doing. */
    private static String threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("tailrace-es"))
                .map(thread -> thread.getKey() + " " + thread.getKey().getState() + " at " + List.of(thread.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** Polls for a while. */
    public void pollFor(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < deadline) {
            poll();
        }
    }

    /** Takes partitions away and gives them back, as an eager rebalance does. */
    public void rebalance() {
        Set<TopicPartition> all = Set.copyOf(context.assignment);
        commit();
        close(all);
        open(all);
    }

    /** Takes a partition away. */
    public void revoke(TopicPartition partition) {
        commit();
        close(Set.of(partition));
    }

    /** Gives a partition back. */
    public void reassign(TopicPartition partition) {
        open(Set.of(partition));
    }

    /** Offsets committed by now. */
    public Map<TopicPartition, Long> committed() {
        return committed;
    }

    /** Whether every record of every assigned partition is committed. */
    public boolean isAllCommitted() {
        return context.assignment.stream()
                .allMatch(partition -> committed.getOrDefault(partition, 0L)
                        == log.get(partition).size());
    }

    /** Records in the dead letter queue. */
    public List<SinkRecord> reported() {
        return reported;
    }

    /** The longest put or preCommit. */
    public Duration longestCall() {
        return Duration.ofNanos(longestCallNanos);
    }

    /** How often the task paused. */
    public int pauses() {
        return pauses;
    }

    /** Partitions that are paused. */
    public Set<TopicPartition> paused() {
        return context.paused;
    }

    /** How many records were put. */
    public int position(TopicPartition partition) {
        return positions.get(partition);
    }

    /** The value of a metric, by its name and the value of its tag, or "". */
    public double metric(String name, String tag) {
        return metrics.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .filter(entry -> tag.isEmpty() || entry.getKey().tags().containsValue(tag))
                .mapToDouble(entry -> ((Number) entry.getValue().metricValue()).doubleValue())
                .findFirst()
                .orElseThrow();
    }

    /** Stops the task. */
    @Override
    public void close() {
        if (!stopped) {
            stopped = true;
            task.stop();
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> current = new HashMap<>();
        context.assignment.forEach(
                partition -> current.put(partition, new OffsetAndMetadata(positions.get(partition))));
        timed(() -> task.preCommit(current).forEach((partition, offset) -> committed.put(partition, offset.offset())));
    }

    private void open(Collection<TopicPartition> partitions) {
        context.assignment.addAll(partitions);
        // A worker keeps what was paused paused, though it was taken away in between.
        context.paused.retainAll(context.assignment);
        partitions.forEach(partition ->
                positions.put(partition, committed.getOrDefault(partition, 0L).intValue()));
        task.open(partitions);
    }

    private void close(Collection<TopicPartition> partitions) {
        task.close(partitions);
        context.assignment.removeAll(partitions);
    }

    private void timed(Runnable call) {
        long start = System.nanoTime();
        call.run();
        longestCallNanos = Math.max(longestCallNanos, System.nanoTime() - start);
    }

    private final class Context implements SinkTaskContext {

        private final Set<TopicPartition> assignment = new HashSet<>();
        private final Set<TopicPartition> paused = new HashSet<>();

        @Override
        public Map<String, String> configs() {
            return properties;
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeout(long timeoutMillis) {
            // The harness polls faster than any task asks for.
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.copyOf(assignment);
        }

        @Override
        public void pause(TopicPartition... partitions) {
            pauses++;
            paused.addAll(List.of(partitions));
        }

        @Override
        public void resume(TopicPartition... partitions) {
            paused.removeAll(List.of(partitions));
        }

        @Override
        public void requestCommit() {
            // It commits after every poll.
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return new TestMetrics(metrics);
        }

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            return (record, error) -> {
                reported.add(record);
                return CompletableFuture.completedFuture(null);
            };
        }
    }
}
