package io.tailrace.connect.elasticsearch.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.bulk.Batch;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.bulk.OperationFactory;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.id.DocumentIds;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.outcome.ItemOutcome;
import io.tailrace.connect.elasticsearch.outcome.ServerError;
import io.tailrace.connect.elasticsearch.target.IndexResolver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where order matters: what waits goes before what is later, and parts of a document are written again in order. */
class OrderTest {

    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TopicPartition P1 = new TopicPartition("t", 1);

    private final OffsetTracker tracker = new OffsetTracker();

    @Test
    void laterPartsOfADocumentAreWrittenAgainAfterAnEarlierOne() {
        Operation first = part(0, "a");
        Operation other = part(1, "b");
        Operation second = part(2, "a");
        Operation whole = part(3, null);
        ItemOutcome done = ItemOutcome.of("update", new ServerError(200, null, null));
        ItemOutcome retry = ItemOutcome.of("update", new ServerError(409, "version_conflict_engine_exception", null));
        Batch batch = new Batch(List.of(first, other, second, whole), 0);
        ItemResults results = results(batch, retry, done, done, done);
        assertThat(results.left()).containsExactly(first, second);
        assertThat(results.done()).containsExactly(other, whole);
    }

    /** OpenSearch refuses all of a request with a pipeline for one document that it can't parse. */
    @Test
    void whatMayBeRefusedForAnothersSakeIsSentApartInOrder() {
        List<Operation> piped =
                IntStream.range(0, 4).mapToObj(i -> part(i, "a", "pipe")).toList();
        ItemOutcome unparsed = ItemOutcome.of("create", new ServerError(400, "parse_exception", null));
        ItemOutcome done = ItemOutcome.of("create", new ServerError(201, null, null));
        ItemResults results = results(new Batch(piped, 0), unparsed, unparsed, unparsed, done);
        assertThat(results.mustSplit()).isTrue();
        assertThat(results.left()).isEqualTo(piped);
        assertThat(results.poison()).isEmpty();
        assertThat(new Batch(piped, 0).parts())
                .extracting(Batch::operations)
                .containsExactly(piped.subList(0, 2), piped.subList(2, 4));

        ItemResults alone = results(new Batch(piped.subList(0, 1), 0), unparsed);
        assertThat(alone.poison()).hasSize(1);
        // An index may name a pipeline, too.
        Operation plain = part(4, "b");
        ItemResults others = results(new Batch(List.of(plain, piped.get(0)), 0), unparsed, done);
        assertThat(others.mustSplit()).isTrue();
        assertThat(others.poison()).isEmpty();
    }

    /**
     * A deletion that comes late takes away what was written since; a write that comes late brings back what was
     * deleted, whatever its version, since the server remembers that of a deletion for a minute.
     */
    @ParameterizedTest
    @CsvSource({"upsert, auto", "create, auto", "index, none", "index, timestamp", "index, offset"})
    void deletionsKeepTheirPlaceAmongTheWritesOfADocument(String method, String version) {
        OperationFactory factory = factory(method, version, "delete");
        Operation written = factory.write(keyed(0, "{}"), tracker.add(keyed(0, "{}")));
        Operation deleted = factory.delete(keyed(1, null), tracker.add(keyed(1, null)));
        ItemOutcome done = ItemOutcome.of("index", new ServerError(200, null, null));
        ItemOutcome retry = ItemOutcome.of("index", new ServerError(429, null, null));
        assertThat(results(new Batch(List.of(written, deleted), 0), retry, done).left())
                .containsExactly(written, deleted);
        assertThat(results(new Batch(List.of(deleted, written), 0), retry, done).left())
                .containsExactly(deleted, written);
    }

    @Test
    void versionsKeepWritesInOrderByThemselves() {
        OperationFactory factory = factory("index", "offset", "ignore");
        Operation first = factory.write(keyed(0, "{}"), tracker.add(keyed(0, "{}")));
        Operation second = factory.write(keyed(1, "{}"), tracker.add(keyed(1, "{}")));
        assertThat(first.sequence()).isNull();
        assertThat(second.sequence()).isNull();
    }

    private static ItemResults results(Batch batch, ItemOutcome... outcomes) {
        return ItemResults.of(batch, List.of(outcomes), (operation, error) -> false);
    }

    private static OperationFactory factory(String method, String version, String nulls) {
        SinkConfig config = SinkConfig.parse(Map.of(
                "connection.url", "http://localhost:9200",
                "id.strategy", "key",
                "write.method", method,
                "version.from", version,
                "behavior.on.null.values", nulls));
        DocumentFactory documents = new DocumentFactory(config.document().shape());
        return new OperationFactory(
                documents,
                new IndexResolver(config.target().index(), config.target().topics()),
                new DocumentIds(config.operations().ids(), config.operations().idField(), documents),
                config.operations().shape(),
                false);
    }

    private static SinkRecord keyed(long offset, String value) {
        return new SinkRecord("t", 0, null, "k", null, value, offset, Records.TIMESTAMP, TimestampType.CREATE_TIME);
    }

    @Test
    void nothingOvertakesWhatWaitsOfItsPartition() {
        WaitingBatches waiting = new WaitingBatches(true);
        Batch first = batch(0, 0, 1000);
        Batch second = batch(0, 1, 0);
        Batch other = batch(1, 0, 0);
        waiting.add(List.of(other));
        waiting.add(List.of(first, second));
        assertThat(waiting.next(0, Set.of(P1))).isEmpty();
        assertThat(waiting.dueMillis(Set.of(P1))).isEqualTo(1000);
        assertThat(waiting.dueMillis(Set.of(P0, P1))).isEqualTo(Long.MAX_VALUE);
        assertThat(waiting.next(0, Set.of())).contains(other);
        assertThat(waiting.next(1000, Set.of())).contains(first);
        assertThat(waiting.next(1000, Set.of(P0))).isEmpty();
        assertThat(waiting.next(1000, Set.of())).contains(second);
    }

    @Test
    void withoutOrderWhatIsDueFirstGoesFirst() {
        WaitingBatches waiting = new WaitingBatches(false);
        Batch late = batch(0, 0, 1000);
        Batch early = batch(0, 1, 500);
        waiting.add(List.of(late, early));
        assertThat(waiting.next(499, Set.of())).isEmpty();
        assertThat(waiting.next(1000, Set.of(P0))).contains(early);
        assertThat(waiting.dueMillis(Set.of(P0))).isEqualTo(1000);
        assertThat(waiting.removeAll()).containsExactly(late);
    }

    private Batch batch(int partition, long offset, long dueMillis) {
        Operation operation = new Operation(
                tracker.add(Records.of("t", partition, offset, "x")), null, "t", new byte[0], new byte[0], null, null);
        return new Batch(List.of(operation), dueMillis);
    }

    private Operation part(long offset, String document, String pipeline) {
        return new Operation(
                tracker.add(Records.of("t", offset, "x")), null, "t", new byte[0], new byte[0], document, pipeline);
    }

    private Operation part(long offset, String document) {
        return new Operation(
                tracker.add(Records.of("t", offset, "x")), null, "t", new byte[0], new byte[0], document, null);
    }
}
