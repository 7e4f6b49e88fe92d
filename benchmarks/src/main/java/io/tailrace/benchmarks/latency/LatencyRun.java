package io.tailrace.benchmarks.latency;

import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.measure.Percentiles;
import io.tailrace.benchmarks.measure.ProcessCost;
import io.tailrace.benchmarks.measure.Topic;
import io.tailrace.benchmarks.peers.Bench;
import io.tailrace.benchmarks.peers.Contender;
import io.tailrace.benchmarks.peers.Pass;
import io.tailrace.benchmarks.report.Measure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How soon a contender's lines can be read in Kafka. A log file gets lines at a steady rate, written and read back by this
 * JVM, so that both ends have the same clock. The file has one line before the contender's process is started: how long it
 * takes until that can be read is how long a start takes.
 *
 * @param bench where
 * @param linesPerSecond how many are written
 * @param warmUp how long before they count
 * @param time how long they count
 */
public record LatencyRun(Bench bench, int linesPerSecond, Duration warmUp, Duration time) {
    /** From the start of the process to its first line in Kafka. */
    public static final Measure START = new Measure("start_seconds", "start s", 1, 2);

    /** From a line's writing to when it can be read. */
    public static final Measure P50 = new Measure("p50_ms", "p50 ms", 1, 2);

    /** The same, for 99 of 100. */
    public static final Measure P99 = new Measure("p99_ms", "p99 ms", 1, 2);

    /** The same, for all. */
    public static final Measure MAX = new Measure("max_ms", "max ms", 1, 1);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Measures once, with a process of its own.
     *
     * @param contender what is measured
     * @return what was measured
     * @throws IllegalStateException if lines don't come; the message holds what the contender says
     */
    public Map<Measure, Double> measure(Contender contender) {
        Pass pass = Pass.of(contender, bench, files(bench));
        Arrivals arrivals = new Arrivals();
        try (Topic topic = new Topic(bench.bootstrapServers(), pass.topic());
                TopicWatch watch = new TopicWatch(topic, arrivals);
                SteadyWriter writer = new SteadyWriter(pass.input().pattern())) {
            writer.append();
            long begin = System.nanoTime();
            try (Contender.Running running = contender.start(bench)) {
                running.begin(pass);
                try {
                    arrivals.await(1, START_TIMEOUT, watch::isWatching);
                    Map<Measure, Double> values = atSteadyRate(running, writer, watch, arrivals);
                    values.put(START, (arrivals.firstNanos() - begin) / 1e9);
                    return values;
                } catch (IllegalStateException e) {
                    throw new IllegalStateException(e.getMessage() + "; it says: " + running.account(pass), e);
                }
            }
        }
    }

    /** Files that the writer is yet to make. */
    static Input files(Bench bench) {
        Path folder = bench.folder().resolve("logs-" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
        return new Input(folder, DataSet.PLAIN, 0, 0);
    }

    private Map<Measure, Double> atSteadyRate(
            Contender.Running running, SteadyWriter writer, TopicWatch watch, Arrivals arrivals) {
        writer.write(linesPerSecond, warmUp);
        ProcessCost before = cost(running);
        SteadyWriter.Stretch stretch = writer.write(linesPerSecond, time);
        ProcessCost after = cost(running);
        arrivals.await(writer.lines(), STALL_TIMEOUT, watch::isWatching);
        Map<Measure, Double> values = values(arrivals.writtenSince(stretch.beginNanos()));
        values.put(Measure.RATE, stretch.linesPerSecond());
        values.put(Measure.CPU, (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / stretch.lines());
        values.put(Measure.PEAK_RSS, (double) after.peakRssBytes());
        values.put(Measure.SURPLUS, (double) (arrivals.count() - writer.lines()));
        return values;
    }

    private static ProcessCost cost(Contender.Running running) {
        return ProcessCost.of(running.pid()).orElseThrow(() -> new IllegalStateException("The process has ended"));
    }

    /** The three percentiles, in the order in which they are shown. */
    static Map<Measure, Double> values(Percentiles percentiles) {
        Map<Measure, Double> values = new LinkedHashMap<>();
        percentiles.millis(0.5).ifPresent(millis -> values.put(P50, millis));
        percentiles.millis(0.99).ifPresent(millis -> values.put(P99, millis));
        percentiles.millis(1).ifPresent(millis -> values.put(MAX, millis));
        return values;
    }
}
