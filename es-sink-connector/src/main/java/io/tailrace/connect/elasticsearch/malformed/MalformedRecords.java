package io.tailrace.connect.elasticsearch.malformed;

import io.tailrace.connect.elasticsearch.metrics.SinkMeter;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.offsets.Pending;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with malformed records as configured. A record that went to the dead letter queue counts as settled once the
 * queue has it. Confined to the task's thread, which is the only one that may report.
 */
public final class MalformedRecords {

    private static final Logger LOG = LoggerFactory.getLogger(MalformedRecords.class);

    private final MalformedPolicy policy;
    private final ErrantRecordReporter reporter;
    private final OffsetTracker tracker;
    private final SinkMeter meter;
    private final Deque<Report> reports = new ArrayDeque<>();

    private record Report(Pending pending, Future<Void> done) {}

    /**
     * Malformed records of one task.
     *
     * @param policy what to do with them
     * @param reporter the dead letter queue; may be null unless the policy is {@link MalformedPolicy#DLQ}
     * @param tracker is told which are settled
     * @param meter counts them
     * @throws ConnectException if there is no reporter and one is needed
     */
    public MalformedRecords(
            MalformedPolicy policy, ErrantRecordReporter reporter, OffsetTracker tracker, SinkMeter meter) {
        if (policy == MalformedPolicy.DLQ && reporter == null) {
            throw new ConnectException("behavior.on.malformed.documents: dlq needs a worker that reports errors, and"
                    + " errors.tolerance=all");
        }
        this.policy = policy;
        this.reporter = reporter;
        this.tracker = tracker;
        this.meter = meter;
    }

    /**
     * Deals with one.
     *
     * @param pending its place
     * @param record the record; may be null unless the policy is {@link MalformedPolicy#DLQ}
     * @param reason what is wrong with it
     * @throws ConnectException if the policy is to fail
     */
    public void handle(Pending pending, SinkRecord record, String reason) {
        if (pending.isAbandoned()) {
            return;
        }
        meter.poisoned();
        String message = "Record " + pending + " is malformed: " + reason;
        switch (policy) {
            case FAIL ->
                throw new ConnectException(
                        message
                                + ". Set behavior.on.malformed.documents to warn, ignore or dlq to go on without such records.");
            case WARN -> {
                LOG.warn("{}; skipped", message);
                tracker.settle(pending);
            }
            case IGNORE -> tracker.settle(pending);
            case DLQ -> reports.addLast(new Report(pending, reporter.report(record, new DataException(message))));
        }
    }

    /**
     * Settles the records that the dead letter queue has by now.
     *
     * @throws ConnectException if it refused one
     */
    public void settleReported() {
        while (!reports.isEmpty() && reports.peekFirst().done().isDone()) {
            Report report = reports.removeFirst();
            try {
                report.done().get();
                tracker.settle(report.pending());
            } catch (ExecutionException | CancellationException e) {
                throw new ConnectException("Record " + report.pending() + " didn't reach the dead letter queue", e);
            } catch (InterruptedException e) {
                throw new IllegalStateException("a future that is done doesn't wait", e);
            }
        }
    }
}
