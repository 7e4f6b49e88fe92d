package io.tailrace.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void takesPercentilesOfWhatThereIs() {
        Percentiles percentiles = new Percentiles();
        assertThat(percentiles.millis(0.5)).isEmpty();
        for (long millis = 1; millis <= 100; millis++) {
            percentiles.add(millis * 1_000_000);
        }
        assertThat(percentiles.millis(0.5)).isEqualTo(OptionalDouble.of(51));
        assertThat(percentiles.millis(0.99)).isEqualTo(OptionalDouble.of(100));
        assertThat(percentiles.millis(1)).isEqualTo(OptionalDouble.of(100));
        percentiles.clear();
        assertThat(percentiles.millis(0.5)).isEmpty();
    }
}
