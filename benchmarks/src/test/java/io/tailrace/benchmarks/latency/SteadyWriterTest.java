package io.tailrace.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyWriterTest {
    @Test
    void knowsWhenLinesAreDue() {
        assertThat(SteadyWriter.count(3, Duration.ofMillis(2500))).isEqualTo(7);
        assertThat(SteadyWriter.dueNanos(0, 3)).isZero();
        assertThat(SteadyWriter.dueNanos(1, 3)).isEqualTo(333_333_333);
        assertThat(SteadyWriter.dueNanos(3, 3)).isEqualTo(1_000_000_000);
        // No overflow in years.
        assertThat(SteadyWriter.dueNanos(10_000_000_000L, 1000)).isEqualTo(10_000_000_000_000_000L);
    }

    @Test
    void writesStampedLinesNotBeforeTheyAreDue(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("logs/access.log");
        try (SteadyWriter writer = new SteadyWriter(file)) {
            writer.append();
            SteadyWriter.Stretch stretch = writer.write(1000, Duration.ofMillis(50));
            assertThat(stretch.lines()).isEqualTo(50);
            assertThat(stretch.linesPerSecond()).isPositive().isLessThan(1100);
            assertThat(writer.lines()).isEqualTo(51);
            List<Long> stamps = Files.readAllLines(file).stream()
                    .map(line -> StampedLine.stamp(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            assertThat(stamps).hasSize(51);
            for (int number = 0; number < 50; number++) {
                assertThat(stamps.get(1 + number) - stretch.beginNanos())
                        .isGreaterThanOrEqualTo(SteadyWriter.dueNanos(number, 1000));
            }
        }
    }
}
