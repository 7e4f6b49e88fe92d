package io.tailrace.connect.elasticsearch.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.outcome.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document is to blame for its refusal if its pipeline was there before it was sent and after it was refused. */
class PipelinesTest {

    private static final ServerError REFUSED = new ServerError(400, "illegal_argument_exception", "in any words");

    private final List<String> asked = new ArrayList<>();
    private Operation operation = operation("my pipe/line");
    private long now;
    private Answer answer;
    private final Pipelines pipelines = new Pipelines(
            (method, path, json, listener) -> {
                asked.add(method + " " + path);
                listener.accept(answer);
            },
            (delay, work) -> {
                work.run();
                return () -> {};
            },
            () -> now);

    @Test
    void aMissingPipelineIsWaitedFor() {
        answer = status(404);
        for (int i = 0; i < 4; i++) {
            assertThat(refused()).isTrue();
        }
        assertThat(asked).hasSize(4).containsOnly("GET /_ingest/pipeline/my+pipe%2Fline");
    }

    @Test
    void aDocumentIsToBlameOnceThePipelineWasSeenBeforeAndAfter() {
        answer = status(200);
        assertThat(refused()).as("it may have come just now").isTrue();
        assertThat(refused()).as("it may have gone just now").isTrue();
        assertThat(refused()).isFalse();
        operation = operation("my pipe/line");
        assertThat(refused()).as("it may have gone just now").isTrue();
        assertThat(refused()).isFalse();
        assertThat(asked).hasSize(3);
    }

    @Test
    void aPipelineThatHasGoneIsNotTakenForThere() {
        answer = status(200);
        assertThat(refused()).isTrue();
        answer = status(404);
        assertThat(refused()).isTrue();
        answer = status(200);
        assertThat(refused()).isTrue();
        assertThat(refused()).isTrue();
        assertThat(refused()).isFalse();
    }

    /** Whoever may not ask, or asks a server that has no pipelines, learns nothing by asking again. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 405, 400})
    void withoutAnAnswerToTheQuestionTheDocumentIsToBlame(int status) {
        answer = status(status);
        assertThat(refused()).isTrue();
        assertThat(refused()).isTrue();
        assertThat(refused()).isFalse();
    }

    @Test
    void aServerThatIsAwaySaysNothing() {
        answer = new Answer.Unanswered(new IOException("away"));
        for (int i = 0; i < 10; i++) {
            assertThat(refused()).isTrue();
        }
    }

    @Test
    void whatSpeaksOfTheDocumentIsNotAskedFor() {
        ServerError parsing = new ServerError(400, "document_parsing_exception", "in any words");
        assertThat(pipelines.isInDoubt(operation, parsing, 0)).isFalse();
        assertThat(pipelines.isInDoubt(operation(null), REFUSED, 0)).isFalse();
        assertThat(asked).isEmpty();
    }

    /** Sends the document, which is refused a little later, and says whether it must be sent again. */
    private boolean refused() {
        long sent = ++now;
        now++;
        return pipelines.isInDoubt(operation, REFUSED, sent);
    }

    private static Operation operation(String pipeline) {
        return new Operation(
                new OffsetTracker().add(Records.of("t", 0, "x")), null, new byte[0], new byte[0], null, pipeline);
    }

    private static Answer status(int status) {
        return new Answer.Answered(status, InputStream.nullInputStream());
    }
}
