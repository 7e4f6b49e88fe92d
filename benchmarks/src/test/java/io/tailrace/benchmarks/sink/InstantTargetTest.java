package io.tailrace.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.connect.elasticsearch.ElasticsearchSinkConnector;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.outcome.AnswerReader;
import io.tailrace.connect.elasticsearch.outcome.ItemOutcome;
import io.tailrace.connect.elasticsearch.outcome.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstantTargetTest {
    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    @Test
    void countsLines() throws IOException {
        assertThat(InstantTarget.lineEnds(stream("a\nb\n\nc".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(3);
        assertThat(InstantTarget.lineEnds(stream(new byte[0]))).isZero();
    }

    @Test
    void saysOfEachDocumentWhatOurSinkReads() {
        Verdict verdict = new AnswerReader().read(new Answer.Answered(200, stream(InstantTarget.answer(3))), 3);
        assertThat(verdict).isInstanceOf(Verdict.Items.class);
        assertThat(((Verdict.Items) verdict).outcomes()).hasSize(3).hasOnlyElementsOfType(ItemOutcome.Done.class);
    }

    /** With a try of the connection, before which no worker would make it. */
    @Test
    void isTakenForAServerByTheConnector() {
        Path configs = Path.of(System.getProperty("tailrace.repository"), "connect-configs");
        try (InstantTarget target = new InstantTarget()) {
            Map<String, String> config = SinkPlugin.tailrace(new ShippedConfigs(configs), Path.of("/p"))
                    .config("some_log", target.url());
            assertThat(new ElasticsearchSinkConnector().validate(config).configValues())
                    .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
            assertThat(target.taken()).isZero();
        }
    }
}
