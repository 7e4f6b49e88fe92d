package io.tailrace.connect.filetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.entries.KeyTemplates;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostKeysTest {
    private HostFacts seen = new HostFacts("id", "web1", List.of("10.0.0.1"));
    private final HostKeys keys =
            new HostKeys(KeyTemplates.of(List.of("/all", "/{ip}", "/{host.id}/{hostname}")), () -> seen);

    @Test
    void theyFollowTheHostsAddresses() {
        assertThat(keys.get()).containsExactly("/all", "/10.0.0.1", "/id/web1");
        seen = new HostFacts("id", "web1", List.of("10.0.0.2", "2001:db8::1"));
        assertThat(keys.get()).containsExactly("/all", "/10.0.0.2", "/2001:db8::1", "/id/web1");
        assertThat(keys.host().addresses()).containsExactly("10.0.0.2", "2001:db8::1");
    }

    @Test
    void aHostWithoutNetworkKeepsItsKeys() {
        seen = new HostFacts("id", "localhost", List.of());
        assertThat(keys.get()).containsExactly("/all", "/10.0.0.1", "/id/web1");
    }

    @Test
    void theIdIsThatOfTheStart() {
        seen = new HostFacts("other", "web2", List.of("10.0.0.1"));
        assertThat(keys.get()).containsExactly("/all", "/10.0.0.1", "/id/web2");
    }
}
