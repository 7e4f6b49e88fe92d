package io.tailrace.connect.filetail.tail.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class BoundedPatternTest {
    private final Counts counts = new Counts();
    private final PatternCost cost = new PatternCost("the test", counts);

    private boolean isFound(String regex, String text, boolean ifUndecided) {
        return new BoundedPattern(regex, cost).isFoundIn(text, ifUndecided);
    }

    @Property
    void findsWhatJavaFinds(
            @ForAll @From("regexes") String regex,
            @ForAll @StringLength(max = 30) @Chars({'a', 'b', 'E', ' ', '\n'}) String text) {
        assertThat(isFound(regex, text, false))
                .isEqualTo(Pattern.compile(regex).matcher(text).find());
        assertThat(undecided()).isZero();
    }

    @Provide
    Arbitrary<String> regexes() {
        return Arbitraries.of(
                "a",
                ".*E",
                ".*.*E.*b",
                "^a.*E",
                ".*?E",
                ".*+E",
                ".*",
                ".*|b",
                "(?m)^b",
                ".*^b",
                "(?<=a)E",
                "(a|b)+E$",
                "a{2,3}");
    }

    @Example
    void givesUpWhatTakesTooLong() {
        assertThat(isFound("a.*a.*a.*a.*a.*b", "a".repeat(1000), true)).isTrue();
        assertThat(isFound("a.*a.*a.*a.*a.*b", "a".repeat(1000), false)).isFalse();
        assertThat(isFound("a?".repeat(40) + "a".repeat(40) + "c", "a".repeat(60), true))
                .isTrue();
        assertThat(undecided()).isEqualTo(3);
    }

    @Example
    void givesUpWhatTakesMoreStackThanThereIs() {
        assertThat(isFound("^(?:a|b|c)*$", "abc".repeat(300_000) + "!", true)).isTrue();
        assertThat(undecided()).isEqualTo(1);
    }

    @Example
    void decidesOnLongLinesByUsualPatterns() {
        String line = "x y=1 ".repeat(160_000) + "ERROR";
        assertThat(isFound(".*ERROR.*", line, false)).isTrue();
        assertThat(isFound(".*FATAL.*", line, true)).isFalse();
        assertThat(isFound("^\\d{4}-\\d\\d", line, true)).isFalse();
        assertThat(isFound("(ERROR|FATAL)$", line, false)).isTrue();
        assertThat(undecided()).isZero();
    }

    private long undecided() {
        return counts.tally().get(Count.UNDECIDED_LINES);
    }

    @Example
    void countsItsSteps() {
        isFound("b", "a".repeat(500), false);
        assertThat(cost.steps()).isEqualTo(500);
        isFound("a.*b.*c", "a".repeat(500), false);
        assertThat(cost.steps()).isBetween(100_000L, 1_000_000L);
        isFound("a.*a.*a.*a.*a.*b", "a".repeat(1000), true);
        assertThat(cost.steps()).isBetween(1_100_000L, 2_200_000L);
    }

    @Example
    void givesUpALongPatternWithoutRepetitionToo() {
        assertThat(isFound("[ab]".repeat(240) + "c", "a".repeat(1 << 20), true)).isTrue();
        assertThat(undecided()).isEqualTo(1);
    }
}
