package io.tailrace.connect.filetail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.EntryProblem;
import io.tailrace.connect.filetail.watch.KeyStatus;
import io.tailrace.connect.filetail.watch.WatchStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectorGaugeTest {
    private static final KeyStatus GOOD = key(List.of(), false, Optional.empty());
    private static final KeyStatus REFUSED =
            key(List.of(new EntryProblem(1, "topic", "", "is missing")), false, Optional.empty());
    private static final KeyStatus LOST = key(List.of(), true, Optional.empty());
    private static final KeyStatus UNREADABLE = key(List.of(), false, Optional.of("no permission"));

    @Test
    void eachKeyThatIsRefusedOrUnreadableCounts() {
        WatchStatus watch = new WatchStatus(List.of(GOOD, REFUSED, LOST, UNREADABLE), false, Optional.empty());
        assertThat(ConnectorGauge.ENTRIES.of(watch, 5)).isEqualTo(5);
        assertThat(ConnectorGauge.REFUSED_KEYS.of(watch, 5)).isEqualTo(1L);
        assertThat(ConnectorGauge.UNREADABLE_KEYS.of(watch, 5)).isEqualTo(2L);
    }

    @Test
    void whatFitsNoTaskRefusesAllKeys() {
        WatchStatus watch = new WatchStatus(List.of(GOOD, REFUSED), true, Optional.of("too large"));
        assertThat(ConnectorGauge.REFUSED_KEYS.of(watch, 5)).isEqualTo(2L);
        assertThat(ConnectorGauge.UNREADABLE_KEYS.of(watch, 5)).isEqualTo(0L);
    }

    private static KeyStatus key(List<EntryProblem> problems, boolean lost, Optional<String> trouble) {
        return new KeyStatus("/k", true, true, 2, 1, 1, problems, lost, trouble);
    }
}
