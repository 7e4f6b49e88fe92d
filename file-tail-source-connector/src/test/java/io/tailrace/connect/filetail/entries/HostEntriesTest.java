package io.tailrace.connect.filetail.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailrace.connect.filetail.FileTailSourceConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostEntriesTest {
    private final HostEntries host = new HostEntries(PathPolicy.of(List.of("/var/log")), TopicPolicy.of("web_.*"));

    @Test
    void pathsBecomeAbsoluteAndNormalised() {
        assertThat(host.read("[{\"path\":\"/var/log/x/../a.log\",\"topic\":\"web_log\"}]", "key"))
                .singleElement()
                .extracting(Entry::path)
                .isEqualTo("/var/log/a.log");
    }

    @Test
    void whatTheHostRefusesIsReportedTogetherWithWhatIsWrongByItself() {
        String json =
                "[{\"path\":\"/etc/shadow\",\"topic\":\"other\"},{\"log_path\":\"/etc/a\",\"topic\":\"web_a\",\"x\":1}]";
        InvalidEntriesException e = catchThrowableOfType(InvalidEntriesException.class, () -> host.read(json, "/key"));
        assertThat(e.problems())
                .containsExactlyInAnyOrder(
                        new EntryProblem(2, "log_path", "\"/etc/a\"", "lies outside of allowed.paths [/var/log]"),
                        new EntryProblem(1, "path", "\"/etc/shadow\"", "lies outside of allowed.paths [/var/log]"),
                        new EntryProblem(1, "topic", "\"other\"", "does not match allowed.topics web_.*"),
                        new EntryProblem(2, "x", "1", "is not a field that entries have"));
        assertThat(e).hasMessageContaining("/key").hasMessageContaining("/etc/shadow");
    }

    @Test
    void twoSpellingsOfOnePathAreOnePath() {
        String json = "[{\"path\":\"/var/log/a\",\"topic\":\"web_a\"},{\"path\":\"/var/log//a\",\"topic\":\"web_b\"}]";
        assertThatThrownBy(() -> host.read(json, "key")).hasMessageContaining("is the path of entry 1 too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__consumer_offsets",
                "__x",
                "connect-configs",
                "connect-cluster-offsets",
                "tailrace-agent-web1-status"
            })
    void internalTopicsAreRefusedWhateverIsAllowed(String topic) {
        assertThat(TopicPolicy.of(".*").refusal(topic)).hasValue("is an internal topic");
    }

    @Test
    void theConnectorsOwnTopicIsInternalToo() {
        Map<String, String> properties = Map.of("offsets.storage.topic", "my-offsets", "allowed.topics", ".*");
        TopicPolicy topics = new FileTailSourceConfig(properties).topicPolicy();
        assertThat(topics.refusal("my-offsets")).hasValue("is an internal topic");
        assertThat(topics.refusal("my-offset")).isEmpty();
    }

    @Test
    void twinsAreNamedByTheFieldThatWasWritten() {
        String json = "[{\"path\":\"/var/log/a\",\"topic\":\"web_a\"},{\"path\":\"/var/log//a\",\"topic\":\"web_b\"}]";
        assertThatThrownBy(() -> host.read(json, "key")).hasMessageContaining("entry 2, field 'path'");
    }

    @Test
    void aTopicsWholeNameMustMatch() {
        assertThat(TopicPolicy.of("web").refusal("web_log")).isPresent();
        assertThat(TopicPolicy.of("web|web_log").refusal("web_log")).isEmpty();
        assertThatThrownBy(() -> TopicPolicy.of("(")).isInstanceOf(ConfigException.class);
    }
}
