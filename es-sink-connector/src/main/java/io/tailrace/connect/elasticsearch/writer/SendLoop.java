package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.Batch;
import io.tailrace.connect.elasticsearch.bulk.BatchQueue;
import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.config.BulkSettings;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.metrics.SinkMeter;
import io.tailrace.connect.elasticsearch.outcome.AnswerReader;
import io.tailrace.connect.elasticsearch.outcome.RetryCause;
import io.tailrace.connect.elasticsearch.outcome.ServerError;
import io.tailrace.connect.elasticsearch.outcome.Verdict;
import io.tailrace.connect.elasticsearch.retry.Backoff;
import io.tailrace.connect.elasticsearch.retry.Throttle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
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

    /**
     * After how many attempts a request is taken for too much, if the server is overloaded or late, or its answer
     * breaks off, each time.
     */
    private static final int PATIENT_ATTEMPTS = 5;

    /** Smaller requests aren't too much for any server, and would make overload worse. */
    private static final long SMALL_BYTES = 1024 * 1024;

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

    private final Requests requests;
    private final Timer timer;
    private final LongSupplier clockMillis;
    private final DoubleSupplier random;
    private final Settled settled;
    private final boolean inOrder;
    private final BatchQueue fresh;
    private final Throttle throttle;
    private final AnswerReader reader;
    private final WaitingBatches waiting;
    private final Suspects suspects;
    private final SinkMeter meter;
    private final Set<Sent> onTheWire = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean isOpen;
    private boolean failed;
    private long tellItemsAgainAt = Long.MIN_VALUE;
    private Runnable cancelWakeUp = () -> {};

    private record Sent(Batch batch, long sinceMillis) {}

    SendLoop(
            BulkSettings settings,
            boolean inOrder,
            boolean targetsAwaited,
            Requests requests,
            SinkMeter meter,
            Timer timer,
            LongSupplier clockMillis,
            DoubleSupplier random,
            Settled settled) {
        this.requests = requests;
        this.reader = new AnswerReader(targetsAwaited);
        this.timer = timer;
        this.clockMillis = clockMillis;
        this.random = random;
        this.settled = settled;
        this.meter = meter;
        this.inOrder = inOrder || settings.maxInFlight() == 1;
        this.waiting = new WaitingBatches(this.inOrder);
        this.suspects = new Suspects(requests, clockMillis);
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
        List<Batch> wanted = new ArrayList<>();
        waiting.removeAll().forEach(batch -> withoutAbandoned(batch).ifPresent(wanted::add));
        waiting.add(wanted);
        sendWhatIsDue();
    }

    /** Nothing is sent before this was called. */
    void open() {
        isOpen = true;
        sendWhatIsDue();
    }

    private void sendWhatIsDue() {
        long now = clockMillis.getAsLong();
        while (isOpen && !failed && throttle.permits(onTheWire.size(), now)) {
            Optional<Batch> next = next(now);
            if (next.isEmpty()) {
                break;
            }
            withoutAbandoned(next.get()).ifPresent(this::send);
        }
        meter.inFlight(onTheWire.size());
        scheduleWakeUp(now);
    }

    private Optional<Batch> next(long now) {
        Set<TopicPartition> busy = partitionsOnTheWire();
        return waiting.next(now, busy).or(() -> fresh.next(now, held(busy)));
    }

    /** Where order doesn't matter, nothing is held up by anything. */
    private Set<TopicPartition> partitionsOnTheWire() {
        Set<TopicPartition> partitions = new HashSet<>();
        if (inOrder) {
            onTheWire.forEach(sent -> partitions.addAll(sent.batch().partitions()));
        }
        return partitions;
    }

    private Set<TopicPartition> held(Set<TopicPartition> busy) {
        waiting.addPartitionsTo(busy);
        return busy;
    }

    private void send(Batch batch) {
        Sent sent = new Sent(batch, clockMillis.getAsLong());
        onTheWire.add(sent);
        requests.send(new BulkBody(batch.operations()), batch.cautious(), answer -> answered(sent, answer));
    }

    private void answered(Sent sent, Answer answer) {
        onTheWire.remove(sent);
        meter.answered(clockMillis.getAsLong() - sent.sinceMillis());
        conclude(sent, answer);
        sendWhatIsDue();
    }

    private void conclude(Sent sent, Answer answer) {
        Batch batch = sent.batch();
        Verdict verdict = reader.read(answer, batch.size());
        long now = clockMillis.getAsLong();
        if (verdict instanceof Verdict.Items items) {
            concludeItems(batch, results(sent, items), now);
        } else if (verdict instanceof Verdict.RetryAll retry) {
            retryAll(batch, retry, now);
        } else if (verdict instanceof Verdict.Split split) {
            split(batch, split.error());
        } else if (verdict instanceof Verdict.Fatal fatal) {
            fail("Elasticsearch refused a bulk request for good, check connection.url: " + fatal.error());
        }
    }

    private ItemResults results(Sent sent, Verdict.Items items) {
        return ItemResults.of(
                sent.batch(),
                items.outcomes(),
                (operation, error) -> suspects.isInDoubt(operation, error, sent.sinceMillis()));
    }

    private void concludeItems(Batch batch, ItemResults results, long now) {
        indexed(results.done());
        results.poison().forEach(refused -> poisoned(refused.operation(), refused.error()));
        results.fatal().ifPresent(refused -> fail(explained(refused.operation(), refused.error())));
        adapt(results.isOverload());
        results.retries().forEach(retry -> meter.retried(retry.cause(), 1));
        if (results.mustSplit()) {
            meter.split();
            waiting.add(batch.with(results.left()).parts());
        } else if (!results.left().isEmpty()) {
            retryLeft(batch, results.left(), results.retries().get(0).error(), now);
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
        waiting.add(List.of(batch.again(left, now + delay)));
    }

    private void retryAll(Batch batch, Verdict.RetryAll retry, long now) {
        int before = throttle.failures();
        if (retry.cause() == RetryCause.OVERLOADED) {
            throttle.overloaded(now, random.getAsDouble());
        } else {
            throttle.failed(now, random.getAsDouble());
        }
        if (throttle.failures() > before && isWorthTelling(throttle.failures())) {
            LOG.warn("Elasticsearch takes no documents, failure {} in a row: {}", throttle.failures(), retry.detail());
        }
        meter.retried(retry.cause(), batch.size());
        waiting.add(again(batch.again(batch.operations(), now), retry.cause()));
    }

    private List<Batch> again(Batch batch, RetryCause cause) {
        boolean isBroken = cause == RetryCause.BROKEN_CONNECTION;
        // A server that finds a body too large may close the connection while we still send, and its answer is lost.
        Batch next = isBroken ? batch.cautiously() : batch;
        // A node's limit for what it writes at a time may be below one request, an answer may take too long for ever,
        // or be too long for anybody to pass it on.
        boolean isTooMuch = isBroken || cause == RetryCause.OVERLOADED || cause == RetryCause.TIMEOUT;
        if (isTooMuch && batch.attempt() >= PATIENT_ATTEMPTS && batch.bodyBytes() > SMALL_BYTES) {
            meter.split();
            return next.parts();
        }
        return List.of(next);
    }

    /** At 1, 2, 4, 8, …: an outage of hours fills no log. */
    private static boolean isWorthTelling(int count) {
        return Integer.bitCount(count) == 1;
    }

    private void split(Batch batch, ServerError error) {
        throttle.succeeded();
        if (batch.size() == 1) {
            poisoned(batch.operations().get(0), error);
        } else {
            LOG.debug("Bulk of {} documents split in two because of {}", batch.size(), error);
            meter.split();
            waiting.add(batch.parts());
        }
    }

    private void indexed(List<Operation> operations) {
        if (!operations.isEmpty()) {
            meter.indexed(operations.size(), Operation.bodyBytes(operations));
            settled.accept(new Settlement.Indexed(operations), Operation.heapBytes(operations));
        }
    }

    private void poisoned(Operation operation, ServerError error) {
        settled.accept(new Settlement.Poisoned(operation, error.toString()), operation.heapBytes());
    }

    private void release(List<Operation> operations) {
        settled.accept(null, Operation.heapBytes(operations));
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

    private Optional<Batch> withoutAbandoned(Batch batch) {
        if (!isPartlyAbandoned(batch)) {
            return Optional.of(batch);
        }
        List<Operation> wanted = new ArrayList<>(batch.size());
        List<Operation> abandoned = new ArrayList<>();
        for (Operation operation : batch.operations()) {
            (operation.pending().isAbandoned() ? abandoned : wanted).add(operation);
        }
        release(abandoned);
        return wanted.isEmpty() ? Optional.empty() : Optional.of(batch.with(wanted));
    }

    private static boolean isPartlyAbandoned(Batch batch) {
        for (Operation operation : batch.operations()) {
            if (operation.pending().isAbandoned()) {
                return true;
            }
        }
        return false;
    }

    private void scheduleWakeUp(long now) {
        cancelWakeUp.run();
        cancelWakeUp = () -> {};
        long at = Long.MAX_VALUE;
        if (isOpen && throttle.permits(onTheWire.size(), Math.max(now, throttle.closedUntilMillis()))) {
            Set<TopicPartition> busy = partitionsOnTheWire();
            at = waiting.dueMillis(busy);
            at = Math.min(at, fresh.dueMillis(held(busy)));
            at = at == Long.MAX_VALUE ? at : Math.max(at, throttle.closedUntilMillis());
        }
        if (!failed && at < Long.MAX_VALUE) {
            cancelWakeUp = timer.schedule(Math.max(0, at - now), this::sendWhatIsDue);
        }
    }
}
