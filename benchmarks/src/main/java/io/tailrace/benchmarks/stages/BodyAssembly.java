package io.tailrace.benchmarks.stages;

import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.bulk.OperationFactory;
import io.tailrace.connect.elasticsearch.bulk.OperationShape;
import io.tailrace.connect.elasticsearch.bulk.Versions;
import io.tailrace.connect.elasticsearch.bulk.WriteMethod;
import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.DocumentShape;
import io.tailrace.connect.elasticsearch.id.DocumentIds;
import io.tailrace.connect.elasticsearch.id.IdStrategy;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.target.IndexResolver;
import io.tailrace.connect.elasticsearch.target.Template;
import io.tailrace.connect.elasticsearch.target.TopicNames;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From records to the bytes of a bulk request: documents, indices, ids, action lines, and the body read once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BodyAssembly {
    /** What values are. */
    @Param({"plain", "json"})
    public String data;

    private final byte[] chunk = new byte[8192];
    private List<SinkRecord> records;
    private OperationFactory operations;
    private OffsetTracker tracker;

    /** Makes the records. */
    @Setup
    public void make() {
        records = SinkRecords.some(data);
        DocumentFactory documents = new DocumentFactory(DocumentShape.PLAIN);
        operations = new OperationFactory(
                documents,
                new IndexResolver(Template.parse("{topic}", ZoneOffset.UTC), TopicNames.SAME),
                new DocumentIds(IdStrategy.OFFSET, null, documents),
                new OperationShape(WriteMethod.CREATE, new Versions(Versions.Source.NONE, null), null, null, false),
                false);
    }

    /** A new task, as the tracker keeps what is not settled. */
    @Setup(Level.Invocation)
    public void open() {
        tracker = new OffsetTracker();
        tracker.open(Set.of(new TopicPartition(SinkRecords.TOPIC, 0)));
    }

    /**
     * Assembles a body.
     *
     * @return its length
     * @throws IOException never
     */
    @Benchmark
    @OperationsPerInvocation(HeldLine.COUNT)
    public long assemble() throws IOException {
        List<Operation> all = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            all.add(operations.write(record, tracker.add(record)));
        }
        BulkBody body = new BulkBody(all);
        long read = 0;
        try (InputStream in = body.open()) {
            for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
                read += count;
            }
        }
        return read;
    }

    /** Made by JMH. */
    public BodyAssembly() {}
}
