package io.tailrace.benchmarks.stages;

import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.record.HostIdentity;
import io.tailrace.connect.filetail.tail.record.RecordFormat;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import io.tailrace.connect.filetail.tail.record.RecordMaker;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

/** Making records of lines. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecordMaking {
    /** What records look like. */
    @Param({"bytes", "bytes-bare", "bytes-with-offset", "string", "envelope"})
    public String format;

    private List<HeldLine> lines;
    private RecordMaker maker;
    private StreamOffset after;

    /** Makes lines and maker. */
    @Setup
    public void make() {
        lines = HeldLine.some("plain");
        after = Samples.offset();
        boolean bare = format.equals("bytes-bare");
        Set<Fact> facts = EnumSet.allOf(Fact.class);
        if (bare) {
            facts.clear();
        } else if (!format.equals("bytes-with-offset")) {
            facts.remove(Fact.LOG_OFFSET);
        }
        maker = new RecordMaker(
                new RecordFormat(format.equals("envelope"), format.startsWith("bytes"), !bare, facts),
                new HostIdentity("web1", "web1", List.of("192.0.2.1")),
                Samples.entry(""),
                Path.of("/var/log/nginx/access.log"),
                new Counts());
    }

    /**
     * Makes them.
     *
     * @param hole takes records
     */
    @Benchmark
    @OperationsPerInvocation(HeldLine.COUNT)
    public void make(Blackhole hole) {
        for (HeldLine line : lines) {
            hole.consume(maker.make(line, Set.of(), after, 1_700_000_000_000L));
        }
    }

    /** Made by JMH. */
    public RecordMaking() {}
}
