package io.tailrace.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.benchmarks.report.Measure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long MILLI = 1_000_000;

    private final Arrivals arrivals = new Arrivals();

    @Test
    void takesOnlyThoseThatWereWrittenLateEnough() {
        arrivals.add(0, 500 * MILLI);
        arrivals.add(10 * MILLI, 12 * MILLI);
        arrivals.add(20 * MILLI, 23 * MILLI);
        assertThat(arrivals.count()).isEqualTo(3);
        assertThat(arrivals.firstNanos()).isEqualTo(500 * MILLI);
        Map<Measure, Double> values = LatencyRun.values(arrivals.writtenSince(10 * MILLI));
        assertThat(values)
                .containsEntry(LatencyRun.P50, 3.0)
                .containsEntry(LatencyRun.P99, 3.0)
                .containsEntry(LatencyRun.MAX, 3.0);
        assertThat(LatencyRun.values(arrivals.writtenSince(0))).containsEntry(LatencyRun.MAX, 500.0);
    }

    @Test
    void doesNotMindAClockThatWrapsAround() {
        arrivals.add(Long.MAX_VALUE, Long.MIN_VALUE + MILLI - 1);
        assertThat(LatencyRun.values(arrivals.writtenSince(Long.MAX_VALUE - 1))).containsEntry(LatencyRun.MAX, 1.0);
        assertThat(LatencyRun.values(arrivals.writtenSince(Long.MIN_VALUE))).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        arrivals.add(0, 1);
        arrivals.await(1, Duration.ZERO, () -> false);
        assertThatThrownBy(() -> arrivals.await(2, Duration.ofDays(1), () -> false))
                .hasMessage("1 of 2 lines have come, and nobody watches any more");
        assertThatThrownBy(() -> arrivals.await(2, Duration.ofMillis(5), () -> true))
                .hasMessage("1 of 2 lines have come, and no more for 0 s");
    }
}
