package io.tailrace.benchmarks.stages;

import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.DocumentShape;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Making documents of records: text is wrapped, JSON goes through, and both are joined by the metadata header. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DocumentMaking {
    /** What values are. */
    @Param({"plain", "json"})
    public String data;

    private List<SinkRecord> records;
    private DocumentFactory documents;

    /** Makes the records. */
    @Setup
    public void make() {
        records = SinkRecords.some(data);
        documents = new DocumentFactory(DocumentShape.PLAIN);
    }

    /**
     * Makes the documents.
     *
     * @param hole takes them
     */
    @Benchmark
    @OperationsPerInvocation(HeldLine.COUNT)
    public void make(Blackhole hole) {
        for (SinkRecord record : records) {
            hole.consume(documents.document(record));
        }
    }

    /** Made by JMH. */
    public DocumentMaking() {}
}
