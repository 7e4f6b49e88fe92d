package io.tailrace.benchmarks.idle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.benchmarks.report.Measure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleFilesTest {
    @Test
    void measuresEachState(@TempDir Path folder) throws InterruptedException {
        Map<String, Map<Measure, Double>> states = new IdleFiles(folder, 3, 100, Duration.ofMillis(500)).measure();
        assertThat(states).hasSize(3);
        assertThat(states.get("idle"))
                .containsOnlyKeys(IdleFiles.CPU_PERCENT, IdleFiles.HELD)
                .hasEntrySatisfying(
                        IdleFiles.CPU_PERCENT, percent -> assertThat(percent).isPositive());
        assertThat(states.get("with a hot file")).containsKeys(IdleFiles.HOT_P50, IdleFiles.HOT_P99);
        assertThat(states.get("with a hot file and a few lines elsewhere"))
                .containsKeys(IdleFiles.HOT_P50, IdleFiles.IDLE_P99);
    }
}
