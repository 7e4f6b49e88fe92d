package io.tailrace.benchmarks.stages;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.join.EventRoom;
import io.tailrace.connect.filetail.tail.join.LineJoiner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Joining lines into events, about ten to each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Joining {
    private List<HeldLine> lines;
    private LineJoiner joiner;
    private StreamOffset after;

    /** Makes lines, of which every tenth begins an event. */
    @Setup
    public void make() {
        Entry entry = Samples.entry(",\"multiline\":{\"pattern\":\"^\\\\s\",\"match\":\"after\"}");
        lines = new ArrayList<>(HeldLine.some("plain"));
        for (int i = 0; i < lines.size(); i++) {
            if (i % 10 != 0) {
                lines.get(i).buffer()[0] = ' ';
            }
        }
        joiner = new LineJoiner(
                entry.multiline().orElseThrow(),
                StandardCharsets.UTF_8,
                entry.maxLineBytes(),
                Samples.cost(),
                new EventRoom(32 << 20));
        after = Samples.offset();
    }

    /**
     * Joins them.
     *
     * @param hole takes events
     */
    @Benchmark
    @OperationsPerInvocation(HeldLine.COUNT)
    public void join(Blackhole hole) {
        for (HeldLine line : lines) {
            if (joiner.endsBefore(line)) {
                hole.consume(joiner.take());
            }
            joiner.add(line, false, after, 0);
        }
    }

    /** Made by JMH. */
    public Joining() {}
}
