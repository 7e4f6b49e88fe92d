package io.tailrace.benchmarks.stages;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.LineReader;
import io.tailrace.connect.filetail.tail.read.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Cutting lines out of a file: the reader with its window, its markers and its looks at the size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Framing {
    /** What kind of lines. */
    @Param({"plain", "json", "long"})
    public String data;

    /** Where they are. */
    @Param({"array", "file"})
    public String from;

    private Path file;
    private Content content;
    private Window window;

    /**
     * Writes the lines.
     *
     * @throws IOException if the file can't be written
     */
    @Setup(Level.Trial)
    public void write() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (HeldLine line : HeldLine.some(data)) {
            lines.writeBytes(line.buffer());
            lines.write('\n');
        }
        file = Files.createTempFile("framing", ".log");
        Files.write(file, lines.toByteArray());
        content = from.equals("file") ? new OpenContent(FileChannel.open(file)) : new HeldContent(lines.toByteArray());
        window = new Window(256 << 10);
    }

    /**
     * Reads them all.
     *
     * @param hole takes lines
     * @throws IOException if the file can't be read
     */
    @Benchmark
    @OperationsPerInvocation(HeldLine.COUNT)
    public void read(Blackhole hole) throws IOException {
        LineReader reader = new LineReader(
                content, window, StandardCharsets.UTF_8, Entry.DEFAULT_MAX_LINE_BYTES, Samples.beginning());
        while (reader.next() == LineReader.Step.LINE) {
            hole.consume(reader.lineEnd());
        }
    }

    /**
     * Removes the file.
     *
     * @throws IOException if that fails
     */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        content.close();
        Files.delete(file);
    }

    /** Made by JMH. */
    public Framing() {}
}
