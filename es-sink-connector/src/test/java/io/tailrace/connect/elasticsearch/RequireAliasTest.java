package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An alias may go at any time, and then only the server can see to it that no index takes its place. */
class RequireAliasTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"disabled, false", "index, false", "datastream, false", "alias_index, true", "alias_datastream, true"})
    void theServerIsToldToTakeDocumentsForAliasesAlone(String usage, boolean isRequired) {
        server.answerLookups(200, "{\"aliases\":[{\"name\":\"t\"}]}");
        try (TaskHarness harness = harness(usage)) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.queries())
                .isNotEmpty()
                .allMatch(query -> List.of(query.split("&")).contains("require_alias=true") == isRequired);
    }

    /** Who may write and not look is told so by the server. */
    @Test
    void soItIsWhereTheServerDoesNotSayWhatTheNameIs() {
        server.answerLookups(403, "{\"error\":{\"type\":\"security_exception\"}}");
        try (TaskHarness harness = harness("alias_index")) {
            harness.pollUntilCommitted(SOON);
        }
        assertThat(server.queries()).isNotEmpty().allMatch(query -> query.contains("require_alias=true"));
    }

    private TaskHarness harness(String usage) {
        Map<String, String> properties = new HashMap<>(Map.of("name", "aliased", "connection.url", server.url()));
        properties.put("external.resource.usage", usage);
        return new TaskHarness(properties).assign(PARTITION, List.of(Records.of("t", 0, "{\"n\":1}")));
    }
}
