package io.tailrace.it.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What an operator of Kafka can do to its clients, for better or worse. */
public final class KafkaChanges {

    private final String bootstrapServers;

    /**
     * Changes one Kafka.
     *
     * @param bootstrapServers where it is
     */
    public KafkaChanges(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Bounds how fast a producer may send; it waits, and all that is in its buffer with it.
     *
     * @param clientId the producer's
     * @param bytesPerSecond null for no bound
     */
    public void limit(String clientId, Double bytesPerSecond) {
        ClientQuotaEntity client = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, clientId));
        ClientQuotaAlteration.Op rate = new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            await(admin.alterClientQuotas(List.of(new ClientQuotaAlteration(client, List.of(rate))))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
        }
    }

    /**
     * Writes a value over the last one of a key in a compacted topic of one partition.
     *
     * @param topic its name
     * @param keyPart text in the key
     * @param value the new value
     * @throws IllegalStateException if there is no such key
     */
    public void overwrite(String topic, String keyPart, byte[] value) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (TopicReader reader = new TopicReader(bootstrapServers, topic)) {
            reader.readToEnd(record -> {
                if (new String(record.key(), StandardCharsets.UTF_8).contains(keyPart)) {
                    found.add(record);
                }
            });
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("No key with " + keyPart + " in " + topic);
        }
        byte[] key = found.get(found.size() - 1).key();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            await(producer.send(new ProducerRecord<>(topic, key, value)));
        }
    }

    private static void await(Future<?> change) {
        try {
            change.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refuses it", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
