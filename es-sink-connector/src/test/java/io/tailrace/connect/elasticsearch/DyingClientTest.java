package io.tailrace.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.http.BulkTransport;
import io.tailrace.connect.elasticsearch.http.RestTransport;
import io.tailrace.connect.elasticsearch.metrics.SinkMeter;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.setup.SetupStep;
import io.tailrace.connect.elasticsearch.target.TargetKind;
import io.tailrace.connect.elasticsearch.writer.BulkWriter;
import io.tailrace.connect.elasticsearch.writer.Settlement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An OutOfMemoryError ends the real HTTP client's reactor, and with it all that waits for an answer. */
class DyingClientTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Which answer it is that the memory doesn't suffice for. */
    @ParameterizedTest
    @CsvSource({"1, of the setup", "2, to the question what the target is", "3, of the data stream", "4, of the body"})
    void documentsGoOnWhicheverAnswerIsLost(int deadly, String what) {
        try (ScriptedServer server = new ScriptedServer();
                Mortal transport = new Mortal(server.url(), deadly);
                BulkWriter writer = new BulkWriter(
                        "dying",
                        SinkConfig.parse(Map.of("connection.url", server.url())).bulk(),
                        false,
                        TargetKind.DATA_STREAM,
                        transport,
                        new SinkMeter(),
                        () -> 0.1)) {
            writer.start(List.of(new SetupStep("template", "/_index_template/t", "{}", true)));
            writer.submit(operations());
            List<Operation> indexed = new ArrayList<>();
            Awaitility.await().atMost(SOON).until(() -> {
                for (Optional<Settlement> news = writer.poll(); news.isPresent(); news = writer.poll()) {
                    indexed.addAll(((Settlement.Indexed) news.get()).operations());
                }
                return indexed.size() == 10;
            });
            assertThat(transport.reopened.get()).as("it died " + what).isEqualTo(1);
            assertThat(server.documents()).hasSize(10);
        }
    }

    private static List<Operation> operations() {
        OffsetTracker tracker = new OffsetTracker();
        return IntStream.range(0, 10)
                .mapToObj(i -> new Operation(
                        tracker.add(Records.of("t", i, "x")),
                        null,
                        "t",
                        ("{\"create\":{\"_id\":\"t+0+" + i + "\"}}\n").getBytes(StandardCharsets.US_ASCII),
                        "{}".getBytes(StandardCharsets.US_ASCII),
                        null,
                        null))
                .toList();
    }

    /** The real client, whose reactor runs out of memory at one answer. */
    private static final class Mortal implements BulkTransport {

        private final RestTransport transport;
        private final int deadly;
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger reopened = new AtomicInteger();

        Mortal(String url, int deadly) {
            this.transport = new RestTransport(
                    "mortal", SinkConfig.parse(Map.of("connection.url", url)).connection());
            this.deadly = deadly;
        }

        private Consumer<Answer> mortal(Consumer<Answer> listener) {
            return answer -> {
                if (answers.incrementAndGet() == deadly) {
                    // Quietly.
                    Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
                    throw new OutOfMemoryError("as told");
                }
                listener.accept(answer);
            };
        }

        @Override
        public void send(BulkBody body, boolean cautious, Consumer<Answer> listener) {
            transport.send(body, cautious, mortal(listener));
        }

        @Override
        public void request(String method, String path, String json, Consumer<Answer> listener) {
            transport.request(method, path, json, mortal(listener));
        }

        @Override
        public boolean isRunning() {
            return transport.isRunning();
        }

        @Override
        public void reopen() {
            reopened.incrementAndGet();
            transport.reopen();
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
