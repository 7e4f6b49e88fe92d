package io.tailrace.benchmarks.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The passage of lines through a process into a topic. The offset up to which the topic can be read is asked for every few
 * milliseconds; the rate is that from the first look that finds something to the first look that finds the last line. So
 * neither the start of a process or connector counts, nor what had come before the first look, and what counts is that a line
 * can be read, whatever its timestamp says.
 */
public final class Passage {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(5).toNanos();

    /** So long nothing comes when it seems to be over; then all lines are counted. */
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long ENDED_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long STALLED_NANOS = Duration.ofSeconds(60).toNanos();

    private final Topic topic;
    private final long pid;
    private final long lines;
    private Sight first;
    private Sight last;

    private record Sight(long nanos, long offset, ProcessCost cost) {}

    /**
     * A passage that hasn't begun.
     *
     * @param topic where the lines go, empty yet
     * @param pid the process that sends them
     * @param lines how many they are
     */
    public Passage(Topic topic, long pid, long lines) {
        this.topic = topic;
        this.pid = pid;
        this.lines = lines;
        this.last = new Sight(System.nanoTime(), 0, new ProcessCost(0, 0));
    }

    /**
     * Waits until all lines are there.
     *
     * @param wholeLife whether the process does nothing else from its start to its end, so that all its CPU time counts; else
     *     only that between the two looks does
     * @return what was seen
     * @throws IllegalStateException if no more come and not all are there, or too many
     */
    public Sighting await(boolean wholeLife) {
        while (!isOver()) {
            look();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        long came = topic.count(last.offset());
        if (first.offset() == last.offset()) {
            throw new IllegalStateException("All " + lines + " lines came between two looks: take more");
        }
        double share = (double) (last.offset() - first.offset()) / last.offset();
        double cpu = wholeLife
                ? last.cost().cpuSeconds() / lines
                : (last.cost().cpuSeconds() - first.cost().cpuSeconds()) / (lines * share);
        double seconds = (last.nanos() - first.nanos()) / 1e9;
        return new Sighting(lines * share / seconds, cpu * 1e6, last.cost().peakRssBytes(), came - lines);
    }

    private void look() {
        long offset = topic.end();
        if (offset > last.offset()) {
            last = new Sight(System.nanoTime(), offset, ProcessCost.of(pid).orElse(last.cost()));
            first = first == null ? last : first;
        }
    }

    private boolean isOver() {
        long quiet = System.nanoTime() - last.nanos();
        if (last.offset() >= lines && quiet > QUIET_NANOS && topic.count(last.offset()) >= lines) {
            return true;
        }
        boolean ended = quiet > ENDED_NANOS && ProcessCost.of(pid).isEmpty();
        if (ended || quiet > STALLED_NANOS) {
            throw new IllegalStateException(topic.name() + " has " + topic.count(last.offset()) + " of " + lines
                    + " lines, and for " + quiet / 1_000_000_000 + " s "
                    + (ended ? "the process has been gone" : "no more have come"));
        }
        return false;
    }

    /**
     * What a passage came to.
     *
     * @param linesPerSecond while lines came
     * @param cpuMicrosPerLine of all threads of the process
     * @param peakRssBytes most physical memory of the process
     * @param surplus how many more records came than there are lines
     */
    public record Sighting(double linesPerSecond, double cpuMicrosPerLine, long peakRssBytes, long surplus) {}
}
