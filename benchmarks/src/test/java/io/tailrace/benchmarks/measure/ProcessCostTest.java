package io.tailrace.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessCostTest {
    @Test
    void readsWhatLinuxWrites() {
        String stat = "4711 (fluent) bit (x) S 1 4711 4711 0 -1 4194560 9 0 0 0 1234 66 5 5 20 0 6 0 100 0 0";
        String status = "Name:\tx\nVmPeak:\t  999 kB\nVmHWM:\t   72704 kB\nVmRSS:\t 5 kB\n";
        assertThat(ProcessCost.parse(stat, status)).isEqualTo(new ProcessCost(13.0, 72_704L * 1024));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsThisProcess() {
        ProcessCost cost = ProcessCost.of(ProcessHandle.current().pid()).orElseThrow();
        assertThat(cost.cpuSeconds()).isPositive();
        assertThat(cost.peakRssBytes()).isGreaterThan(10_000_000);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void hasNothingToSayOfAProcessThatIsGone() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThat(ProcessCost.of(process.pid())).isEmpty();
    }
}
