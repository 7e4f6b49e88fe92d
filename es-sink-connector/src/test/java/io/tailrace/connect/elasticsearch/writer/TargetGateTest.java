package io.tailrace.connect.elasticsearch.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.http.Answer;
import io.tailrace.connect.elasticsearch.metrics.SinkMeter;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.target.TargetKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents go on only once the server has what they are for under their target's name. */
class TargetGateTest {

    private static final String LOOK = "GET /_resolve/index/a%2Bb";
    private static final String MAKE = "PUT /_data_stream/a%2Bb";
    private static final String STREAM = "{'indices':[],'aliases':[],'data_streams':[{'name':'a+b'}]}";
    private static final String ALIAS = "{'indices':[],'aliases':[{'name':'a+b'}],'data_streams':[]}";
    private static final String INDEX = "{'indices':[{'name':'a+b'}],'aliases':[],'data_streams':[]}";
    private static final String NOTHING = "{'indices':[],'aliases':[],'data_streams':[]}";

    private final OffsetTracker tracker = new OffsetTracker();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Operation> gone = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALIAS | " + ALIAS,
                "DATA_STREAM_ALIAS | " + ALIAS,
                "DATA_STREAM | " + ALIAS,
                "DATA_STREAM | " + STREAM
            })
    void whatIsAsItMustBeIsAskedForOnce(TargetKind kind, String found) {
        TargetGate gate = gate(kind);
        answers.put(LOOK, answer(200, found));
        List<Operation> operations = operations(0, 3);
        gate.accept(operations.subList(0, 2));
        assertThat(gone).as("before the set-up is done").isEmpty();
        gate.open();
        gate.accept(operations.subList(2, 3));
        assertThat(gone).isEqualTo(operations);
        assertThat(asked).containsExactly(LOOK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALIAS | " + INDEX,
                "ALIAS | " + STREAM,
                "ALIAS | " + NOTHING,
                "DATA_STREAM_ALIAS | " + INDEX,
                "DATA_STREAM_ALIAS | " + STREAM,
                "DATA_STREAM_ALIAS | " + NOTHING,
                "DATA_STREAM | " + INDEX
            })
    void documentsWaitInOrderUntilAllIsAsItMustBe(TargetKind kind, String found) {
        TargetGate gate = gate(kind);
        gate.open();
        List<Operation> operations = operations(0, 4);
        for (Operation operation : operations) {
            answers.put(LOOK, answer(200, found));
            gate.accept(List.of(operation));
            assertThat(gone).isEmpty();
            assertThat(later).hasSize(1);
            answers.put(LOOK, answer(200, found));
            later.remove().run();
        }
        answers.put(LOOK, answer(200, ALIAS));
        later.remove().run();
        assertThat(gone).isEqualTo(operations);
        assertThat(asked).containsOnly(LOOK).hasSize(6);
    }

    /** Servers tell in two ways that there is nothing of that name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200 | " + NOTHING, "404 | {'error':{'type':'index_not_found_exception'}}"})
    void aDataStreamIsMadeWhereItCanBeMade(int status, String found) {
        TargetGate gate = gate(TargetKind.DATA_STREAM);
        gate.open();
        answers.put(LOOK, answer(status, found));
        answers.put(MAKE, answer(400, "{'error':{'type':'illegal_argument_exception'}}"));
        gate.accept(operations(0, 1));
        answers.put(LOOK, answer(status, found));
        answers.put(MAKE, answer(503, "{}"));
        later.remove().run();
        answers.put(LOOK, answer(status, found));
        answers.put(MAKE, answer(400, "{'error':{'type':'resource_already_exists_exception'}}"));
        later.remove().run();
        answers.put(LOOK, answer(status, found));
        answers.put(MAKE, answer(200, "{'acknowledged':true}"));
        assertThat(gone).isEmpty();
        later.remove().run();
        assertThat(gone).hasSize(1);
        assertThat(later).isEmpty();
    }

    @Test
    void whoeverMayNotLookOrMakeWritesAllTheSame() {
        TargetGate gate = gate(TargetKind.DATA_STREAM);
        gate.open();
        answers.put(LOOK, answer(403, "{'error':{'type':'security_exception'}}"));
        gate.accept(operations(0, 1));
        assertThat(gone).hasSize(1);

        gate = gate(TargetKind.DATA_STREAM);
        gate.open();
        answers.put(LOOK, answer(404, "{}"));
        answers.put(MAKE, answer(403, "{'error':{'type':'security_exception'}}"));
        gate.accept(operations(1, 1));
        assertThat(gone).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(value = TargetKind.class, names = "ANY", mode = EnumSource.Mode.EXCLUDE)
    void aServerThatIsAwayIsWaitedFor(TargetKind kind) {
        TargetGate gate = gate(kind);
        gate.open();
        answers.put(LOOK, new Answer.Unanswered(new IOException("away")));
        gate.accept(operations(0, 1));
        answers.put(LOOK, answer(200, "<html>"));
        later.remove().run();
        assertThat(gone).isEmpty();
        answers.put(LOOK, answer(200, ALIAS));
        later.remove().run();
        assertThat(gone).hasSize(1);
    }

    @Test
    void whatWaitsForPartitionsThatWereTakenAwayIsGivenBack() {
        TargetGate gate = gate(TargetKind.ALIAS);
        gate.open();
        List<Operation> operations = operations(0, 2);
        answers.put(LOOK, answer(404, "{}"));
        gate.accept(operations);
        tracker.close(Set.of(new TopicPartition("t", 0)));
        assertThat(gate.removeAbandoned()).isEqualTo(operations);
        assertThat(gate.removeAbandoned()).isEmpty();
        later.remove().run();
        assertThat(asked).as("nothing waits for an answer").hasSize(1);
        answers.put(LOOK, answer(200, ALIAS));
        gate.accept(operations(2, 1));
        assertThat(gone).hasSize(1);
    }

    @Test
    void anyTargetIsAskedForNothing() {
        gate(TargetKind.ANY).accept(operations(0, 2));
        assertThat(gone).hasSize(2);
        assertThat(asked).isEmpty();
    }

    private TargetGate gate(TargetKind kind) {
        return new TargetGate(
                kind,
                (method, path, json, listener) -> {
                    asked.add(method + " " + path);
                    listener.accept(answers.get(method + " " + path));
                },
                (delay, work) -> {
                    if (delay == 0) {
                        work.run();
                    } else {
                        later.add(work);
                    }
                    return () -> {};
                },
                () -> 0.5,
                new SinkMeter(),
                gone::addAll);
    }

    private List<Operation> operations(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> new Operation(
                        tracker.add(Records.of("t", i, "x")), null, "a+b", new byte[0], new byte[0], null, null))
                .toList();
    }

    private static Answer answer(int status, String json) {
        return new Answer.Answered(
                status, new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)));
    }
}
