package io.tailrace.benchmarks.idle;

import io.tailrace.benchmarks.report.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a task costs beside many files that nobody writes to, how soon it has the lines of a hot file and of idle ones, and
 * how much memory it holds.
 *
 * @param folder an empty one
 * @param files how many are idle
 * @param linesPerSecond of the hot file
 * @param phase how long each state of things is measured
 */
public record IdleFiles(Path folder, int files, int linesPerSecond, Duration phase) {
    /** Share of one core. */
    public static final Measure CPU_PERCENT = new Measure("cpu_percent", "% of a core", 1, 2);

    /** What the task holds. */
    public static final Measure HELD = new Measure("held_bytes_per_file", "held B/file", 1, 0);

    /** From a line's writing to its record, of the hot file. */
    public static final Measure HOT_P50 = new Measure("hot_p50_ms", "hot p50 ms", 1, 2);

    /** The same, for 99 of 100. */
    public static final Measure HOT_P99 = new Measure("hot_p99_ms", "hot p99 ms", 1, 2);

    /** From a line's writing to its record, of files that were idle. */
    public static final Measure IDLE_P50 = new Measure("idle_p50_ms", "idle p50 ms", 1, 2);

    /** The same, for 99 of 100. */
    public static final Measure IDLE_P99 = new Measure("idle_p99_ms", "idle p99 ms", 1, 2);

    private static final long IDLE_LINE_EVERY_MILLIS = 97;

    /**
     * Measures.
     *
     * @return for each state of things what was measured
     * @throws InterruptedException if the thread is interrupted
     */
    public Map<String, Map<Measure, Double>> measure() throws InterruptedException {
        for (int i = 0; i < files; i++) {
            append(idle(i), "the first line of file " + i);
        }
        long before = heldBytes();
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try (LoneTask task = new LoneTask(folder)) {
            task.pollUntilReceived(files);
            task.pollFor(phase);
            Map<String, Map<Measure, Double>> states = new LinkedHashMap<>();
            Map<Measure, Double> idle = state(task);
            idle.put(HELD, (double) (heldBytes() - before) / files);
            states.put("idle", idle);
            Future<?> hot = writer.scheduleAtFixedRate(
                    () -> append(folder.resolve("hot.log"), "hot " + System.nanoTime()),
                    0,
                    TimeUnit.SECONDS.toNanos(1) / linesPerSecond,
                    TimeUnit.NANOSECONDS);
            states.put("with a hot file", state(task));
            Random random = new Random(1);
            Future<?> some = writer.scheduleAtFixedRate(
                    () -> append(idle(random.nextInt(files)), "idle " + System.nanoTime()),
                    0,
                    IDLE_LINE_EVERY_MILLIS,
                    TimeUnit.MILLISECONDS);
            states.put("with a hot file and a few lines elsewhere", state(task));
            requireUnderWay(hot);
            requireUnderWay(some);
            return states;
        } finally {
            stop(writer);
        }
    }

    private Map<Measure, Double> state(LoneTask task) throws InterruptedException {
        task.hot().clear();
        task.idle().clear();
        Map<Measure, Double> values = new LinkedHashMap<>();
        values.put(CPU_PERCENT, task.pollFor(phase));
        task.hot().millis(0.5).ifPresent(millis -> values.put(HOT_P50, millis));
        task.hot().millis(0.99).ifPresent(millis -> values.put(HOT_P99, millis));
        task.idle().millis(0.5).ifPresent(millis -> values.put(IDLE_P50, millis));
        task.idle().millis(0.99).ifPresent(millis -> values.put(IDLE_P99, millis));
        return values;
    }

    /** What is done at a rate ends only when it fails. */
    private static void requireUnderWay(Future<?> writing) {
        if (writing.isDone()) {
            throw new IllegalStateException("The lines could not be written");
        }
    }

    /** Nothing may be written into the folder any more when it is deleted. */
    private static void stop(ScheduledExecutorService writer) throws InterruptedException {
        writer.shutdownNow();
        if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The writer doesn't end");
        }
    }

    /** What is left when garbage has been collected. */
    private static long heldBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private Path idle(int number) {
        return folder.resolve("idle-%05d.log".formatted(number));
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(
                    file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
