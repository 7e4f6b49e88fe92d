package io.tailrace.benchmarks.sink;

import io.tailrace.benchmarks.data.AccessLog;
import io.tailrace.benchmarks.data.LogRecords;
import io.tailrace.connect.elasticsearch.bulk.Batch;
import io.tailrace.connect.elasticsearch.bulk.BatchQueue;
import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.bulk.OperationFactory;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.id.DocumentIds;
import io.tailrace.connect.elasticsearch.offsets.OffsetTracker;
import io.tailrace.connect.elasticsearch.target.IndexResolver;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Bodies of bulk requests that are there to be sent, byte for byte those that our sink makes of the same records.
 *
 * @param file holds them one after the other
 * @param bodies where each is
 */
public record PreparedBodies(Path file, List<Place> bodies) {
    private static final int BUFFER_BYTES = 1 << 20;

    /**
     * Where a body is.
     *
     * @param position in the file
     * @param length in bytes
     * @param documents how many it holds
     */
    public record Place(long position, int length, int documents) {}

    /**
     * Writes them.
     *
     * @param file made here
     * @param config of a sink
     * @param topic that it would read
     * @param lines the values of the topic's records
     * @param count how many records
     * @return where they are
     */
    public static PreparedBodies write(Path file, SinkConfig config, String topic, AccessLog lines, int count) {
        DocumentFactory documents = new DocumentFactory(config.document().shape());
        OperationFactory operations = new OperationFactory(
                documents,
                new IndexResolver(config.target().index(), config.target().topics()),
                new DocumentIds(config.operations().ids(), config.operations().idField(), documents),
                config.operations().shape(),
                false);
        OffsetTracker tracker = new OffsetTracker();
        tracker.open(Set.of(new TopicPartition(topic, 0)));
        BatchQueue queue =
                new BatchQueue(config.bulk().maxCount(), config.bulk().maxBytes(), 1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            List<Place> bodies = new ArrayList<>();
            for (int offset = 0; offset < count; offset++) {
                SinkRecord record = LogRecords.consumed(topic, offset, lines.next());
                queue.add(operations.write(record, tracker.add(record)), 0);
                append(out, queue.next(0, Set.of()), bodies);
            }
            // Waited long enough.
            append(out, queue.next(1, Set.of()), bodies);
            return new PreparedBodies(file, bodies);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static void append(OutputStream out, Optional<Batch> batch, List<Place> bodies) throws IOException {
        if (batch.isPresent()) {
            BulkBody body = new BulkBody(batch.get().operations());
            Place last = bodies.isEmpty() ? new Place(0, 0, 0) : bodies.get(bodies.size() - 1);
            bodies.add(new Place(
                    last.position() + last.length(),
                    (int) body.length(),
                    batch.get().size()));
            try (InputStream in = body.open()) {
                in.transferTo(out);
            }
        }
    }

    /**
     * Reads one.
     *
     * @param channel of the file
     * @param place where it is
     * @return its bytes
     */
    static byte[] read(FileChannel channel, Place place) throws IOException {
        ByteBuffer body = ByteBuffer.allocate(place.length());
        while (body.hasRemaining()) {
            if (channel.read(body, place.position() + body.position()) < 0) {
                throw new IOException("The file with bodies is too short");
            }
        }
        return body.array();
    }
}
