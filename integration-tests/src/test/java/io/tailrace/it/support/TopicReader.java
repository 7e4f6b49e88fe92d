package io.tailrace.it.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A plain consumer that reads one partition from its beginning, and of transactions only what was committed. The topic need
 * not exist yet. Not safe for several threads.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final String bootstrapServers;
    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Makes a reader of a topic's first partition.
     *
     * @param bootstrapServers where Kafka is
     * @param topic its name
     */
    public TopicReader(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.partition = new TopicPartition(topic, 0);
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000,
                        // So that a topic is noticed soon after it was made.
                        ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG,
                        50,
                        ConsumerConfig.RETRY_BACKOFF_MS_CONFIG,
                        50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    /**
     * Reads on until enough has been seen.
     *
     * @param sink takes each record
     * @param enough asked after each poll
     * @param timeout how long to read at most
     * @return whether it was enough in time
     */
    public boolean readUntil(Consumer<ConsumerRecord<byte[], byte[]>> sink, BooleanSupplier enough, Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        while (!enough.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                return false;
            }
            consumer.poll(POLL).forEach(sink);
        }
        return true;
    }

    /**
     * Reads on until as many different lines of a {@link LineWriter} have been seen.
     *
     * @param tally takes each line
     * @param lines how many it must have in the end, with those it has
     * @param timeout how long to read at most
     * @throws AssertionError if there are not as many in time; says what is missing
     */
    public void readLines(Tally tally, long lines, Duration timeout) {
        if (!readUntil(record -> tally.add(text(record)), () -> tally.distinct() >= lines, timeout)) {
            throw new AssertionError(
                    "Not all there after " + timeout + ": " + tally.report(lines) + "; " + whereItIs());
        }
    }

    /** A transaction that never ends looks like lost lines, but for what has been written beyond what can be read. */
    private String whereItIs() {
        long readable = consumer.endOffsets(List.of(partition)).get(partition);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            long written = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            return "read up to offset " + consumer.position(partition) + ", committed up to " + readable
                    + ", written up to " + written;
        } catch (ExecutionException e) {
            return "Kafka doesn't tell how far it is: " + e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /**
     * Reads on to the end that the topic has now.
     *
     * @param tally takes each line
     */
    public void readLinesToEnd(Tally tally) {
        readToEnd(record -> tally.add(text(record)));
    }

    /**
     * Reads on to the end that the topic has now.
     *
     * @param sink takes each record
     */
    public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(sink);
        }
    }

    /**
     * A record's value as text.
     *
     * @param record of any topic
     * @return its UTF-8 text
     */
    public static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
