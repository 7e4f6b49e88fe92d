package io.tailrace.benchmarks.latency;

import io.tailrace.benchmarks.measure.Percentiles;
import io.tailrace.benchmarks.measure.ProcessCost;
import io.tailrace.benchmarks.measure.Topic;
import io.tailrace.benchmarks.peers.Bench;
import io.tailrace.benchmarks.peers.Contender;
import io.tailrace.benchmarks.peers.Pass;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.sink.ServerTarget;
import io.tailrace.benchmarks.sink.SinkPlugin;
import io.tailrace.benchmarks.sink.SinkWorker;
import java.time.Duration;
import java.util.Map;

/**
 * How soon a line is in the search server, from file to Kafka to there. Lines count as there when the server has acknowledged
 * them: the refresh, after which searches find them, is a matter of the index's settings.
 *
 * @param bench where the source is
 * @param plugin our sink
 * @param target the server
 * @param linesPerSecond how many are written
 * @param warmUp how long before they count
 * @param time how long they count
 */
public record EndToEndRun(
        Bench bench, SinkPlugin plugin, ServerTarget target, int linesPerSecond, Duration warmUp, Duration time) {
    /** From a line's writing to when it can be read in Kafka. */
    public static final Measure KAFKA_P50 = new Measure("kafka_p50_ms", "Kafka p50 ms", 1, 2);

    /** The same, for 99 of 100. */
    public static final Measure KAFKA_P99 = new Measure("kafka_p99_ms", "Kafka p99 ms", 1, 2);

    /** CPU time of the source's worker. */
    public static final Measure SOURCE_CPU = new Measure("source_cpu_micros_per_line", "source CPU µs/line", 1, 1);

    /** CPU time of the sink's worker. */
    public static final Measure SINK_CPU = new Measure("sink_cpu_micros_per_line", "sink CPU µs/line", 1, 1);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Measures once, with workers of its own.
     *
     * @param source sends the lines to Kafka
     * @return what was measured
     * @throws IllegalStateException if lines don't come; the message holds what both connectors say
     */
    public Map<Measure, Double> measure(Contender source) {
        Pass pass = Pass.of(source, bench, LatencyRun.files(bench));
        Way way = new Way(new Arrivals(), new Arrivals());
        target.empty(pass.topic());
        try (Topic topic = new Topic(bench.bootstrapServers(), pass.topic());
                TopicWatch watch = new TopicWatch(topic, way.inKafka());
                SteadyWriter writer = new SteadyWriter(pass.input().pattern());
                Acknowledgements server = new Acknowledgements(target.url(), way.indexed());
                SinkWorker sink = new SinkWorker(bench.bootstrapServers(), plugin, bench.shipped());
                Contender.Running running = source.start(bench)) {
            writer.append();
            running.begin(pass);
            String connector = sink.begin(plugin.config(pass.topic(), server.url()));
            try {
                way.indexed().await(1, START_TIMEOUT, watch::isWatching);
                Map<Measure, Double> values = atSteadyRate(running, sink, writer, way);
                requireSearchable(writer.lines());
                return values;
            } catch (IllegalStateException e) {
                throw new IllegalStateException(
                        e.getMessage() + "; they say: " + running.account(pass) + " " + sink.account(connector), e);
            }
        }
    }

    /**
     * Where lines come by.
     *
     * @param inKafka when they could be read there
     * @param indexed when the server had them
     */
    private record Way(Arrivals inKafka, Arrivals indexed) {}

    private Map<Measure, Double> atSteadyRate(
            Contender.Running running, SinkWorker sink, SteadyWriter writer, Way way) {
        writer.write(linesPerSecond, warmUp);
        double sourceBefore = cpuSeconds(running.pid());
        double sinkBefore = cpuSeconds(sink.pid());
        SteadyWriter.Stretch stretch = writer.write(linesPerSecond, time);
        double sourceAfter = cpuSeconds(running.pid());
        double sinkAfter = cpuSeconds(sink.pid());
        way.indexed().await(writer.lines(), STALL_TIMEOUT, () -> true);
        Map<Measure, Double> values = LatencyRun.values(way.indexed().writtenSince(stretch.beginNanos()));
        Percentiles inKafka = way.inKafka().writtenSince(stretch.beginNanos());
        inKafka.millis(0.5).ifPresent(millis -> values.put(KAFKA_P50, millis));
        inKafka.millis(0.99).ifPresent(millis -> values.put(KAFKA_P99, millis));
        values.put(Measure.RATE, stretch.linesPerSecond());
        values.put(SOURCE_CPU, (sourceAfter - sourceBefore) * 1e6 / stretch.lines());
        values.put(SINK_CPU, (sinkAfter - sinkBefore) * 1e6 / stretch.lines());
        values.put(Measure.SURPLUS, (double) (way.indexed().count() - writer.lines()));
        return values;
    }

    private static double cpuSeconds(long pid) {
        return ProcessCost.of(pid)
                .orElseThrow(() -> new IllegalStateException("A worker has ended"))
                .cpuSeconds();
    }

    private void requireSearchable(long lines) {
        long searchable = target.searchable();
        if (searchable < lines) {
            throw new IllegalStateException("Searches find " + searchable + " of " + lines + " lines");
        }
    }
}
