package io.tailrace.connect.elasticsearch.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.outcome.ServerError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A document is to blame for its refusal if all that it needs was there before it was sent and after it was refused. */
class SuspectsTest {

    private static final ServerError REFUSED = new ServerError(400, "illegal_argument_exception", "in any words");
    private static final String ALIAS = "GET /_alias/logs%2Ball";
    private static final String PIPELINE = "GET /_ingest/pipeline/my%20pipe%2Fline";

    private final List<String> asked = new ArrayList<>();
    private final Map<String, Answer> answers = new HashMap<>(Map.of(ALIAS, status(404), PIPELINE, status(200, "{}")));
    private Operation operation = operation("my pipe/line");
    private long now;
    private final Suspects suspects = new Suspects(
            (method, path, json, listener) -> {
                asked.add(method + " " + path);
                listener.accept(answers.get(method + " " + path));
            },
            () -> now);

    @Test
    void aMissingPipelineIsWaitedFor() {
        answers.put(PIPELINE, status(404));
        for (int i = 0; i < 4; i++) {
            assertThat(refused()).isTrue();
        }
        assertThat(asked).filteredOn(PIPELINE::equals).hasSize(4);
    }

    /** Which of several indices is written to must be said; of a single one, that it isn't. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | {'a':{'aliases':{'logs+all':{}}},'b':{'aliases':{'logs+all':{}}}}",
                "true  | {'a':{'aliases':{'logs+all':{'is_write_index':false}}}}",
                "true  | {'a':{'aliases':{'logs+all':{'is_write_index':false}}},'b':{'aliases':{'logs+all':{}}}}",
                "false | {'a':{'aliases':{'logs+all':{}}}}",
                "false | {'a':{'aliases':{'logs+all':{'is_write_index':true}}}}",
                "false | {'a':{'aliases':{'logs+all':{}}},'b':{'aliases':{'logs+all':{'is_write_index':true}}}}"
            })
    void anAliasThatDoesNotSayWhereToWriteIsWaitedFor(boolean isWaitedFor, String indices) {
        operation = operation(null);
        for (int i = 0; i < 3; i++) {
            answers.put(ALIAS, status(200, indices));
            assertThat(refused()).isEqualTo(isWaitedFor || i < 2);
        }
        assertThat(asked).containsOnly(ALIAS);
        answers.put(ALIAS, status(200, "{'a':{'aliases':{'logs+all':{}}}}"));
        assertThat(refused()).isTrue();
    }

    @Test
    void aDocumentIsToBlameOnceAllWasSeenBeforeAndAfter() {
        assertThat(refused()).as("it may have come just now").isTrue();
        assertThat(refused()).as("it may have gone just now").isTrue();
        assertThat(refused()).isFalse();
        operation = operation("my pipe/line");
        assertThat(refused()).as("it may have gone just now").isTrue();
        assertThat(refused()).isFalse();
        assertThat(asked).hasSize(6).containsOnly(ALIAS, PIPELINE);
    }

    @Test
    void whatHasGoneIsNotTakenForThere() {
        assertThat(refused()).isTrue();
        answers.put(PIPELINE, status(404));
        assertThat(refused()).isTrue();
        answers.put(PIPELINE, status(200, "{}"));
        assertThat(refused()).isTrue();
        assertThat(refused()).isTrue();
        assertThat(refused()).isFalse();
    }

    /** Whoever may not ask, or asks a server that has no pipelines, learns nothing by asking again. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 405, 400})
    void withoutAnAnswerToTheQuestionTheDocumentIsToBlame(int status) {
        answers.put(PIPELINE, status(status));
        answers.put(ALIAS, status(status));
        assertThat(refused()).isTrue();
        assertThat(refused()).isTrue();
        assertThat(refused()).isFalse();
    }

    @Test
    void aServerThatIsAwayOrNoServerSaysNothing() {
        answers.put(PIPELINE, new Answer.Unanswered(new IOException("away")));
        for (int i = 0; i < 10; i++) {
            answers.put(ALIAS, status(200, "<html>"));
            assertThat(refused()).isTrue();
        }
        answers.put(PIPELINE, status(200, "{}"));
        for (int i = 0; i < 10; i++) {
            answers.put(ALIAS, status(200, "<html>"));
            assertThat(refused()).isTrue();
        }
    }

    /** Those of more names than are remembered otherwise, too. */
    @Test
    void eachOfVeryManyDocumentsIsToBlameInTheEnd() {
        List<Operation> many = IntStream.range(0, 3_000)
                .mapToObj(i -> operation("my pipe/line", "index-" + i))
                .toList();
        many.forEach(one -> answers.put("GET /_alias/" + one.index(), status(404)));
        for (int round = 0; round < 3; round++) {
            long sent = ++now;
            now++;
            boolean isLast = round == 2;
            assertThat(many).allMatch(one -> suspects.isInDoubt(one, REFUSED, sent) != isLast);
        }
    }

    @Test
    void whatSpeaksOfTheDocumentIsNotAskedFor() {
        ServerError parsing = new ServerError(400, "document_parsing_exception", "in any words");
        assertThat(suspects.isInDoubt(operation, parsing, 0)).isFalse();
        assertThat(asked).isEmpty();
    }

    /** Sends the document, which is refused a little later, and says whether it must be sent again. */
    private boolean refused() {
        long sent = ++now;
        now++;
        return suspects.isInDoubt(operation, REFUSED, sent);
    }

    private static Operation operation(String pipeline) {
        return operation(pipeline, "logs+all");
    }

    private static Operation operation(String pipeline, String index) {
        return new Operation(
                new OffsetTracker().add(Records.of("t", 0, "x")),
                null,
                index,
                new byte[0],
                new byte[0],
                null,
                pipeline);
    }

    private static Answer status(int status) {
        return status(status, "");
    }

    private static Answer status(int status, String json) {
        return new Answer.Answered(status, new Again(json.replace('\'', '"').getBytes(UTF_8)));
    }

    /** Can be read as often as it is asked for. */
    private static final class Again extends ByteArrayInputStream {

        Again(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void close() {
            reset();
        }
    }
}
