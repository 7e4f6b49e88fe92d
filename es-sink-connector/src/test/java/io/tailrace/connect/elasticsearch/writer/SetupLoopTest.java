package io.tailrace.connect.elasticsearch.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.setup.SetupStep;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put before the first document: waited for as long as the server is away, refused only by the server. */
class SetupLoopTest {

    private static final SetupStep KEPT = new SetupStep("template 'a'", "/_index_template/a", "{}", false);
    private static final SetupStep REPLACED = new SetupStep("template 'b'", "/_index_template/b", "{}", true);
    private static final String REFUSAL = "{\"error\":{\"type\":\"illegal_argument_exception\",\"reason\":\"why\"}}";

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();
    private int finished;

    @Test
    void nothingToPutIsDoneAtOnce() {
        loop().next();
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void whatIsThereStaysUnlessItIsToBeReplaced() {
        answers.addAll(List.of(answer(200, "{}"), answer(200, "{}")));
        loop(KEPT, REPLACED).next();
        assertThat(asked).containsExactly("GET /_index_template/a", "PUT /_index_template/b");
        assertThat(finished).isEqualTo(1);
    }

    /** Tasks of one connector do the same at the same time. */
    @Test
    void whatAnotherTaskHasJustPutIsThere() {
        String there = "{\"error\":{\"type\":\"resource_already_exists_exception\"}}";
        answers.addAll(List.of(answer(404, "{}"), answer(400, there)));
        loop(KEPT).next();
        assertThat(finished).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | ",
                "401 | ",
                "403 | ",
                "404 | 404 page not found",
                "407 | ",
                "429 | ",
                "500 | ",
                "503 | <html>"
            })
    void aServerThatIsAwayIsWaitedFor(int status, String body) {
        answers.addAll(List.of(status == 0 ? none() : answer(status, body == null ? "" : body), answer(200, "{}")));
        loop(REPLACED).next();
        assertThat(failures).isEmpty();
        assertThat(finished).isZero();
        later.remove().run();
        assertThat(finished).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 413})
    void whatTheServerRefusesFails(int status) {
        answers.add(answer(status, REFUSAL));
        loop(REPLACED).next();
        assertThat(failures)
                .singleElement()
                .asString()
                .contains("template 'b'")
                .contains("illegal_argument_exception: why");
        assertThat(finished).isZero();
        assertThat(later).isEmpty();
    }

    private SetupLoop loop(SetupStep... steps) {
        return new SetupLoop(
                List.of(steps),
                (method, path, json, listener) -> {
                    asked.add(method + " " + path);
                    listener.accept(answers.remove());
                },
                (delay, work) -> {
                    later.add(work);
                    return () -> {};
                },
                () -> 0.5,
                () -> finished++,
                failures::add);
    }

    private static Answer none() {
        return new Answer.Unanswered(new IOException("away"));
    }

    private static Answer answer(int status, String body) {
        return new Answer.Answered(status, new ByteArrayInputStream(body.getBytes(UTF_8)));
    }
}
