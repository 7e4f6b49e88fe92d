package io.tailrace.benchmarks.sink;

import io.tailrace.benchmarks.data.AccessLog;
import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.data.LogRecords;
import io.tailrace.benchmarks.measure.Topic;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic that is full of records, as our source sends them.
 *
 * @param topic of one partition
 * @param data what is in it
 * @param documents how many records
 */
public record LoadedTopic(Topic topic, DataSet data, int documents) implements AutoCloseable {
    /**
     * Makes one.
     *
     * @param bootstrapServers where Kafka is
     * @param name of a topic that isn't there
     * @param data what is put into it
     * @param usual how many records, if the lines are of the usual length
     * @return a topic with all of them
     * @throws IllegalStateException if Kafka doesn't take them
     */
    public static LoadedTopic fill(String bootstrapServers, String name, DataSet data, int usual) {
        Topic topic = new Topic(bootstrapServers, name);
        int documents = data.count(usual);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            AccessLog lines = data.lines();
            for (int offset = 0; offset < documents; offset++) {
                send(producer, LogRecords.produced(name, offset, lines.next()), failure);
            }
        }
        if (failure.get() != null) {
            topic.close();
            throw new IllegalStateException("Kafka doesn't take the records", failure.get());
        }
        return new LoadedTopic(topic, data, documents);
    }

    // The callback is told what the future would tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> record,
            AtomicReference<Exception> failure) {
        producer.send(record, (sent, e) -> {
            if (e != null) {
                failure.set(e);
            }
        });
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 18,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Its name.
     *
     * @return as given
     */
    public String name() {
        return topic.name();
    }

    /** Deletes it. */
    @Override
    public void close() {
        topic.close();
    }
}
