package io.tailrace.console.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class HistoryKeysTest {
    /** Also if the clock is set back, or two are made within one millisecond. */
    @Test
    void aLaterIdSortsBehindAnEarlierOne() {
        List<String> ids = new ArrayList<>(List.of(HistoryKeys.id(1_000, "", 7)));
        for (long millis : List.of(1_000L, 1_001L, 500L, 2_000_000_000_000L, 3L)) {
            ids.add(HistoryKeys.id(millis, ids.get(ids.size() - 1), -1));
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(HistoryKeys::isId);
    }

    @Test
    void aKeyIsOnePartOfThePath() {
        HistoryKeys keys = new HistoryKeys("/tailrace/history");
        assertThat(keys.versions("/logagent/a/x%2Fy"))
                .isEqualTo("/tailrace/history/versions/%2Flogagent%2Fa%2Fx%252Fy/");
        assertThat(HistoryKeys.isId("../../x")).isFalse();
    }

    @Property(tries = 200)
    void whatIsPackedIsTheSameAgain(@ForAll @StringLength(max = 5_000) String text) {
        String good = text.replaceAll("[\\ud800-\\udfff]", "");
        assertThat(Packed.unpack(Packed.pack(good))).isEqualTo(good);
    }

    @Test
    void whatIsNoTextIsRefused() {
        for (String bad : List.of("", "!", "AAAA", Packed.pack("x".repeat(9 << 20)))) {
            assertThatThrownBy(() -> Packed.unpack(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
