package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.http.ServerClient;
import io.tailrace.connect.elasticsearch.outcome.AnswerReader;
import io.tailrace.connect.elasticsearch.outcome.RequestOutcome;
import io.tailrace.connect.elasticsearch.outcome.ServerError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells documents that are to blame for their refusal from those whose ingest pipeline isn't there. The server refuses
 * both item by item and with the same type, so it is asked for the pipeline: a document is to blame if it was refused
 * although the pipeline was there both before it was sent and afterwards. Until that is known it is sent again, which
 * also gives the time to ask. Runs on the writer's thread.
 */
final class Pipelines {

    private static final Logger LOG = LoggerFactory.getLogger(Pipelines.class);

    /** The type of both; any other type speaks of the document. */
    private static final String AMBIGUOUS = "illegal_argument_exception";

    /** Names may be made of what records say; those that were forgotten are asked for again. */
    private static final int MAX_NAMES = 1024;

    private static final int NOT_FOUND = 404;
    private static final long TELL_MILLIS = 30_000;

    private final ServerClient client;
    private final SendLoop.Timer timer;
    private final LongSupplier clockMillis;
    private final AnswerReader reader = new AnswerReader();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    private long tellAgainAt = Long.MIN_VALUE;

    /** When documents that are in doubt were last sent; those that are done with go by themselves. */
    private final Map<Operation, Long> refused = new WeakHashMap<>();

    /** A pipeline was there whenever it was asked for in this time. */
    private record Seen(long fromMillis, long toMillis) {

        boolean around(long sentMillis) {
            return fromMillis < sentMillis && toMillis > sentMillis;
        }
    }

    Pipelines(ServerClient client, SendLoop.Timer timer, LongSupplier clockMillis) {
        this.client = client;
        this.timer = timer;
        this.clockMillis = clockMillis;
    }

    /**
     * Whether a document must be sent again before anybody can say that it is to blame.
     *
     * @param operation what was refused for good
     * @param error why
     * @param sentMillis when it had been sent
     */
    boolean isInDoubt(Operation operation, ServerError error, long sentMillis) {
        String pipeline = operation.pipeline();
        if (pipeline == null || !error.type().equals(AMBIGUOUS)) {
            return false;
        }
        Seen known = seen.get(pipeline);
        Long before = refused.put(operation, sentMillis);
        if (known != null && before != null && known.around(before)) {
            refused.remove(operation);
            return false;
        }
        ask(pipeline);
        return true;
    }

    private void ask(String pipeline) {
        if (asked.add(pipeline)) {
            String path = "/_ingest/pipeline/" + URLEncoder.encode(pipeline, StandardCharsets.UTF_8);
            Consumer<Answer> answered =
                    answer -> timer.schedule(0, () -> answered(pipeline, reader.readRequest(answer)));
            client.request("GET", path, null, answered);
        }
    }

    private void answered(String pipeline, RequestOutcome outcome) {
        asked.remove(pipeline);
        if (outcome.status() == NOT_FOUND) {
            seen.remove(pipeline);
            tellMissing(pipeline);
        } else if (!outcome.isRetryable()) {
            saw(pipeline);
        } else if (outcome.status() == 401 || outcome.status() == 403) {
            LOG.debug("May not ask for the ingest pipeline '{}': {}", pipeline, outcome.detail());
            saw(pipeline);
        }
    }

    private void tellMissing(String pipeline) {
        long now = clockMillis.getAsLong();
        if (now >= tellAgainAt) {
            tellAgainAt = now + TELL_MILLIS;
            LOG.warn("Documents wait for the ingest pipeline '{}' (pipeline), which is not on the server", pipeline);
        }
    }

    private void saw(String pipeline) {
        if (seen.size() >= MAX_NAMES) {
            seen.clear();
        }
        long now = clockMillis.getAsLong();
        Seen before = seen.get(pipeline);
        seen.put(pipeline, new Seen(before == null ? now : before.fromMillis(), now));
    }
}
