package io.tailrace.benchmarks.idle;

import io.tailrace.benchmarks.measure.Percentiles;
import io.tailrace.connect.filetail.FileTailSourceConfig;
import io.tailrace.connect.filetail.FileTailSourceTask;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A task without a worker, polled by this thread. Lines say when they were written: {@code hot NANOS} or {@code idle NANOS};
 * others only count.
 */
final class LoneTask implements AutoCloseable {
    private static final String HOT = "hot";

    private final FileTailSourceTask task = new FileTailSourceTask();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Percentiles hot = new Percentiles();
    private final Percentiles idle = new Percentiles();
    private long received;

    LoneTask(Path folder) {
        task.initialize(new NothingSaved());
        task.start(Map.of(
                FileTailSourceConfig.NAME,
                "benchmark",
                FileTailSourceConfig.ALLOWED_PATHS,
                folder.toString(),
                FileTailSourceConfig.STATE_DIR,
                folder.resolve("state").toString(),
                FileTailSourceConfig.ENTRIES,
                "[]",
                FileTailSourceConfig.TASK_ENTRIES,
                "[{\"path\":\"" + folder + "/*.log\",\"topic\":\"topic\"}]"));
    }

    /** How long the lines of the hot file took, since this was last cleared. */
    Percentiles hot() {
        return hot;
    }

    /** How long the lines of idle files took. */
    Percentiles idle() {
        return idle;
    }

    /** Polls until so many lines have come, all told. */
    void pollUntilReceived(long lines) throws InterruptedException {
        pollUntil(() -> received >= lines);
    }

    /**
     * Polls for a while.
     *
     * @return the share of one core that the task took meanwhile, in percent
     */
    double pollFor(Duration time) throws InterruptedException {
        long cpu = cpuNanos();
        long wall = System.nanoTime();
        long end = wall + time.toNanos();
        pollUntil(() -> System.nanoTime() > end);
        return 100.0 * (cpuNanos() - cpu) / (System.nanoTime() - wall);
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
            (words[0].equals(HOT) ? hot : idle).add(System.nanoTime() - Long.parseLong(words[1]));
        }
    }

    /** Of the threads that work for the task: this one, and the one that waits for the kernel's news. */
    private long cpuNanos() {
        long nanos = threads.getCurrentThreadCpuTime();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("FileSystemWatch")) {
                nanos += threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return nanos;
    }

    @Override
    public void close() {
        task.stop();
    }
}
