package io.tailrace.connect.elasticsearch.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.connect.elasticsearch.Records;
import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.DocumentShape;
import io.tailrace.connect.elasticsearch.id.DocumentIds;
import io.tailrace.connect.elasticsearch.id.IdStrategy;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.target.IndexResolver;
import io.tailrace.connect.elasticsearch.target.Template;
import io.tailrace.connect.elasticsearch.target.TopicNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class BulkBodyTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Property(tries = 500)
    void holdsTwoLinesForEachOperation(
            @ForAll @Size(max = 20) List<byte[]> values, @ForAll @IntRange(min = 1, max = 300) int pieces)
            throws IOException {
        List<Operation> operations = operations(values, false);
        BulkBody body = new BulkBody(operations);
        byte[] bytes = readInPieces(body, pieces);
        assertThat(bytes).hasSize((int) body.length());
        try (InputStream again = body.open()) {
            assertThat(again.readAllBytes()).isEqualTo(bytes);
        }

        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines).hasSize(2 * values.size() + 1);
        assertThat(lines[lines.length - 1]).isEmpty();
        for (int i = 0; i < values.size(); i++) {
            JsonNode action = MAPPER.readTree(lines[2 * i]);
            assertThat(action.at("/create/_id").asText()).isEqualTo("t+0+" + i + "+" + Records.TIMESTAMP);
            assertThat(action.at("/create/_index").asText()).isEqualTo("t");
            assertThat(MAPPER.readTree(lines[2 * i + 1]).isObject()).isTrue();
        }
    }

    /** Where poison goes to the dead letter queue, records stay in memory beside their documents. */
    @Test
    void recordsThatAreKeptCountInMemory() {
        byte[] text = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        byte[] object = ("{\"a\":\"" + "x".repeat(10_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        long ofText = operations(List.of(text), false).get(0).heapBytes();
        assertThat(operations(List.of(text), true).get(0).heapBytes()).isGreaterThan(ofText + text.length);
        long ofObject = operations(List.of(object), false).get(0).heapBytes();
        assertThat(operations(List.of(object), true).get(0).heapBytes())
                .as("an object is its own document")
                .isBetween(ofObject + 100, ofObject + 1000);
    }

    /** As the HTTP client reads it: over a channel, into a buffer that may have little room. */
    private static byte[] readInPieces(BulkBody body, int size) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(size);
        try (ReadableByteChannel channel = Channels.newChannel(body.open())) {
            while (channel.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        }
        return all.toByteArray();
    }

    private static List<Operation> operations(List<byte[]> values, boolean keepRecords) {
        OffsetTracker tracker = new OffsetTracker();
        DocumentFactory documents = new DocumentFactory(DocumentShape.PLAIN);
        OperationFactory factory = new OperationFactory(
                documents,
                new IndexResolver(Template.parse("{topic}", ZoneOffset.UTC), TopicNames.SAME),
                new DocumentIds(IdStrategy.OFFSET, null, documents),
                new OperationShape(WriteMethod.CREATE, new Versions(Versions.Source.NONE, null), null, null, false),
                keepRecords);
        List<Operation> operations = new ArrayList<>();
        for (byte[] value : values) {
            SinkRecord record = Records.of("t", operations.size(), value);
            operations.add(factory.write(record, tracker.add(record)));
        }
        return operations;
    }
}
