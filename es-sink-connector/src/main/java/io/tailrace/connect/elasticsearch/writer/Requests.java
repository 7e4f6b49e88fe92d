package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.http.BulkTransport;
import io.tailrace.connect.elasticsearch.http.ServerClient;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All requests under way. Each is answered once, whatever becomes of the HTTP client: after an OutOfMemoryError its
 * reactor is gone for good and answers never come, so those who wait are told that there is none, and there is another
 * client. Runs on the writer's thread, and answers there, never before a request returns to who made it.
 */
final class Requests implements ServerClient {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    /** How often to see whether the client still lives, while answers are awaited. */
    private static final long WATCH_MILLIS = 1_000;

    /** Names may be made of what records say, and questions about many at once must leave connections for bodies. */
    private static final int MAX_QUESTIONS = 4;

    private final BulkTransport transport;
    private final SendLoop.Timer timer;
    private final Map<Long, Consumer<Answer>> underWay = new LinkedHashMap<>();
    private final Queue<Runnable> questions = new ArrayDeque<>();
    private int asked;
    private long number;
    private boolean isWatching;

    Requests(BulkTransport transport, SendLoop.Timer timer) {
        this.transport = transport;
        this.timer = timer;
    }

    /** Sends a body, as {@link BulkTransport#send} does. */
    void send(BulkBody body, boolean cautious, Consumer<Answer> listener) {
        Consumer<Answer> once = begin(listener);
        transport.send(body, cautious, once);
    }

    @Override
    public void request(String method, String path, String json, Consumer<Answer> listener) {
        questions.add(() -> {
            Consumer<Answer> once = begin(answer -> {
                asked--;
                askNext();
                listener.accept(answer);
            });
            transport.request(method, path, json, once);
        });
        askNext();
    }

    private void askNext() {
        if (asked < MAX_QUESTIONS && !questions.isEmpty()) {
            asked++;
            questions.remove().run();
        }
    }

    /** Notes a request, and gives what may be told of its answer on any thread, and more than once. */
    private Consumer<Answer> begin(Consumer<Answer> listener) {
        reviveTransport();
        long request = ++number;
        underWay.put(request, listener);
        watch();
        return answer -> timer.schedule(0, () -> answered(request, answer));
    }

    private void answered(long request, Answer answer) {
        Consumer<Answer> listener = underWay.remove(request);
        if (listener != null) {
            listener.accept(answer);
        }
    }

    private void watch() {
        if (!isWatching) {
            isWatching = true;
            timer.schedule(WATCH_MILLIS, this::look);
        }
    }

    private void look() {
        isWatching = false;
        reviveTransport();
        if (!underWay.isEmpty()) {
            watch();
        }
    }

    private void reviveTransport() {
        if (transport.isRunning()) {
            return;
        }
        LOG.warn("The HTTP client has died; setting up another, {} requests have no answer", underWay.size());
        transport.reopen();
        Answer none = new Answer.Unanswered(new IOException("the HTTP client has died"));
        List<Long> all = new ArrayList<>(underWay.keySet());
        all.forEach(request -> timer.schedule(0, () -> answered(request, none)));
    }
}
