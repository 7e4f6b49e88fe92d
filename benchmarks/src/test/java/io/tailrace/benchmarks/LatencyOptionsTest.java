package io.tailrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyOptionsTest {
    private static LatencyOptions parse(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--plugins", "/p", "--configs", "/c", "--out", "/o"));
        all.addAll(List.of(arguments));
        return LatencyOptions.parse(all);
    }

    @Test
    void hasDefaults() {
        LatencyOptions options = parse();
        assertThat(options.linesPerSecond()).isEqualTo(10_000);
        assertThat(options.warmUp()).isEqualTo(Duration.ofSeconds(15));
        assertThat(options.time()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.only()).isEmpty();
    }

    @Test
    void takesWhatIsGiven() {
        LatencyOptions options = parse("--rate", "10", "--seconds", "2", "--rounds", "1", "--only", "rsyslog");
        assertThat(options.linesPerSecond()).isEqualTo(10);
        assertThat(options.time()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.rounds()).isEqualTo(1);
        assertThat(options.only()).containsExactly("rsyslog");
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> parse("--lines", "1")).hasMessage("Unknown argument --lines");
        assertThatThrownBy(() -> parse("--rate", "0")).hasMessage("--rate 0 is not more than 0");
    }
}
