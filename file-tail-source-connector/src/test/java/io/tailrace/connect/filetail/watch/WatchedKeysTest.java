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
        assertThat(keys.good()).containsEntry("/all", good("a", "good", 0));
    }

    @Test
    void aDeletedKeyContributesNothing() {
        keys.tell("/all", list("a", "t"));
        keys.tell("/all", GONE);
        assertThat(keys.merged()).isEmpty();
        assertThat(keys.good()).isEmpty();
    }

    @Test
    void whatWasGoodCountsUntilItsKeyIsTold() {
        keys.restore("/all", good("a", "old", 7));
        keys.restore("/not-watched-any-more", good("b", "old", 7));
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

    @Test
    void theRevisionIsThatOfTheTextOrOfTheLastRewritingOfIt() {
        keys.restore("/all", good("a", "t", 7));
        keys.tell("/all", list("a", "t"));
        assertThat(keys.good()).containsEntry("/all", good("a", "t", 7));
        keys.tell("/all", listAt("a", "t", 9));
        assertThat(keys.good()).containsEntry("/all", good("a", "t", 9));
        assertThatThrownBy(() -> keys.tell("/all", Map.of("value", "[", "mod_revision", "10")))
                .isInstanceOf(InvalidEntriesException.class);
        KeyStatus status = keys.status(Map.of()).get(0);
        assertThat(status.revision()).isEqualTo(10);
        assertThat(status.goodRevision()).isEqualTo(9);
        assertThat(status.problems()).hasSize(1);
        assertThat(status.entries()).isEqualTo(1);
        keys.tell("/all", listAt("a", "t", 11));
        assertThat(keys.status(Map.of()).get(0).problems()).isEmpty();
    }

    @Test
    void aLostKeyKeepsItsListUntilThereIsAnother() {
        keys.tell("/all", listAt("a", "t", 9));
        keys.lose("/all");
        assertThat(keys.merged()).hasSize(1);
        assertThat(keys.status(Map.of()).get(0).lost()).isTrue();
        assertThat(keys.good().get("/all").lost()).isTrue();
        keys.tell("/all", listAt("a", "t", 2));
        assertThat(keys.good()).containsEntry("/all", good("a", "t", 2));
        keys.tell("/all", GONE);
        assertThat(keys.merged()).isEmpty();
    }

    @Test
    void otherKeysCanBeWatched() {
        keys.tell("/all", list("a", "t"));
        keys.tell("/host", list("b", "t"));
        keys.watch(List.of("/new", "/all"));
        assertThat(keys.merged()).extracting(Entry::path).containsExactly("/var/log/a");
        keys.tell("/host", list("b", "t"));
        keys.tell("/new", list("c", "t"));
        assertThat(keys.status(Map.of())).extracting(KeyStatus::key).containsExactly("/new", "/all");
        assertThat(keys.merged()).hasSize(2);
    }

    private static GoodText good(String file, String topic, long revision) {
        return new GoodText(list(file, topic).get("value"), revision, revision, false);
    }

    private static Map<String, String> listAt(String file, String topic, long revision) {
        return Map.of("value", list(file, topic).get("value"), "mod_revision", String.valueOf(revision));
    }

    private static Map<String, String> list(String file, String topic) {
        return Map.of("value", "[{\"path\":\"/var/log/" + file + "\",\"topic\":\"" + topic + "\"}]");
    }
}
