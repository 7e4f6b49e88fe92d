package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.http.ServerClient;
import io.tailrace.connect.elasticsearch.outcome.AnswerReader;
import io.tailrace.connect.elasticsearch.outcome.RequestOutcome;
import io.tailrace.connect.elasticsearch.retry.Backoff;
import io.tailrace.connect.elasticsearch.setup.SetupStep;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts things on the server one after the other, waiting for the server as long as it takes. Several tasks may do so
 * at the same time; they put the same. Runs on the writer's thread.
 */
final class SetupLoop {

    private static final Logger LOG = LoggerFactory.getLogger(SetupLoop.class);
    private static final int NOT_FOUND = 404;

    private final List<SetupStep> steps;
    private final ServerClient client;
    private final SendLoop.Timer timer;
    private final DoubleSupplier random;
    private final Runnable finished;
    private final Consumer<String> failed;
    private final AnswerReader reader = new AnswerReader();
    private int done;
    private int failures;

    SetupLoop(
            List<SetupStep> steps,
            ServerClient client,
            SendLoop.Timer timer,
            DoubleSupplier random,
            Runnable finished,
            Consumer<String> failed) {
        this.steps = List.copyOf(steps);
        this.client = client;
        this.timer = timer;
        this.random = random;
        this.finished = finished;
        this.failed = failed;
    }

    /** Goes on with the first step that isn't done. */
    void next() {
        if (done == steps.size()) {
            finished.run();
        } else if (steps.get(done).overwrite()) {
            put();
        } else {
            send("GET", null, this::looked);
        }
    }

    private void put() {
        send("PUT", steps.get(done).json(), this::put);
    }

    private void looked(RequestOutcome outcome) {
        if (outcome.isSuccess()) {
            LOG.info("There is {} already; it stays as it is", steps.get(done).what());
            completed();
        } else if (outcome.status() == NOT_FOUND) {
            put();
        } else {
            refused(outcome);
        }
    }

    private void put(RequestOutcome outcome) {
        if (outcome.isSuccess() || outcome.isThereAlready()) {
            LOG.info("Put {}", steps.get(done).what());
            completed();
        } else {
            refused(outcome);
        }
    }

    private void completed() {
        done++;
        failures = 0;
        next();
    }

    private void refused(RequestOutcome outcome) {
        String what = steps.get(done).what();
        // The server names a type; a balancer in front of one that is away doesn't.
        boolean isAway = outcome.status() == NOT_FOUND && outcome.type().isEmpty();
        if (!outcome.isRetryable() && !isAway) {
            failed.accept("The server refused " + what + ": " + outcome.detail());
            return;
        }
        if (Integer.bitCount(failures + 1) == 1) {
            LOG.warn("Can't put {} yet, attempt {}: {}", what, failures + 1, outcome.detail());
        }
        timer.schedule(Backoff.DEFAULT.delayMillis(failures, random.getAsDouble()), this::next);
        failures++;
    }

    private void send(String method, String json, Consumer<RequestOutcome> then) {
        client.request(method, steps.get(done).path(), json, answer -> then.accept(reader.readRequest(answer)));
    }
}
