package io.tailrace.connect.elasticsearch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private final AnswerReader reader = new AnswerReader();

    @ParameterizedTest
    @CsvSource({
        "200, '', Done",
        "201, '', Done",
        "409, version_conflict_engine_exception, Done",
        "409, some_other_exception, Retry",
        "400, document_parsing_exception, Poison",
        "400, mapper_parsing_exception, Poison",
        "400, '', Poison",
        "413, '', Poison",
        "400, index_closed_exception, Fatal",
        "400, invalid_index_name_exception, Poison",
        "400, validation_exception, Retry",
        "404, index_not_found_exception, Fatal",
        "405, '', Fatal",
        "401, security_exception, Retry",
        "403, cluster_block_exception, Retry",
        "408, '', Retry",
        "429, es_rejected_execution_exception, Retry",
        "500, '', Retry",
        "500, fail_processor_exception, Poison",
        "503, unavailable_shards_exception, Retry"
    })
    void readsItemsByStatusAndType(int status, String type, String expected) {
        ItemOutcome outcome = ItemOutcome.of("create", new ServerError(status, type, "in any words"));
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
    }

    /** Also by deletions: what they are to delete may come back with the target. */
    @ParameterizedTest
    @ValueSource(strings = {"create", "index", "update", "delete"})
    void aTargetThatIsMissingIsAwaitedIfItMustBeThere(String operation) {
        ServerError missing = new ServerError(404, "index_not_found_exception", "in any words");
        assertThat(ItemOutcome.of(operation, missing, true))
                .isInstanceOfSatisfying(
                        ItemOutcome.Retry.class,
                        retry -> assertThat(retry.cause()).isEqualTo(RetryCause.BLOCKED));
        assertThat(ItemOutcome.of(operation, missing)).isNotInstanceOf(ItemOutcome.Retry.class);
    }

    @ParameterizedTest
    @CsvSource({
        "413, Split",
        "401, RetryAll",
        "403, RetryAll",
        "408, RetryAll",
        "429, RetryAll",
        "500, RetryAll",
        "502, RetryAll",
        "503, RetryAll",
        "504, RetryAll",
        "301, Fatal",
        "405, Fatal",
        "406, Fatal"
    })
    void readsWholeAnswersByStatus(int status, String expected) {
        for (String body : List.of("", "<html>", "{}", "{\"error\":\"text\"}", "{\"error\":{\"type\":\"t\"}}")) {
            Verdict verdict = reader.read(answer(status, body), 3);
            assertThat(verdict.getClass().getSimpleName()).isEqualTo(expected);
        }
    }

    /** A balancer's page, or an address that isn't Elasticsearch's, would have every document dropped for it. */
    @Test
    void aBadRequestIsBlamedOnDocumentsOnlyIfTheServerNamesATypeOfError() {
        for (String body :
                List.of("", "<html>", "{}", "{\"error\":\"no handler found for uri\"}", "{\"message\":\"x\"}")) {
            assertThat(reader.read(answer(400, body), 3)).isInstanceOf(Verdict.RetryAll.class);
        }
        assertThat(reader.read(answer(400, "{\"error\":{\"type\":\"t\"},\"status\":400}"), 3))
                .isInstanceOf(Verdict.Split.class);
    }

    /** Balancers and clouds answer so for a server that is away for a while. */
    @Test
    void whatIsNotFoundIsWaitedForUnlessTheServerNamesATypeOfError() {
        for (String body : List.of("", "404 page not found", "{\"ok\":false,\"message\":\"Unknown resource.\"}")) {
            assertThat(reader.read(answer(404, body), 3))
                    .matches(v -> ((Verdict.RetryAll) v).cause() == RetryCause.UNAVAILABLE);
        }
        assertThat(reader.read(answer(404, "{\"error\":{\"type\":\"t\"}}"), 3)).isInstanceOf(Verdict.Fatal.class);
    }

    /** As for the server's own: people mend credentials while we wait. */
    @Test
    void aProxyThatTakesNoCredentialsIsWaitedFor() {
        assertThat(reader.read(answer(407, "<html>"), 3))
                .matches(v -> ((Verdict.RetryAll) v).cause() == RetryCause.UNAUTHORIZED);
    }

    @Test
    void onlyTooManyRequestsIsOverload() {
        assertThat(reader.read(answer(429, ""), 1))
                .matches(v -> ((Verdict.RetryAll) v).cause() == RetryCause.OVERLOADED);
        assertThat(reader.read(answer(503, ""), 1))
                .matches(v -> ((Verdict.RetryAll) v).cause() == RetryCause.UNAVAILABLE);
    }

    @Test
    void readsTheErrorsOfItems() {
        String body = """
                {"took":3,"errors":true,"ingest_took":1,"items":[
                 {"create":{"status":201,"_shards":{"total":[1,{"a":2}]}}},
                 {"create":{"error":{"root_cause":[{"type":"no"}],"type":"document_parsing_exception",
                  "reason":"failed to parse","caused_by":{"type":"x","reason":"y"}},"status":400}},
                 {"create":{"status":429,"error":"plain"}}],"more":{}}""";
        Verdict.Items items = (Verdict.Items) reader.read(answer(200, body), 3);
        assertThat(items.outcomes())
                .containsExactly(
                        ItemOutcome.Done.INSTANCE,
                        new ItemOutcome.Poison(new ServerError(400, "document_parsing_exception", "failed to parse")),
                        new ItemOutcome.Retry(new ServerError(429, "", "plain")));
    }

    @Test
    void readsTheErrorOfAWholeRequest() {
        String body = "{\"error\":{\"type\":\"parse_exception\",\"reason\":\"why\"},\"status\":400}";
        assertThat(reader.read(answer(400, body), 3))
                .isEqualTo(new Verdict.Split(new ServerError(400, "parse_exception", "why")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"errors\":false}",
                "{\"items\":[",
                "{\"items\":[{}]}",
                "{\"items\":[{\"create\":{\"status\":201}}]}",
                "{\"items\":[{\"create\":7},{\"create\":8}]}",
                "{\"items\":[{\"create\":{\"status\":201}},{\"create\":{}}]}",
                "{\"items\":[{\"create\":{\"status\":201}},{\"create\":{\"status\":\"201\"}}]}"
            })
    void whatIsNoAnswerForEveryOperationCountsAsNone(String body) {
        assertThat(reader.read(answer(200, body), 2)).isInstanceOf(Verdict.RetryAll.class);
    }

    @Test
    void noAnswerMeansAgain() {
        assertThat(reader.read(new Answer.Unanswered(new IOException("reset")), 2))
                .isEqualTo(new Verdict.RetryAll(RetryCause.BROKEN_CONNECTION, "java.io.IOException: reset"));
    }

    @Property
    void outcomesStandInTheOrderOfTheItems(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 200, max = 599) Integer> statuses) {
        String items = statuses.stream()
                .map(status -> "{\"create\":{\"status\":" + status + "}}")
                .collect(Collectors.joining(","));
        Verdict verdict = reader.read(answer(200, "{\"items\":[" + items + "]}"), statuses.size());
        assertThat(((Verdict.Items) verdict).outcomes())
                .isEqualTo(statuses.stream()
                        .map(status -> ItemOutcome.of("create", new ServerError(status, "", "")))
                        .toList());
    }

    private static Answer answer(int status, String body) {
        return new Answer.Answered(status, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
