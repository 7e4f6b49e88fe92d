package io.tailrace.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.benchmarks.measure.ProcessCost;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final ProcessCost NONE = new ProcessCost(0, 0);

    private static LongSupplier counts(long... counts) {
        Iterator<Long> each = LongStream.of(counts).iterator();
        return each::next;
    }

    @Test
    void takesWhatComesBetweenTheFirstSightAndTheLast() {
        Iterator<ProcessCost> costs = List.of(new ProcessCost(10, 1), new ProcessCost(10.5, 2), new ProcessCost(11, 3))
                .iterator();
        Intake.Sighting seen = new Intake(counts(0, 100, 100, 150, 300), costs::next, 300).await(() -> false);
        assertThat(seen.cpuMicrosPerDocument()).isEqualTo(5000);
        assertThat(seen.peakRssBytes()).isEqualTo(3);
        assertThat(seen.documentsPerSecond()).isPositive();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> new Intake(() -> 100, () -> NONE, 300).await(() -> true))
                .hasMessage("100 of 300 documents have come, and nobody sends any more");
    }

    @Test
    void wantsMoreThanOneSight() {
        assertThatThrownBy(() -> new Intake(() -> 300, () -> NONE, 300).await(() -> true))
                .hasMessage("All 300 documents came between two looks: take more");
    }
}
