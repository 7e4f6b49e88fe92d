package io.tailrace.console.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.console.hosts.Drift.Difference;
import io.tailrace.console.hosts.Reports.OfConnector;
import io.tailrace.console.hosts.Reports.OfKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Drift drift = new Drift();

    private Optional<Difference> look(long reported, long stored, Instant now) {
        OfKey key = new OfKey("/k", "APPLIED", reported > 0, reported, "");
        OfConnector connector =
                new OfConnector("1", "APPLIED", new HostFacts("h", "h", List.of()), 1, 1, List.of(key), "");
        return drift.look("h", List.of(connector), any -> stored, now);
    }

    @Test
    void aDifferenceCountsWhenItHasLasted() {
        assertThat(look(5, 5, NOW)).isEmpty();
        assertThat(look(5, 6, NOW).orElseThrow().hasLasted(NOW)).isFalse();
        Instant later = NOW.plusSeconds(16);
        assertThat(look(5, 6, later).orElseThrow().hasLasted(later)).isTrue();
        assertThat(look(6, 6, later)).isEmpty();
    }

    @Test
    void everyEditBeginsANewOne() {
        look(5, 6, NOW);
        Instant later = NOW.plusSeconds(16);
        assertThat(look(5, 7, later).orElseThrow().hasLasted(later)).isFalse();
    }

    @Test
    void aKeyThatIsGoneOrNewDiffersToo() {
        assertThat(look(5, 0, NOW).orElseThrow().text()).contains("etcd has no such key");
        assertThat(look(0, 5, NOW).orElseThrow().text()).contains("the agent has no such key");
        assertThat(look(0, 0, NOW)).isEmpty();
        assertThat(look(5, -1, NOW)).isEmpty();
    }
}
