package io.tailrace.console.entries;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.HostFacts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryKeysTest {
    private final EntryKeys keys = new EntryKeys(
            List.of("/logagent/all/logconfig", "/logagent/{hostname}/logconfig", "/other/%s"),
            Optional.of("/logagent/{hostname}/logconfig"));

    @Test
    void aKeyIsOneThatATemplateCanBecome() {
        assertThat(List.of("/logagent/all/logconfig", "/logagent/x.y/logconfig", "/other/2001:db8::1"))
                .allMatch(keys::holds);
        assertThat(List.of(
                        "/logagent//logconfig",
                        "/logagent/a/b/logconfig",
                        "/logagent/all/logconfig2",
                        "/logagent/x\n/logconfig",
                        "/other/",
                        "/tailrace/status/x",
                        ""))
                .noneMatch(keys::holds);
    }

    @Test
    void whatTheyBeginWithCoversEachOnce() {
        assertThat(keys.prefixes()).containsExactly("/logagent/", "/other/");
    }

    @Test
    void aHostHasItsKeysInOrderAndOneOfItsOwn() {
        HostFacts host = new HostFacts("id", "web1", List.of("10.0.0.1"));
        assertThat(keys.of(host))
                .containsExactly("/logagent/all/logconfig", "/logagent/web1/logconfig", "/other/10.0.0.1");
        assertThat(keys.ownOf(host)).hasValue("/logagent/web1/logconfig");
        EntryKeys byAddress = new EntryKeys(List.of("/a/{ip}"), Optional.of("/a/{ip}"));
        assertThat(byAddress.ownOf(new HostFacts("id", "web1", List.of()))).isEmpty();
    }
}
