package io.tailrace.connect.elasticsearch.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.http.BulkTransport;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whoever asks is answered once, also when the HTTP client dies in between. */
class RequestsTest {

    private final Client client = new Client();
    private final List<Runnable> now = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Requests requests = new Requests(client, (delay, work) -> {
        (delay == 0 ? now : later).add(work);
        return () -> {};
    });

    @Test
    void everyoneIsToldWhenTheClientHasDied() {
        requests.request("GET", "/a", null, answers::add);
        requests.send(new BulkBody(List.of()), false, answers::add);
        second();
        assertThat(answers).isEmpty();
        client.isRunning = false;
        second();
        assertThat(answers).hasSize(2).allMatch(Answer.Unanswered.class::isInstance);
        assertThat(client.opened).isEqualTo(2);
        client.answerAll();
        second();
        assertThat(answers).as("late answers of the dead one").hasSize(2);
        assertThat(later).as("nothing to watch").isEmpty();
    }

    @Test
    void nothingIsSentToADeadClient() {
        client.isRunning = false;
        requests.request("GET", "/a", null, answers::add);
        assertThat(client.opened).isEqualTo(2);
        client.answerAll();
        second();
        assertThat(answers).hasSize(1).allMatch(Answer.Answered.class::isInstance);
    }

    @Test
    void aFewQuestionsAreAskedAtATimeAndAllInTheirOrder() {
        for (int i = 0; i < 100; i++) {
            requests.request("GET", "/" + i, null, answers::add);
        }
        List<String> asked = new ArrayList<>();
        while (!client.paths.isEmpty()) {
            assertThat(client.paths).hasSizeLessThanOrEqualTo(4);
            asked.addAll(client.paths);
            client.answerAll();
            second();
        }
        assertThat(asked).hasSize(100).startsWith("/0", "/1", "/2", "/3", "/4").endsWith("/99");
        assertThat(answers).hasSize(100);
    }

    @Test
    void bodiesWaitForNoQuestion() {
        for (int i = 0; i < 100; i++) {
            requests.request("GET", "/" + i, null, answers::add);
        }
        requests.send(new BulkBody(List.of()), false, answers::add);
        assertThat(client.paths).contains("body");
    }

    /** Runs what is due at once, and what is due within a second. */
    private void second() {
        runAll(now);
        runAll(later);
        runAll(now);
    }

    private static void runAll(List<Runnable> work) {
        List<Runnable> all = List.copyOf(work);
        work.clear();
        all.forEach(Runnable::run);
    }

    /** Notes what it is to send, and answers when it is told to. */
    private static final class Client implements BulkTransport {

        private final List<String> paths = new ArrayList<>();
        private final List<Consumer<Answer>> listeners = new ArrayList<>();
        private boolean isRunning = true;
        private int opened = 1;

        @Override
        public void send(BulkBody body, boolean cautious, Consumer<Answer> listener) {
            request("POST", "body", null, listener);
        }

        @Override
        public void request(String method, String path, String json, Consumer<Answer> listener) {
            assertThat(isRunning).isTrue();
            paths.add(path);
            listeners.add(listener);
        }

        void answerAll() {
            List<Consumer<Answer>> all = List.copyOf(listeners);
            listeners.clear();
            paths.clear();
            all.forEach(listener ->
                    listener.accept(new Answer.Answered(200, new ByteArrayInputStream("{}".getBytes(UTF_8)))));
        }

        @Override
        public boolean isRunning() {
            return isRunning;
        }

        @Override
        public void reopen() {
            isRunning = true;
            opened++;
        }

        @Override
        public void close() {
            isRunning = false;
        }
    }
}
