package io.tailrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import io.tailrace.benchmarks.report.Spread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> screen = new ArrayList<>();
    private final Deque<Double> rates = new ArrayDeque<>(List.of(1.0, 10.0, 2.0));

    private Map<Measure, Double> next() {
        return Map.of(Measure.RATE, rates.remove());
    }

    private Map<Measure, Double> nextTwice() {
        next();
        return next();
    }

    @Test
    void measuresInTurnAndLeavesOutWhatFails() {
        Rounds rounds = new Rounds(
                List.of(new Rounds.Entrant("one", this::next), new Rounds.Entrant("greedy", this::nextTwice)),
                Map.of("absent", "not on the PATH"),
                screen::add);
        rates.add(20.0);
        rates.add(3.0);
        Results results = rounds.run("Title", Map.of(), 2);
        assertThat(rounds.failed()).isTrue();
        assertThat(results.contenders()).containsExactly("one");
        assertThat(results.spread("one", Measure.RATE)).contains(new Spread(10.5, 1, 20));
        assertThat(results.missing()).containsOnlyKeys("absent", "greedy");
        assertThat(results.missing().get("greedy")).startsWith("failed: ");
        assertThat(screen).startsWith("Round 1", "  one: 1 lines/s", "  greedy: 2 lines/s", "Round 2");
    }

    @Test
    void hasNotFailedWhenAllWentWell() {
        Rounds rounds = new Rounds(List.of(new Rounds.Entrant("one", this::next)), Map.of(), screen::add);
        assertThat(rounds.run("Title", Map.of(), 3).rounds()).hasSize(3);
        assertThat(rounds.failed()).isFalse();
    }
}
