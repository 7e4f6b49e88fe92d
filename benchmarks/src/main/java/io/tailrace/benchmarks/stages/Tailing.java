package io.tailrace.benchmarks.stages;

import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.idle.NothingSaved;
import io.tailrace.connect.filetail.FileTailSourceConfig;
import io.tailrace.connect.filetail.FileTailSourceTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** All stages of the source together: a task that reads a file of plain lines from its beginning to its end. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class Tailing {
    private static final int LINES = 500_000;

    private Path folder;
    private Input input;
    private FileTailSourceTask task;

    /** Made by JMH. */
    public Tailing() {}

    /**
     * Writes the file.
     *
     * @throws IOException if it can't be written
     */
    @Setup(Level.Trial)
    public void write() throws IOException {
        folder = Files.createTempDirectory("tailing-");
        input = Input.write(folder.resolve("logs"), DataSet.PLAIN, LINES);
    }

    /**
     * Starts a task that has nothing to remember.
     *
     * @throws IOException if it gets no folder
     */
    @Setup(Level.Invocation)
    public void start() throws IOException {
        task = new FileTailSourceTask();
        task.initialize(new NothingSaved());
        task.start(Map.of(
                FileTailSourceConfig.ENTRIES,
                "[]",
                FileTailSourceConfig.ALLOWED_PATHS,
                input.folder().toString(),
                FileTailSourceConfig.STATE_DIR,
                Files.createTempDirectory(folder, "state-").toString(),
                FileTailSourceConfig.VALUE_TYPE,
                "bytes",
                FileTailSourceConfig.TASK_ENTRIES,
                "[{\"path\":\"" + input.pattern() + "\",\"topic\":\"nginx_log\",\"service\":\"nginx\"}]"));
    }

    /**
     * Has it read.
     *
     * @param hole takes the records
     * @throws InterruptedException never
     */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void poll(Blackhole hole) throws InterruptedException {
        int read = 0;
        while (read < LINES) {
            List<SourceRecord> records = task.poll();
            if (records != null) {
                read += records.size();
                hole.consume(records);
            }
        }
    }

    /** Stops it. */
    @TearDown(Level.Invocation)
    public void stop() {
        task.stop();
    }

    /**
     * Removes all files.
     *
     * @throws IOException if that fails
     */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
