package io.tailrace.console.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.http.Answer.Answered;
import io.tailrace.connect.elasticsearch.http.Answer.Unanswered;
import io.tailrace.connect.elasticsearch.http.RestTransport;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Elasticsearch or OpenSearch: so many questions at a time, each for so long, and with answers of a limited size. */
public final class SearchServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchServer.class);
    private static final int MAX_ANSWER_BYTES = 32 << 20;
    /** A search that has used up its time has yet to send what it found. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final RestTransport transport;
    private final Semaphore slots;
    private final Duration timeout;

    /**
     * Connects to nothing yet.
     *
     * @param settings where to, and as whom
     * @param timeout of a search
     * @param concurrent how many at a time
     */
    public SearchServer(ConnectionSettings settings, Duration timeout, int concurrent) {
        this.transport = RestTransport.limited("console-search", settings, MAX_ANSWER_BYTES);
        this.timeout = timeout;
        this.slots = new Semaphore(concurrent);
    }

    /**
     * Asks.
     *
     * @param method such as POST
     * @param path with its query
     * @param body JSON; null for none
     * @return the answer's body
     * @throws Problem 429 if there are too many questions, 502 if the server refuses, 503 if it can't be reached, 404 if it knows
     *     no such thing
     * @throws InterruptedException if the thread is interrupted
     */
    JsonNode ask(String method, String path, JsonNode body) throws InterruptedException {
        if (!slots.tryAcquire()) {
            throw new Problem(
                            429,
                            "too-many-requests",
                            "Too many searches at once",
                            "As many searches are under way as there may be; try again in a second")
                    .with("retry_after", Json.object().put("seconds", 1).path("seconds"));
        }
        try {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            transport.request(method, path, body == null ? null : body.toString(), answer::complete);
            return read(answer.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw unavailable("no answer in time");
        } catch (ExecutionException e) {
            throw unavailable(String.valueOf(e.getCause()));
        } finally {
            slots.release();
        }
    }

    private JsonNode read(Answer answer) {
        if (answer instanceof Unanswered unanswered) {
            if (!transport.isRunning()) {
                transport.reopen();
            }
            throw unavailable(String.valueOf(unanswered.cause().getMessage()));
        }
        Answered answered = (Answered) answer;
        try {
            JsonNode body = Json.read(new String(answered.body().readAllBytes(), StandardCharsets.UTF_8));
            if (answered.status() == 404) {
                throw Problem.notFound("There is no such document");
            }
            if (answered.status() >= 300) {
                throw refused(answered.status(), body);
            }
            return body;
        } catch (IOException e) {
            throw unavailable("an answer that isn't JSON, with status " + answered.status());
        }
    }

    private static Problem refused(int status, JsonNode body) {
        JsonNode error = body.path("error");
        JsonNode cause = error.path("root_cause").path(0);
        String reason = (cause.isMissingNode() ? error : cause).path("reason").asText(error.toString());
        LOG.warn("A search was refused with status {}: {}", status, reason);
        return new Problem(502, "search-failed", "The search was refused", "status " + status + ": " + reason);
    }

    private static Problem unavailable(String reason) {
        LOG.warn("Elasticsearch can't be searched: {}", reason);
        return new Problem(503, "search-unavailable", "Elasticsearch can't be reached", reason);
    }

    @Override
    public void close() {
        transport.close();
    }
}
