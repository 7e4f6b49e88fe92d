package io.tailrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.benchmarks.data.DataSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkOptionsTest {
    private static SinkOptions parse(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--sink-plugins", "/p", "--configs", "/c", "--out", "/o"));
        all.addAll(List.of(arguments));
        return SinkOptions.parse(all);
    }

    @Test
    void hasDefaults() {
        SinkOptions options = parse();
        assertThat(options.data()).isEqualTo(DataSet.PLAIN);
        assertThat(options.documents()).isEqualTo(1_000_000);
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.only()).isEmpty();
        assertThat(options.plugins()).isEqualTo(Path.of("/p"));
        assertThat(options.confluent()).isEmpty();
    }

    @Test
    void takesWhatIsGiven() {
        SinkOptions options = parse(
                "--data",
                "json",
                "--docs",
                "10",
                "--warmup",
                "20",
                "--only",
                "tailrace,prepared bodies",
                "--confluent",
                "/jars");
        assertThat(options.data()).isEqualTo(DataSet.JSON);
        assertThat(options.documents()).isEqualTo(10);
        assertThat(options.warmUpDocuments()).isEqualTo(20);
        assertThat(options.confluent()).contains(Path.of("/jars"));
        assertThat(options.only()).containsExactlyInAnyOrder("tailrace", "prepared bodies");
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> parse("--docs", "none")).hasMessage("--docs none is not a number");
        assertThatThrownBy(() -> parse("--plugins", "/p")).hasMessage("Unknown argument --plugins");
    }
}
