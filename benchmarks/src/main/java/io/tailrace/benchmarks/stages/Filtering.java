package io.tailrace.benchmarks.stages;

import io.tailrace.connect.filetail.tail.filter.LineFilter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Telling which lines are wanted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Filtering {
    /** The entry's filters. */
    @Param({"", ",\"include_lines\":[\" 50[0-9] \"]", ",\"exclude_lines\":[\"GET /static/\",\"curl/\"]"})
    public String filters;

    private List<HeldLine> lines;
    private LineFilter filter;

    /** Makes lines and filter. */
    @Setup
    public void make() {
        lines = HeldLine.some("plain");
        filter = new LineFilter(Samples.entry(filters), Samples.cost());
    }

    /**
     * Asks of each line.
     *
     * @param hole takes answers
     */
    @Benchmark
    @OperationsPerInvocation(HeldLine.COUNT)
    public void ask(Blackhole hole) {
        for (HeldLine line : lines) {
            hole.consume(filter.wants(line.buffer(), 0, line.buffer().length));
        }
    }

    /** Made by JMH. */
    public Filtering() {}
}
