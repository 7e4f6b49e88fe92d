package io.tailrace.connect.elasticsearch.writer;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.http.ServerClient;
import io.tailrace.connect.elasticsearch.metrics.SinkMeter;
import io.tailrace.connect.elasticsearch.outcome.AnswerReader;
import io.tailrace.connect.elasticsearch.outcome.LookupOutcome;
import io.tailrace.connect.elasticsearch.outcome.RequestOutcome;
import io.tailrace.connect.elasticsearch.outcome.RetryCause;
import io.tailrace.connect.elasticsearch.retry.Backoff;
import io.tailrace.connect.elasticsearch.target.TargetKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets documents go to data streams and aliases alone, if that is what their targets were said to be. A server that has
 * neither, nor a template for it, would make a plain index of that name with the first document, and there it would
 * stay. So before the first document for a name the server is asked for it; documents wait until it is there, in their
 * order. What was there once isn't asked for again: that nothing takes the place of an alias that goes is asked of the
 * server with each request. A data stream that goes is made again as long as there is a template for it. Runs on the
 * writer's thread.
 *
 * <pre>
 *  accept ─▶ known? ─▶ on
 *              │ no        ┌── not as it must be: asks again later
 *              └─▶ held ─▶ asked ─▶ there: on
 *                          └── missing data stream: put it, which the server does if a template claims the name
 * </pre>
 */
final class TargetGate {

    private static final Logger LOG = LoggerFactory.getLogger(TargetGate.class);

    /** Names may be made of what records say; those that were forgotten are asked for again. */
    private static final int MAX_NAMES = 1024;

    private static final int FORBIDDEN = 403;

    private final TargetKind kind;
    private final ServerClient client;
    private final SendLoop.Timer timer;
    private final DoubleSupplier random;
    private final SinkMeter meter;
    private final Consumer<List<Operation>> onward;
    private final AnswerReader reader = new AnswerReader();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Held> held = new LinkedHashMap<>();
    private boolean isOpen;

    private static final class Held {
        private List<Operation> operations = new ArrayList<>();
        private int failures;
    }

    TargetGate(
            TargetKind kind,
            ServerClient client,
            SendLoop.Timer timer,
            DoubleSupplier random,
            SinkMeter meter,
            Consumer<List<Operation>> onward) {
        this.kind = kind;
        this.client = client;
        this.timer = timer;
        this.random = random;
        this.meter = meter;
        this.onward = onward;
    }

    /** Nothing is asked for before this was called. */
    void open() {
        isOpen = true;
        List.copyOf(held.keySet()).forEach(this::ask);
    }

    void accept(List<Operation> operations) {
        if (kind == TargetKind.ANY) {
            onward.accept(operations);
            return;
        }
        List<Operation> free = new ArrayList<>(operations.size());
        for (Operation operation : operations) {
            if (known.contains(operation.index())) {
                free.add(operation);
            } else {
                hold(operation);
            }
        }
        onward.accept(free);
    }

    private void hold(Operation operation) {
        String name = operation.index();
        boolean isFirst = !held.containsKey(name);
        held.computeIfAbsent(name, unknown -> new Held()).operations.add(operation);
        if (isFirst && isOpen) {
            ask(name);
        }
    }

    /** What waits for partitions that were taken away. */
    List<Operation> removeAbandoned() {
        List<Operation> abandoned = new ArrayList<>();
        for (Held one : held.values()) {
            List<Operation> wanted = new ArrayList<>();
            for (Operation operation : one.operations) {
                (operation.pending().isAbandoned() ? abandoned : wanted).add(operation);
            }
            one.operations = wanted;
        }
        return abandoned;
    }

    private void ask(String name) {
        Held waiting = held.get(name);
        if (waiting.operations.isEmpty()) {
            held.remove(name);
            return;
        }
        send("GET", "/_resolve/index/", name, answer -> looked(name, reader.readLookup(answer)));
    }

    private void looked(String name, LookupOutcome outcome) {
        if (isAny(outcome.json(), kind.isAlias() ? "aliases" : "data_streams")) {
            letGo(name);
        } else if (isAny(outcome.json(), "indices")) {
            later(name, "'" + name + "' is an index", null);
        } else if (isAny(outcome.json(), "aliases")) {
            letGo(name);
        } else if (isAny(outcome.json(), "data_streams")) {
            later(name, "'" + name + "' is a data stream", null);
        } else if (outcome.isThere() || outcome.isMissing()) {
            missing(name);
        } else if (outcome.isWorthAskingAgain()) {
            later(name, "the server does not say what '" + name + "' is", outcome.request());
        } else {
            unknown(name, outcome.request());
        }
    }

    private static boolean isAny(JsonNode found, String what) {
        return !found.path(what).isEmpty();
    }

    private void missing(String name) {
        if (kind.isAlias()) {
            later(name, "there is no alias '" + name + "'", null);
        } else {
            send("PUT", "/_data_stream/", name, answer -> put(name, reader.readRequest(answer)));
        }
    }

    private void put(String name, RequestOutcome outcome) {
        if (outcome.isSuccess()) {
            LOG.info("Made the data stream '{}'", name);
            letGo(name);
        } else if (outcome.isThereAlready()) {
            later(name, "somebody else has just made '" + name + "'", outcome);
        } else if (outcome.status() == FORBIDDEN) {
            unknown(name, outcome);
        } else if (outcome.isRetryable()) {
            later(name, "the data stream '" + name + "' can't be made yet", outcome);
        } else {
            later(
                    name,
                    "there is no data stream '" + name + "', and the server makes none: is there an index template"
                            + " with data_stream for that name?",
                    outcome);
        }
    }

    /** Some may write and not look: then only the server knows, and it takes documents for aliases alone if asked to. */
    private void unknown(String name, RequestOutcome outcome) {
        LOG.warn(
                "Can't find out whether '{}' is {}; {}: {}",
                name,
                what(),
                kind.isAlias() ? "the server takes documents only if it is" : "documents go there whatever it is",
                outcome.detail());
        letGo(name);
    }

    private void letGo(String name) {
        if (known.size() >= MAX_NAMES) {
            known.clear();
        }
        known.add(name);
        onward.accept(held.remove(name).operations);
    }

    private void later(String name, String why, RequestOutcome outcome) {
        Held waiting = held.get(name);
        if (Integer.bitCount(waiting.failures + 1) == 1) {
            LOG.warn(
                    "Documents wait, because '{}' must be {}, and {}{}",
                    name,
                    what(),
                    why,
                    outcome == null ? "" : ": " + outcome.detail());
        }
        meter.retried(RetryCause.BLOCKED, waiting.operations.size());
        timer.schedule(Backoff.DEFAULT.delayMillis(waiting.failures, random.getAsDouble()), () -> ask(name));
        waiting.failures++;
    }

    private String what() {
        return kind.isAlias()
                ? "an alias (external.resource.usage)"
                : "a data stream (external.resource.usage or data.stream.type)";
    }

    private void send(String method, String path, String name, Consumer<Answer> then) {
        // A plus sign is no space in a path.
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        client.request(method, path + encoded, null, then);
    }
}
