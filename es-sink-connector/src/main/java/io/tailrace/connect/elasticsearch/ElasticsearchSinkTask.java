package io.tailrace.connect.elasticsearch;

import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.bulk.OperationFactory;
import io.tailrace.connect.elasticsearch.config.DocumentSettings;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import io.tailrace.connect.elasticsearch.http.RestTransport;
import io.tailrace.connect.elasticsearch.id.DocumentIds;
import io.tailrace.connect.elasticsearch.malformed.MalformedPolicy;
import io.tailrace.connect.elasticsearch.malformed.MalformedRecords;
import io.tailrace.connect.elasticsearch.metrics.PublishedMetrics;
import io.tailrace.connect.elasticsearch.metrics.SinkMeter;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.offsets.Pending;
import io.tailrace.connect.elasticsearch.target.IndexResolver;
import io.tailrace.connect.elasticsearch.writer.BulkWriter;
import io.tailrace.connect.elasticsearch.writer.Settlement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the stages together. {@link #put} takes everything and never waits; what became of it is looked at in later
 * calls, and {@link #preCommit} answers from that. Every failure surfaces in {@link #put}.
 */
public final class ElasticsearchSinkTask extends SinkTask {

    private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchSinkTask.class);

    private final OffsetTracker tracker = new OffsetTracker();
    private final SinkMeter meter = new SinkMeter();
    private SinkConfig config;
    private OperationFactory operations;
    private MalformedRecords malformed;
    private Backpressure backpressure;
    private BulkWriter writer;
    private ConnectException failure;

    /** For Connect. */
    public ElasticsearchSinkTask() {}

    @Override
    public String version() {
        return Version.get();
    }

    @Override
    public void start(Map<String, String> props) {
        config = SinkConfig.parse(props);
        config.ignoredKeys(props).forEach((key, why) -> LOG.warn("{} has no meaning here: {}", key, why));
        DocumentSettings settings = config.document();
        boolean reports = settings.malformed() == MalformedPolicy.DLQ;
        DocumentFactory documents = new DocumentFactory(settings.shape());
        operations = new OperationFactory(
                documents,
                new IndexResolver(config.target().index(), config.target().topics()),
                new DocumentIds(config.operations().ids(), config.operations().idField(), documents),
                config.operations().shape(),
                reports);
        malformed = new MalformedRecords(
                settings.malformed(), reports ? context.errantRecordReporter() : null, tracker, meter);
        backpressure = new Backpressure(context, config.bulk().maxBufferedBytes());
        PublishedMetrics.publish(meter, context);
        String name = "tailrace-es-" + props.getOrDefault("name", "sink");
        writer = new BulkWriter(
                name,
                config.bulk(),
                config.operations().shape().ordered(),
                config.target().kind(),
                new RestTransport(
                        name + "-http",
                        config.connection(),
                        config.target().kind().isAlias()),
                meter,
                () -> ThreadLocalRandom.current().nextDouble());
        writer.start(config.setup().steps());
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        tracker.open(partitions);
        backpressure.opened(partitions, System.nanoTime());
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        settle();
        if (failure != null) {
            throw failure;
        }
        List<Operation> taken = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            take(record).ifPresent(taken::add);
        }
        writer.submit(taken);
        backpressure.update(writer.bufferedBytes(), tracker::bufferedBytes, tracker.hasPending(), System.nanoTime());
        meter.buffer(writer.bufferedBytes(), backpressure.pausedMillis());
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        settle();
        return tracker.committable(currentOffsets);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        tracker.close(partitions);
        backpressure.closed(partitions, System.nanoTime());
        writer.dropAbandoned();
    }

    /** Also called when {@link #start} failed half-way. */
    @Override
    public void stop() {
        if (writer != null) {
            writer.close();
        }
    }

    private Optional<Operation> take(SinkRecord record) {
        Pending pending = tracker.add(record);
        try {
            Optional<Operation> operation = record.value() == null
                    ? withoutValue(record, pending)
                    : Optional.of(operations.write(record, pending));
            operation.ifPresent(taken -> pending.weigh(taken.heapBytes()));
            return operation;
        } catch (MalformedRecordException e) {
            malformed.handle(pending, record, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Operation> withoutValue(SinkRecord record, Pending pending) {
        return switch (config.document().nulls()) {
            case DELETE -> Optional.of(operations.delete(record, pending));
            case IGNORE -> {
                tracker.settle(pending);
                yield Optional.empty();
            }
            case FAIL ->
                throw new ConnectException("Record " + pending
                        + " has no value. Set behavior.on.null.values=ignore to go on without such records.");
        };
    }

    /** Takes in the writer's news. A failure is kept for the next put, because a commit must go on without it. */
    private void settle() {
        try {
            for (Optional<Settlement> news = writer.poll(); news.isPresent(); news = writer.poll()) {
                settle(news.get());
            }
            malformed.settleReported();
        } catch (RuntimeException e) {
            fail(e.getMessage(), e);
        }
    }

    private void settle(Settlement news) {
        if (news instanceof Settlement.Indexed indexed) {
            indexed.operations().forEach(operation -> tracker.settle(operation.pending()));
        } else if (news instanceof Settlement.Poisoned poisoned) {
            malformed.handle(
                    poisoned.operation().pending(), poisoned.operation().record(), poisoned.reason());
        } else if (news instanceof Settlement.Failed failed) {
            fail(failed.message(), failed.cause());
        }
    }

    private void fail(String message, Throwable cause) {
        if (failure == null) {
            LOG.debug("Failing with the next put", cause);
            failure = cause instanceof ConnectException known ? known : new ConnectException(message, cause);
        }
    }
}
