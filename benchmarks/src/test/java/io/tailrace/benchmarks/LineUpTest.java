package io.tailrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.peers.Bench;
import io.tailrace.benchmarks.peers.Contender;
import io.tailrace.benchmarks.peers.Peers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineUpTest {
    private static final Input INPUT = new Input(Path.of("/tmp"), DataSet.PLAIN, 1, 1);

    private record Program(String name, Optional<String> lacks) implements Contender {
        @Override
        public Optional<String> missing(Input input) {
            return lacks;
        }

        @Override
        public boolean warmsUp() {
            return false;
        }

        @Override
        public Running start(Bench bench) {
            throw new IllegalStateException("is not to be started");
        }
    }

    private static final Contender ONE = new Program("one", Optional.empty());
    private static final Contender ABSENT = new Program("absent", Optional.of("not on the PATH"));
    private static final Contender OTHER = new Program("other", Optional.empty());
    private static final List<Contender> ALL = List.of(ONE, ABSENT, OTHER);

    @Test
    void takesAllThatCan() {
        LineUp lineUp = LineUp.of(ALL, Set.of(), INPUT);
        assertThat(lineUp.here()).containsExactly(ONE, OTHER);
        assertThat(lineUp.missing()).containsOnlyKeys("absent").containsValue("not on the PATH");
    }

    @Test
    void takesThoseThatAreWanted() {
        LineUp lineUp = LineUp.of(ALL, Set.of("other"), INPUT);
        assertThat(lineUp.here()).containsExactly(OTHER);
        assertThat(lineUp.missing()).isEmpty();
    }

    @Test
    void namesANameThatNoneHas() {
        assertThatThrownBy(() -> LineUp.of(ALL, Set.of("none"), INPUT))
                .hasMessage("--only none is none of [one, absent, other]");
    }

    @Test
    void hasNamesThatDiffer() {
        assertThat(Peers.sources()).extracting(Contender::name).doesNotHaveDuplicates();
        assertThat(Peers.followers())
                .extracting(Contender::name)
                .doesNotHaveDuplicates()
                .startsWith("tailrace", "tailrace at least once");
    }
}
