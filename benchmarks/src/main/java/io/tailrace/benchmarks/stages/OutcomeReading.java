package io.tailrace.benchmarks.stages;

import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.outcome.AnswerReader;
import io.tailrace.connect.elasticsearch.outcome.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading the answer to a bulk request in which all went well. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OutcomeReading {
    private byte[] answer;
    private AnswerReader reader;

    /** Makes an answer as Elasticsearch gives it. */
    @Setup
    public void make() {
        StringBuilder json = new StringBuilder("{\"took\":30,\"errors\":false,\"items\":[");
        for (int i = 0; i < HeldLine.COUNT; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"create\":{\"_index\":\"nginx_log\",\"_id\":\"nginx_log+0+")
                    .append(i);
            json.append("+1700000000000\",\"_version\":1,\"result\":\"created\",\"_shards\":{\"total\":2,");
            json.append("\"successful\":1,\"failed\":0},\"_seq_no\":").append(i);
            json.append(",\"_primary_term\":1,\"status\":201}}");
        }
        answer = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        reader = new AnswerReader();
    }

    /**
     * Reads it.
     *
     * @return what it means
     */
    @Benchmark
    @OperationsPerInvocation(HeldLine.COUNT)
    public Verdict read() {
        return reader.read(new Answer.Answered(200, new ByteArrayInputStream(answer)), HeldLine.COUNT);
    }

    /** Made by JMH. */
    public OutcomeReading() {}
}
