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
    private static final String INDEX =
            "GET /logs%2Ball?filter_path=*.aliases,*.data_stream,*.settings.index.*_pipeline";
    private static final String TEMPLATE =
            "POST /_index_template/_simulate_index/logs%2Ball?filter_path=template.settings.index.*_pipeline";
    private static final String GONE = "GET /_ingest/pipeline/gone";

    private final List<String> asked = new ArrayList<>();
    private final Map<String, Answer> answers =
            new HashMap<>(Map.of(ALIAS, status(404), PIPELINE, status(200, "{}"), INDEX, status(200, "{}")));
    private Operation operation = operation("my pipe/line");
    private long now;
    private final Suspects suspects = new Suspects(
            (method, path, json, listener) -> {
                asked.add(method + " " + path);
                listener.accept(again(answers.getOrDefault(method + " " + path, status(404))));
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

    /** Whenever it comes; what else the document needs was asked for at other times before. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aDocumentThatWaitedForItsPipelineIsToBlameOnceThatIsThere(int attempts) {
        answers.put(PIPELINE, status(404));
        for (int i = 0; i < attempts; i++) {
            assertThat(refused()).isTrue();
        }
        answers.put(PIPELINE, status(200, "{}"));
        assertThat(isToBlameInTheEnd()).isTrue();
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
        assertThat(asked).containsOnly(ALIAS, INDEX);
        answers.put(ALIAS, status(200, "{'a':{'aliases':{'logs+all':{}}}}"));
        assertThat(refused()).isTrue();
    }

    /** Whatever leads to the index that is written to, and not what others behind the name have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | {'logs+all':{'settings':{'index':{'default_pipeline':'gone'}}}}",
                "true  | {'logs+all':{'settings':{'index':{'final_pipeline':'gone'}}}}",
                "false | {'logs+all':{'settings':{'index':{'default_pipeline':'_none'}}}}",
                "true  | {'a':{'aliases':{'logs+all':{}},'settings':{'index':{'default_pipeline':'gone'}}}}",
                "false | {'a':{'aliases':{'logs+all':{}},'settings':{'index':{'default_pipeline':'gone'}}},"
                        + "'b':{'aliases':{'logs+all':{'is_write_index':true}}}}",
                "true  | {'a':{'aliases':{'logs+all':{}}},'b':{'aliases':{'logs+all':{'is_write_index':true}},"
                        + "'settings':{'index':{'final_pipeline':'gone'}}}}",
                "true  | {'.ds-x-2026.11.22-000002':{'data_stream':'x','settings':{'index':{'default_pipeline':'gone'}}},"
                        + "'.ds-x-2026.11.21-000001':{'data_stream':'x'}}",
                "false | {'.ds-x-2026.11.22-000002':{'data_stream':'x'},"
                        + "'.ds-x-2026.11.21-000001':{'data_stream':'x','settings':{'index':{'default_pipeline':'gone'}}}}"
            })
    void aMissingPipelineThatTheIndexNamesIsWaitedFor(boolean isWaitedFor, String indices) {
        operation = operation(null);
        answers.put(INDEX, status(200, indices));
        assertThat(isToBlameInTheEnd()).isNotEqualTo(isWaitedFor);
        answers.put(GONE, status(200, "{}"));
        assertThat(isToBlameInTheEnd()).isTrue();
    }

    /** The server makes the index only once a document gets through its pipelines. */
    @Test
    void aMissingPipelineThatATemplateNamesForTheIndexIsWaitedFor() {
        operation = operation(null);
        answers.put(INDEX, status(404));
        answers.put(TEMPLATE, status(200, "{'template':{'settings':{'index':{'default_pipeline':'gone'}}}}"));
        assertThat(isToBlameInTheEnd()).isFalse();
        answers.put(TEMPLATE, status(200, "{}"));
        assertThat(isToBlameInTheEnd()).isTrue();
    }

    @Test
    void aDocumentsOwnPipelineTakesThePlaceOfTheIndexesDefaultAndNotOfItsFinalOne() {
        answers.put(INDEX, status(200, "{'logs+all':{'settings':{'index':{'default_pipeline':'gone'}}}}"));
        assertThat(isToBlameInTheEnd()).isTrue();
        operation = operation("_none");
        assertThat(isToBlameInTheEnd()).isTrue();
        answers.put(INDEX, status(200, "{'logs+all':{'settings':{'index':{'final_pipeline':'gone'}}}}"));
        assertThat(isToBlameInTheEnd()).isFalse();
    }

    @Test
    void aDocumentIsToBlameOnceAllWasSeenBeforeAndAfter() {
        assertThat(refused()).as("it may have come just now").isTrue();
        assertThat(refused()).as("it may have gone just now").isTrue();
        assertThat(refused()).isFalse();
        operation = operation("my pipe/line");
        assertThat(refused()).as("it may have gone just now").isTrue();
        assertThat(refused()).isFalse();
        assertThat(asked).hasSize(9).containsOnly(ALIAS, PIPELINE, INDEX);
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
        answers.put(INDEX, status(status));
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

    private boolean isToBlameInTheEnd() {
        return IntStream.range(0, 10).anyMatch(i -> !refused());
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
        return new Answer.Answered(
                status, new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)));
    }

    /** The same, to be read from its beginning. */
    private static Answer again(Answer answer) {
        if (answer instanceof Answer.Answered answered) {
            ((ByteArrayInputStream) answered.body()).reset();
        }
        return answer;
    }
}
