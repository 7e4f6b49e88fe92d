package io.tailrace.connect.filetail.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import io.tailrace.connect.filetail.entries.PathPolicy;
import io.tailrace.connect.filetail.entries.TopicPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchedKeysTest {
    private static final Map<String, String> GONE = Map.of();

    private final WatchedKeys keys = new WatchedKeys(
            List.of("/all", "/host"), new HostEntries(PathPolicy.of(List.of("/var/log")), TopicPolicy.of(".*")));

    @Test
    void aLaterKeyOverridesAnEarlierOneWhateverComesFirst() {
        keys.tell("/host", list("a", "host"));
        keys.tell("/all", list("a", "all"));
        assertThat(keys.merged()).extracting(Entry::topic).containsExactly("host");
    }

    @Test
    void aRefusedTextLeavesTheLastGoodListOfItsKey() {
        keys.tell("/all", list("a", "good"));
        Map<String, String> bad = Map.of("value", "[{\"path\":\"/etc/shadow\",\"topic\":\"t\"}]");
        assertThatThrownBy(() -> keys.tell("/all", bad))
                .isInstanceOf(InvalidEntriesException.class)
                .hasMessageContaining("/all")
                .hasMessageContaining("/etc/shadow");
        keys.tell("/host", list("b", "other"));
        assertThat(keys.merged()).extracting(Entry::topic).containsExactly("good", "other");
        assertThatCode(() -> keys.tell("/all", bad)).as("refused once").doesNotThrowAnyException();
        assertThat(keys.goodTexts()).containsEntry("/all", list("a", "good").get("value"));
    }

    @Test
    void aDeletedKeyContributesNothing() {
        keys.tell("/all", list("a", "t"));
        keys.tell("/all", GONE);
        assertThat(keys.merged()).isEmpty();
        assertThat(keys.goodTexts()).isEmpty();
    }

    @Test
    void whatWasGoodCountsUntilItsKeyIsTold() {
        keys.restore("/all", list("a", "old").get("value"));
        keys.restore("/not-watched-any-more", list("b", "old").get("value"));
        assertThat(keys.merged()).extracting(Entry::topic).containsExactly("old");
        assertThatThrownBy(() -> keys.tell("/all", Map.of("value", "nonsense")))
                .isInstanceOf(InvalidEntriesException.class);
        assertThat(keys.merged()).extracting(Entry::topic).containsExactly("old");
        keys.tell("/all", GONE);
        assertThat(keys.merged()).isEmpty();
    }

    @Test
    void anEmptyTextIsNotAMissingKey() {
        assertThatThrownBy(() -> keys.tell("/all", Map.of("value", ""))).hasMessageContaining("is empty text");
        assertThatThrownBy(() -> keys.tell("/host", Map.of("other", "x"))).hasMessageContaining("there is no 'value'");
    }

    private static Map<String, String> list(String file, String topic) {
        return Map.of("value", "[{\"path\":\"/var/log/" + file + "\",\"topic\":\"" + topic + "\"}]");
    }
}
