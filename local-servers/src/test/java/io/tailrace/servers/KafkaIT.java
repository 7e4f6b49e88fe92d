package io.tailrace.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KafkaIT {

    @Test
    void keepsRecordsOverDeathAndStop() throws Exception {
        Kafka kafka = Kafka.create();
        try (kafka) {
            kafka.start();
            String bootstrap = kafka.bootstrapServers();
            send(kafka, "one");
            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();
            kafka.start();
            assertThat(kafka.bootstrapServers()).isEqualTo(bootstrap);
            send(kafka, "two");
            kafka.stop();
            kafka.start();
            assertThat(read(kafka)).containsExactly("one", "two");
        }
        assertThat(kafka.directory()).doesNotExist();
    }

    @Test
    void answersNothingWhilePaused() throws Exception {
        try (Kafka kafka = Kafka.create()) {
            kafka.start();
            send(kafka, "before");
            kafka.pause();
            assertThatThrownBy(() -> send(kafka, "never")).isInstanceOf(Exception.class);
            kafka.resume();
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> send(kafka, "after"));
            assertThat(read(kafka)).contains("before", "after");
        }
    }

    @Test
    void saysWhyItDoesNotStart() {
        try (Kafka kafka = Kafka.builder().property("node.id", "minus").build()) {
            assertThatThrownBy(kafka::start)
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("Invalid value minus");
        }
    }

    private static boolean send(Kafka kafka, String value) throws Exception {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "max.block.ms", 3_000,
                "request.timeout.ms", 2_000,
                "delivery.timeout.ms", 3_000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("lines", value)).get(5, TimeUnit.SECONDS);
            return true;
        }
    }

    private static List<String> read(Kafka kafka) {
        TopicPartition partition = new TopicPartition("lines", 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return StreamSupport.stream(consumer.poll(Duration.ofSeconds(20)).spliterator(), false)
                    .map(record -> record.value())
                    .toList();
        }
    }
}
