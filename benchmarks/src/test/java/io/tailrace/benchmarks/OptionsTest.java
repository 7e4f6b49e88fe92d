package io.tailrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.benchmarks.data.DataSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options parse(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--plugins", "/p", "--configs", "/c", "--out", "/o"));
        all.addAll(List.of(arguments));
        return Options.parse(all);
    }

    @Test
    void hasDefaults() {
        Options options = parse();
        assertThat(options.data()).isEqualTo(DataSet.PLAIN);
        assertThat(options.lines()).isEqualTo(3_000_000);
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.exactlyOnce()).isTrue();
        assertThat(options.only()).isEmpty();
    }

    @Test
    void takesWhatIsGiven() {
        Options options = parse("--data", "json", "--lines", "10", "--only", "kcat,tailrace bare", "--at-least-once");
        assertThat(options.data()).isEqualTo(DataSet.JSON);
        assertThat(options.lines()).isEqualTo(10);
        assertThat(options.only()).containsExactlyInAnyOrder("kcat", "tailrace bare");
        assertThat(options.exactlyOnce()).isFalse();
        assertThat(options.out()).isEqualTo(Path.of("/o"));
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> parse("--rounds", "0")).hasMessage("--rounds 0 is not more than 0");
        assertThatThrownBy(() -> parse("--rounds", "many")).hasMessage("--rounds many is not a number");
        assertThatThrownBy(() -> parse("--rounds")).hasMessage("--rounds needs a value");
        assertThatThrownBy(() -> parse("--speed", "1")).hasMessage("Unknown argument --speed");
        assertThatThrownBy(() -> Options.parse(List.of())).hasMessage("--out is missing");
    }
}
