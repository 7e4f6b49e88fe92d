package io.tailrace.benchmarks.stages;

import io.tailrace.connect.filetail.tail.limit.RateLimit;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Asking and telling the rates of an entry, line by line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Limiting {
    /** Lines and bytes per second. */
    @Param({"0", "1000000000"})
    public long rate;

    private RateLimit limit;
    private long nowNanos;

    /** Makes the limit. */
    @Setup
    public void make() {
        limit = new RateLimit(rate, rate, 0);
    }

    /**
     * Asks, and tells.
     *
     * @return whether the last one was allowed
     */
    @Benchmark
    public boolean pass() {
        nowNanos += 1000;
        long wait = limit.waitNanos(nowNanos);
        boolean allowed = limit.allows();
        limit.sent(180);
        return wait == 0 && allowed;
    }

    /** Made by JMH. */
    public Limiting() {}
}
