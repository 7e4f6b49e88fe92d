package io.tailrace.benchmarks.measure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic of one partition, made for one measurement, as somebody sees it who reads what is committed. */
public final class Topic implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 30;
    private static final Duration POLL = Duration.ofMillis(500);

    private final Admin admin;
    private final String name;
    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long counted;

    /**
     * Makes the topic.
     *
     * @param bootstrapServers where Kafka is
     * @param name of a topic that isn't there
     */
    public Topic(String bootstrapServers, String name) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.name = name;
        this.partition = new TopicPartition(name, 0);
        // Records whose time stamps are made up are old, and Kafka looks for such every few minutes.
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
        get(admin.createTopics(List.of(topic)).all());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        8 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /**
     * Its name.
     *
     * @return as given
     */
    public String name() {
        return name;
    }

    /**
     * How far it can be read.
     *
     * @return the offset after the last record that is committed; transactions' markers count, too
     */
    public long end() {
        return get(admin.listOffsets(
                                Map.of(partition, OffsetSpec.latest()),
                                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .partitionResult(partition))
                .offset();
    }

    /**
     * Reads on to an offset, and counts.
     *
     * @param end as {@link #end} tells it
     * @return how many records there are before it
     */
    public long count(long end) {
        while (consumer.position(partition) < end) {
            counted += consumer.poll(POLL).count();
        }
        return counted;
    }

    /**
     * Reads on, and gives each record's value away. Not to be mixed with {@link #count}.
     *
     * @param wait how long to wait for records if there are none
     * @param values takes them in order
     */
    public void read(Duration wait, Consumer<byte[]> values) {
        consumer.poll(wait).forEach(record -> values.accept(record.value()));
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not do what it is asked for: " + e, e);
        }
    }

    /** Deletes it. */
    @Override
    public void close() {
        consumer.close();
        try (admin) {
            get(admin.deleteTopics(List.of(name)).all());
        }
    }
}
