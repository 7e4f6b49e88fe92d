package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.Batch;
import io.tailrace.connect.elasticsearch.bulk.BatchQueue;
import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.config.BulkSettings;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.http.BulkTransport;
import io.tailrace.connect.elasticsearch.outcome.AnswerReader;
import io.tailrace.connect.elasticsearch.outcome.ItemOutcome;
import io.tailrace.connect.elasticsearch.outcome.ServerError;
import io.tailrace.connect.elasticsearch.outcome.Verdict;
import io.tailrace.connect.elasticsearch.retry.Backoff;
import io.tailrace.connect.elasticsearch.retry.Throttle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, whenever something happened (operations came, an answer came, a time came), what to send next.
 *
 * <pre>
 *  accept ─▶ fresh ─▶ on the wire ─▶ settled
 *                      ▲      │ not now, or too large
 *                      └─ retries
 * </pre>
 *
 * Batches that wait for their retry don't hold a place on the wire, so one index that takes nothing doesn't keep
 * documents of others waiting; a server that is away as a whole closes the {@link Throttle} for all. Everything runs
 * on the writer's thread.
 */
final class SendLoop {

    private static final Logger LOG = LoggerFactory.getLogger(SendLoop.class);

    /** How often to see whether the transport still lives, while answers are awaited. */
    private static final long WATCH_MILLIS = 1_000;

    /** Batches come thick and fast, and one line says what is wrong with all of them. */
    private static final long TELL_ITEMS_MILLIS = 30_000;

    /** Runs work on the writer's thread. */
    interface Timer {

        /** Runs something after a delay; what is returned cancels it. */
        Runnable schedule(long delayMillis, Runnable work);
    }

    /** Takes news, which may be null, and the bytes that it sets free. */
    interface Settled {

        void accept(Settlement settlement, long bytes);
    }

    private final BulkTransport transport;
    private final Timer timer;
    private final LongSupplier clockMillis;
    private final DoubleSupplier random;
    private final Settled settled;
    private final boolean inOrder;
    private final BatchQueue fresh;
    private final Throttle throttle;
    private final AnswerReader reader = new AnswerReader();
    private final PriorityQueue<Batch> retries = new PriorityQueue<>(Comparator.comparingLong(Batch::dueMillis));
    private final Map<Long, Batch> onTheWire = new HashMap<>();
    private long requests;
    private boolean failed;
    private long tellItemsAgainAt = Long.MIN_VALUE;
    private Runnable cancelWakeUp = () -> {};

    SendLoop(
            BulkSettings settings,
            BulkTransport transport,
            Timer timer,
            LongSupplier clockMillis,
            DoubleSupplier random,
            Settled settled) {
        this.transport = transport;
        this.timer = timer;
        this.clockMillis = clockMillis;
        this.random = random;
        this.settled = settled;
        this.inOrder = settings.maxInFlight() == 1;
        this.fresh = new BatchQueue(settings.maxCount(), settings.maxBytes(), settings.lingerMillis());
        this.throttle = new Throttle(settings.maxInFlight(), Backoff.DEFAULT);
    }

    void accept(List<Operation> operations) {
        long now = clockMillis.getAsLong();
        operations.forEach(operation -> fresh.add(operation, now));
        sendWhatIsDue();
    }

    void dropAbandoned() {
        release(fresh.removeAbandoned());
        List<Batch> waiting = new ArrayList<>(retries);
        retries.clear();
        waiting.forEach(batch -> withoutAbandoned(batch).ifPresent(retries::add));
        sendWhatIsDue();
    }

    private void sendWhatIsDue() {
        long now = clockMillis.getAsLong();
        reviveTransport(now);
        while (!failed && throttle.permits(onTheWire.size(), now)) {
            Optional<Batch> next = next(now);
            if (next.isEmpty()) {
                break;
            }
            withoutAbandoned(next.get()).ifPresent(this::send);
        }
        scheduleWakeUp(now);
    }

    private Optional<Batch> next(long now) {
        if (!retries.isEmpty() && retries.peek().dueMillis() <= now) {
            return Optional.of(retries.poll());
        }
        boolean mayOvertake = !inOrder || retries.isEmpty();
        return mayOvertake ? fresh.next(now) : Optional.empty();
    }

    private void send(Batch batch) {
        long request = ++requests;
        onTheWire.put(request, batch);
        transport.send(new BulkBody(batch.operations()), answer -> timer.schedule(0, () -> answered(request, answer)));
    }

    /** Answers to requests that were given up, or that are answered twice, find nothing here. */
    private void answered(long request, Answer answer) {
        Batch batch = onTheWire.remove(request);
        if (batch != null) {
            conclude(batch, answer);
            sendWhatIsDue();
        }
    }

    private void conclude(Batch batch, Answer answer) {
        Verdict verdict = reader.read(answer, batch.size());
        long now = clockMillis.getAsLong();
        if (verdict instanceof Verdict.Items items) {
            concludeItems(batch, items.outcomes(), now);
        } else if (verdict instanceof Verdict.RetryAll retry) {
            retryAll(batch, retry, now);
        } else if (verdict instanceof Verdict.Split split) {
            split(batch, split.error(), now);
        } else if (verdict instanceof Verdict.Fatal fatal) {
            fail("Elasticsearch refused a bulk request for good, check connection.url: " + fatal.error());
        }
    }

    private void concludeItems(Batch batch, List<ItemOutcome> outcomes, long now) {
        List<Operation> done = new ArrayList<>(batch.size());
        List<Operation> left = new ArrayList<>();
        ItemOutcome.Retry reason = null;
        boolean overload = false;
        for (int i = 0; i < outcomes.size(); i++) {
            Operation operation = batch.operations().get(i);
            ItemOutcome outcome = outcomes.get(i);
            if (outcome instanceof ItemOutcome.Done) {
                done.add(operation);
            } else if (outcome instanceof ItemOutcome.Retry retry) {
                left.add(operation);
                reason = reason == null ? retry : reason;
                overload |= retry.isOverload();
            } else if (outcome instanceof ItemOutcome.Poison poison) {
                poisoned(operation, poison.error());
            } else if (outcome instanceof ItemOutcome.Fatal fatal) {
                fail(explained(operation, fatal.error()));
            }
        }
        indexed(done);
        adapt(overload);
        if (reason != null) {
            retryLeft(batch, left, reason.error(), now);
        }
    }

    private void adapt(boolean overload) {
        if (overload) {
            throttle.strained();
            return;
        }
        if (throttle.failures() > 0) {
            LOG.info("Elasticsearch takes documents again");
        }
        throttle.succeeded();
    }

    private void retryLeft(Batch batch, List<Operation> left, ServerError error, long now) {
        long delay = Backoff.DEFAULT.delayMillis(batch.attempt(), random.getAsDouble());
        if (now >= tellItemsAgainAt) {
            tellItemsAgainAt = now + TELL_ITEMS_MILLIS;
            LOG.warn(
                    "{} of {} documents not taken yet, attempt {}, the first of them because of {}",
                    left.size(),
                    batch.size(),
                    batch.attempt() + 1,
                    error);
        }
        retries.add(batch.again(left, now + delay));
    }

    private void retryAll(Batch batch, Verdict.RetryAll retry, long now) {
        int before = throttle.failures();
        if (retry.overload()) {
            throttle.overloaded(now, random.getAsDouble());
        } else {
            throttle.failed(now, random.getAsDouble());
        }
        if (throttle.failures() > before && isWorthTelling(throttle.failures())) {
            LOG.warn("Elasticsearch takes no documents, failure {} in a row: {}", throttle.failures(), retry.cause());
        }
        retries.add(batch.again(batch.operations(), now));
    }

    /** At 1, 2, 4, 8, …: an outage of hours fills no log. */
    private static boolean isWorthTelling(int count) {
        return Integer.bitCount(count) == 1;
    }

    private void split(Batch batch, ServerError error, long now) {
        throttle.succeeded();
        if (batch.size() == 1) {
            poisoned(batch.operations().get(0), error);
        } else {
            LOG.debug("Bulk of {} documents split in two because of {}", batch.size(), error);
            batch.halves().forEach(half -> retries.add(half.again(half.operations(), now)));
        }
    }

    private void indexed(List<Operation> operations) {
        if (!operations.isEmpty()) {
            settled.accept(new Settlement.Indexed(operations), heapBytes(operations));
        }
    }

    private void poisoned(Operation operation, ServerError error) {
        settled.accept(new Settlement.Poisoned(operation, error.toString()), operation.heapBytes());
    }

    private void release(List<Operation> operations) {
        settled.accept(null, heapBytes(operations));
    }

    private void fail(String message) {
        if (!failed) {
            failed = true;
            settled.accept(new Settlement.Failed(message, null), 0);
        }
    }

    private static String explained(Operation operation, ServerError error) {
        String hint = error.type().equals("index_not_found_exception")
                ? " (the index doesn't exist and may not be created automatically: create it, or allow it in"
                        + " action.auto_create_index)"
                : "";
        return "Record " + operation.pending() + " can't be indexed, nor can others like it: " + error + hint;
    }

    private static long heapBytes(List<Operation> operations) {
        return operations.stream().mapToLong(Operation::heapBytes).sum();
    }

    private Optional<Batch> withoutAbandoned(Batch batch) {
        List<Operation> wanted = new ArrayList<>(batch.size());
        List<Operation> abandoned = new ArrayList<>();
        for (Operation operation : batch.operations()) {
            (operation.pending().isAbandoned() ? abandoned : wanted).add(operation);
        }
        if (abandoned.isEmpty()) {
            return Optional.of(batch);
        }
        release(abandoned);
        return wanted.isEmpty() ? Optional.empty() : Optional.of(new Batch(wanted, batch.attempt(), batch.dueMillis()));
    }

    /** After an OutOfMemoryError the client's reactor is gone for good, and answers never come. */
    private void reviveTransport(long now) {
        if (!failed && !transport.isRunning()) {
            LOG.warn("The HTTP client has died; setting up another, {} requests go again", onTheWire.size());
            transport.reopen();
            onTheWire.values().forEach(batch -> retries.add(batch.again(batch.operations(), now)));
            onTheWire.clear();
        }
    }

    private void scheduleWakeUp(long now) {
        cancelWakeUp.run();
        cancelWakeUp = () -> {};
        long at = Long.MAX_VALUE;
        if (throttle.permits(onTheWire.size(), Math.max(now, throttle.closedUntilMillis()))) {
            long retryAt = retries.isEmpty() ? Long.MAX_VALUE : retries.peek().dueMillis();
            boolean mayOvertake = !inOrder || retries.isEmpty();
            at = Math.min(retryAt, mayOvertake ? fresh.dueMillis() : Long.MAX_VALUE);
            at = at == Long.MAX_VALUE ? at : Math.max(at, throttle.closedUntilMillis());
        }
        if (!onTheWire.isEmpty()) {
            at = Math.min(at, now + WATCH_MILLIS);
        }
        if (!failed && at < Long.MAX_VALUE) {
            cancelWakeUp = timer.schedule(Math.max(0, at - now), this::sendWhatIsDue);
        }
    }
}
