package io.tailrace.connect.filetail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * Measures a task beside many idle files: what it costs while nothing happens, how soon it has the lines of a hot file and
 * of idle ones, and how much memory it holds. No test: its figures are to be read. Arguments: number of idle files, lines
 * per second of the hot file, seconds of each phase.
 */
final class IdleFilesBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path folder;
    private final int files;
    private final int linesPerSecond;
    private final Duration phase;
    private final FileTailSourceTask task = new FileTailSourceTask();
    private final List<Long> hotNanos = new ArrayList<>();
    private final List<Long> idleNanos = new ArrayList<>();
    private long received;

    private IdleFilesBenchmark(Path folder, int files, int linesPerSecond, Duration phase) {
        this.folder = folder;
        this.files = files;
        this.linesPerSecond = linesPerSecond;
        this.phase = phase;
    }

    public static void main(String[] arguments) throws Exception {
        int files = Integer.parseInt(arguments[0]);
        int linesPerSecond = Integer.parseInt(arguments[1]);
        Duration phase = Duration.ofSeconds(Integer.parseInt(arguments[2]));
        Path folder = arguments.length > 3
                ? Files.createTempDirectory(Path.of(arguments[3]), "idle-files-")
                : Files.createTempDirectory("idle-files-");
        new IdleFilesBenchmark(folder, files, linesPerSecond, phase).run();
    }

    private void run() throws Exception {
        for (int i = 0; i < files; i++) {
            append(idle(i), "first line of file " + i);
        }
        long before = heldBytes();
        start();
        long began = System.nanoTime();
        long beganCpu = cpuNanos();
        pollUntil(() -> received >= files);
        print(
                "%d files read in %.2f s, %.2f s of CPU",
                files, (System.nanoTime() - began) / 1e9, (cpuNanos() - beganCpu) / 1e9);
        pollFor(phase);
        print("idle: %.2f %% of a core", cpu());
        print(
                "memory held: %.1f MB, %.0f bytes per file",
                (heldBytes() - before) / 1e6, (heldBytes() - before) / (double) files);
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        Future<?> hot = writer.scheduleAtFixedRate(
                () -> append(folder.resolve("hot.log"), "hot " + System.nanoTime()),
                0,
                1_000_000_000L / linesPerSecond,
                TimeUnit.NANOSECONDS);
        print("with a hot file: %.2f %% of a core", cpu());
        print("hot lines", hotNanos);
        hotNanos.clear();
        Random random = new Random(1);
        Future<?> some = writer.scheduleAtFixedRate(
                () -> append(idle(random.nextInt(files)), "idle " + System.nanoTime()), 0, 97, TimeUnit.MILLISECONDS);
        print("with a hot file and a few idle ones: %.2f %% of a core", cpu());
        print("hot lines", hotNanos);
        print("lines of idle files", idleNanos);
        hot.cancel(false);
        some.cancel(false);
        writer.shutdown();
        task.stop();
    }

    private double cpu() throws InterruptedException {
        long cpu = cpuNanos();
        long wall = System.nanoTime();
        pollFor(phase);
        return 100.0 * (cpuNanos() - cpu) / (System.nanoTime() - wall);
    }

    /** Of the threads that work for the task: this one, and the one that waits for the kernel's news. */
    private static long cpuNanos() {
        long nanos = THREADS.getCurrentThreadCpuTime();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("FileSystemWatch")) {
                nanos += THREADS.getThreadCpuTime(thread.getThreadId());
            }
        }
        return nanos;
    }

    private static long heldBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void pollFor(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        pollUntil(() -> System.nanoTime() > end);
    }

    private void pollUntil(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            List<SourceRecord> records = task.poll();
            if (records != null) {
                records.forEach(this::receive);
            }
        }
    }

    private void receive(SourceRecord record) {
        received++;
        String[] words = ((String) record.value()).split(" ", -1);
        if (words.length == 2) {
            (words[0].equals("hot") ? hotNanos : idleNanos).add(System.nanoTime() - Long.parseLong(words[1]));
        }
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

    private void start() {
        task.initialize(new Context());
        task.start(Map.of(
                "name",
                "benchmark",
                "allowed.paths",
                folder.toString(),
                "state.dir",
                folder.resolve("state").toString(),
                "entries",
                "[]",
                "task.entries",
                "[{\"path\":\"" + folder + "/*.log\",\"topic\":\"topic\"}]"));
    }

    @SuppressWarnings("SystemOut")
    private static void print(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }

    private static void print(String name, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int count = sorted.size();
        if (count > 0) {
            print(
                    "  %s: %d, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms",
                    name,
                    count,
                    sorted.get(count / 2) / 1e6,
                    sorted.get(count * 99 / 100) / 1e6,
                    sorted.get(count * 999 / 1000) / 1e6,
                    sorted.get(count - 1) / 1e6);
        }
    }

    /** A worker that has saved nothing. */
    private static final class Context implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new OffsetStorageReader() {
                @Override
                public <T> Map<String, Object> offset(Map<String, T> partition) {
                    return null;
                }

                @Override
                public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                    return Map.of();
                }
            };
        }

        @Override
        public PluginMetrics pluginMetrics() {
            // As on a worker before Kafka 4.1.
            throw new NoSuchMethodError("pluginMetrics");
        }
    }
}
