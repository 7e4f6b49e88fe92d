package io.tailrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndToEndOptionsTest {
    private static EndToEndOptions parse(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--plugins", "/p", "--sink-plugins", "/s", "--configs", "/c", "--out", "/o"));
        all.addAll(List.of(arguments));
        return EndToEndOptions.parse(all);
    }

    @Test
    void hasARateOfItsOwn() {
        assertThat(parse().steady().linesPerSecond()).isEqualTo(2_000);
        assertThat(parse().sinkPlugins()).isEqualTo(Path.of("/s"));
        assertThat(parse("--rate", "7").steady().linesPerSecond()).isEqualTo(7);
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> parse("--docs", "7")).hasMessage("Unknown argument --docs");
        assertThatThrownBy(() -> EndToEndOptions.parse(List.of("--plugins", "/p", "--configs", "/c", "--out", "/o")))
                .hasMessage("--sink-plugins is missing");
    }
}
