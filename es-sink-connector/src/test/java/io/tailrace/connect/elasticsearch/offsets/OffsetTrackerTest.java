package io.tailrace.connect.elasticsearch.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TopicPartition P1 = new TopicPartition("t", 1);

    private final OffsetTracker tracker = new OffsetTracker();

    @Test
    void commitsUpToTheFirstThatIsNotSettled() {
        tracker.open(Set.of(P0));
        Pending five = tracker.add(Records.of("t", 5, "x"));
        Pending six = tracker.add(Records.of("t", 6, "x"));
        tracker.settle(six);
        assertThat(committable(P0, 7)).isEqualTo(5);
        tracker.settle(five);
        assertThat(committable(P0, 7)).isEqualTo(7);
        assertThat(tracker.hasPending()).isFalse();
    }

    @Test
    void whereEverythingWasFilteredTheConsumersPlaceCounts() {
        tracker.open(Set.of(P0));
        assertThat(committable(P0, 1000)).isEqualTo(1000);
    }

    @Test
    void knowsRecordsByWhereTheyCameFrom() {
        tracker.open(Set.of(P0));
        SinkRecord record = Records.of("t", 5, "x");
        tracker.add(record.newRecord("renamed", 9, null, null, null, "x", 0L));
        assertThat(committable(P0, 6)).isEqualTo(5);
    }

    /** A topic that is deleted and made again, or cut off by an unclean election, begins anew without a rebalance. */
    @Test
    void whatWaitsFromBeforeTheConsumerWentBackIsNotCommittedOverWhatCameSince() {
        tracker.open(Set.of(P0));
        Pending before = tracker.add(Records.of("t", 105, "x"));
        assertThat(committable(P0, 0)).isZero();
        Pending since = tracker.add(Records.of("t", 0, "x"));
        assertThat(committable(P0, 1)).isZero();
        tracker.settle(before);
        assertThat(committable(P0, 1)).isZero();
        tracker.settle(since);
        assertThat(committable(P0, 1)).isEqualTo(1);
    }

    @Test
    void onePartitionDoesNotHoldAnother() {
        tracker.open(Set.of(P0, P1));
        tracker.add(Records.of("t", 0, 5, "x"));
        tracker.settle(tracker.add(Records.of("t", 1, 8, "x")));
        assertThat(committable(P0, 6)).isEqualTo(5);
        assertThat(committable(P1, 9)).isEqualTo(9);
    }

    @Test
    void answersOnlyForWhatItIsAskedAndHas() {
        tracker.open(Set.of(P0, P1));
        assertThat(tracker.committable(Map.of(P1, new OffsetAndMetadata(3)))).containsOnlyKeys(P1);
        tracker.close(Set.of(P1));
        assertThat(tracker.committable(Map.of(P1, new OffsetAndMetadata(3)))).isEmpty();
    }

    @Test
    void lateAnswersChangeNothing() {
        tracker.open(Set.of(P0));
        Pending before = tracker.add(Records.of("t", 5, "x"));
        tracker.close(Set.of(P0));
        tracker.open(Set.of(P0));
        Pending again = tracker.add(Records.of("t", 5, "x"));
        assertThat(before.isAbandoned()).isTrue();
        assertThat(again.isAbandoned()).isFalse();
        tracker.settle(before);
        assertThat(committable(P0, 6)).isEqualTo(5);
        tracker.settle(again);
        assertThat(committable(P0, 6)).isEqualTo(6);
    }

    /** The model: for each partition, the offsets that were taken in this assignment and aren't settled, with how many. */
    @Property(tries = 1000)
    void neverCommitsPastAnUnsettledRecordAndReachesTheEnd(@ForAll Random random) {
        OffsetTracker tested = new OffsetTracker();
        Map<TopicPartition, Long> consumed = new HashMap<>();
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, NavigableMap<Long, Integer>> unsettled = new HashMap<>();
        List<Pending> inFlight = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            TopicPartition partition = random.nextBoolean() ? P0 : P1;
            int action = random.nextInt(20);
            if (!consumed.containsKey(partition) || action == 0) {
                tested.close(Set.of(partition));
                tested.open(Set.of(partition));
                consumed.put(partition, committed.getOrDefault(partition, 0L));
                unsettled.put(partition, new TreeMap<>());
            } else if (action == 1) {
                consumed.computeIfPresent(partition, (key, offset) -> offset / 2);
            } else if (action < 10) {
                // Gaps, as compaction and transactions leave them.
                long offset = consumed.get(partition) + random.nextInt(3);
                inFlight.add(tested.add(Records.of("t", partition.partition(), offset, "x")));
                unsettled.get(partition).merge(offset, 1, Integer::sum);
                consumed.put(partition, offset + 1);
            } else if (action < 18 && !inFlight.isEmpty()) {
                Pending pending = inFlight.remove(random.nextInt(inFlight.size()));
                if (!pending.isAbandoned()) {
                    unsettled
                            .get(pending.assignment().partition())
                            .computeIfPresent(pending.offset(), (offset, count) -> count == 1 ? null : count - 1);
                }
                tested.settle(pending);
            } else {
                committed.putAll(checked(tested, consumed, unsettled));
            }
        }
        inFlight.forEach(tested::settle);
        unsettled.values().forEach(Map::clear);
        assertThat(checked(tested, consumed, unsettled)).isEqualTo(consumed);
        assertThat(tested.hasPending()).isFalse();
    }

    private static Map<TopicPartition, Long> checked(
            OffsetTracker tested,
            Map<TopicPartition, Long> consumed,
            Map<TopicPartition, NavigableMap<Long, Integer>> unsettled) {
        Map<TopicPartition, OffsetAndMetadata> current = new HashMap<>();
        Map<TopicPartition, Long> expected = new HashMap<>();
        consumed.forEach((partition, offset) -> {
            current.put(partition, new OffsetAndMetadata(offset));
            NavigableMap<Long, Integer> waiting = unsettled.get(partition);
            expected.put(partition, waiting.isEmpty() ? offset : Math.min(offset, waiting.firstKey()));
        });
        Map<TopicPartition, Long> actual = new HashMap<>();
        tested.committable(current).forEach((partition, offset) -> actual.put(partition, offset.offset()));
        assertThat(actual).isEqualTo(expected);
        return actual;
    }

    private long committable(TopicPartition partition, long current) {
        return tracker.committable(Map.of(partition, new OffsetAndMetadata(current)))
                .get(partition)
                .offset();
    }
}
