package io.tailrace.connect.elasticsearch.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

    private final OffsetTracker tracker = new OffsetTracker();

    @Test
    void waitsForTheLingerTime() {
        BatchQueue queue = new BatchQueue(10, 10_000, 50);
        assertThat(queue.dueMillis(Set.of())).isEqualTo(Long.MAX_VALUE);
        queue.add(operation(0, 10), 1000);
        queue.add(operation(1, 10), 1030);
        assertThat(queue.dueMillis(Set.of())).isEqualTo(1050);
        assertThat(queue.next(1049, Set.of())).isEmpty();
        assertThat(queue.next(1050, Set.of()))
                .hasValueSatisfying(batch -> assertThat(batch.size()).isEqualTo(2));
        assertThat(queue.next(5000, Set.of())).isEmpty();
    }

    @Test
    void fullBatchesGoAtOnce() {
        BatchQueue queue = new BatchQueue(2, 10_000, 50);
        for (int i = 0; i < 5; i++) {
            queue.add(operation(i, 10), 0);
        }
        assertThat(queue.next(0, Set.of())).map(Batch::size).hasValue(2);
        assertThat(queue.next(0, Set.of())).map(Batch::size).hasValue(2);
        assertThat(queue.next(0, Set.of())).isEmpty();
        assertThat(queue.next(50, Set.of())).map(Batch::size).hasValue(1);
    }

    @Test
    void anOperationLargerThanTheLimitGoesAlone() {
        BatchQueue queue = new BatchQueue(100, 100, 50);
        queue.add(operation(0, 10), 0);
        queue.add(operation(1, 500), 0);
        queue.add(operation(2, 10), 0);
        assertThat(queue.next(0, Set.of())).map(Batch::size).hasValue(1);
        assertThat(queue.next(0, Set.of())).map(Batch::size).hasValue(1);
        assertThat(queue.next(0, Set.of())).isEmpty();
    }

    @Test
    void dropsWhatNobodyWaitsFor() {
        BatchQueue queue = new BatchQueue(100, 200, 50);
        queue.add(operation(0, 150), 0);
        tracker.close(List.of(new TopicPartition("t", 0)));
        Operation wanted = operation(1, 20);
        queue.add(wanted, 0);
        assertThat(queue.removeAbandoned()).hasSize(1);
        assertThat(queue.next(0, Set.of())).isEmpty();
        assertThat(queue.next(50, Set.of()).orElseThrow().operations()).containsExactly(wanted);
    }

    @Test
    void heldPartitionsAreOvertaken() {
        BatchQueue queue = new BatchQueue(2, 10_000, 50);
        Operation stuck = operation(0, 10);
        Operation free =
                new Operation(tracker.add(Records.of("t", 1, 0, "x")), null, "t", new byte[0], new byte[9], null, null);
        queue.add(stuck, 0);
        queue.add(free, 10);
        Set<TopicPartition> held = Set.of(new TopicPartition("t", 0));
        assertThat(queue.dueMillis(held)).isEqualTo(60);
        assertThat(queue.next(10, held).orElseThrow().operations()).containsExactly(free);
        assertThat(queue.next(100, held)).isEmpty();
        assertThat(queue.dueMillis(held)).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.next(100, Set.of()).orElseThrow().operations()).containsExactly(stuck);
    }

    @Property
    void everyOperationComesOutOnceInOrderWithinTheLimits(
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 300) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 20) int maxCount,
            @ForAll @LongRange(min = 1, max = 1000) long maxBytes) {
        BatchQueue queue = new BatchQueue(maxCount, maxBytes, 5);
        List<Operation> in = new ArrayList<>();
        List<Operation> out = new ArrayList<>();
        long now = 0;
        for (int size : sizes) {
            Operation operation = operation(in.size(), size);
            in.add(operation);
            queue.add(operation, now++);
            queue.next(now, Set.of()).ifPresent(batch -> out.addAll(checked(batch, maxCount, maxBytes)));
        }
        for (Optional<Batch> rest = queue.next(now + 5, Set.of());
                rest.isPresent();
                rest = queue.next(now + 5, Set.of())) {
            out.addAll(checked(rest.get(), maxCount, maxBytes));
        }
        assertThat(out).isEqualTo(in);
    }

    private static List<Operation> checked(Batch batch, int maxCount, long maxBytes) {
        assertThat(batch.size()).isBetween(1, maxCount);
        long bytes = new BulkBody(batch.operations()).length();
        assertThat(batch.size() == 1 || bytes <= maxBytes).isTrue();
        return batch.operations();
    }

    private Operation operation(long offset, int bytes) {
        return new Operation(
                tracker.add(Records.of("t", offset, "x")), null, "t", new byte[0], new byte[bytes - 1], null, null);
    }
}
