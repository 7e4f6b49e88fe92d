package io.tailrace.it.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Plugins;
import io.tailrace.servers.Connect;
import io.tailrace.servers.SearchServer;
import io.tailrace.servers.ServerResponseException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Topics, sinks and documents of one test: names that no other test has, gone when this is closed. */
final class SinkBench implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Connect worker;
    private final SearchServer server;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Deque<ConnectorHandle> sinks = new ArrayDeque<>();
    private final Set<String> topics = new HashSet<>();

    SinkBench(String name, String bootstrapServers, Connect worker, SearchServer server) {
        this.name = name;
        this.topics.add(deadLetters());
        this.worker = worker;
        this.server = server;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** The test's topic, and the index that the sink writes it to. */
    String topic() {
        return name;
    }

    SearchServer server() {
        return server;
    }

    void createTopic(int partitions) {
        createTopic(name, partitions);
    }

    void createTopic(String topic, int partitions) {
        topics.add(topic);
        Awaitility.await("topic " + topic + " is made").atMost(PATIENCE).until(() -> {
            try {
                admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                        .all()
                        .get();
                return true;
            } catch (ExecutionException e) {
                // Still there from its life before.
                return false;
            }
        });
    }

    void deleteTopic() throws Exception {
        admin.deleteTopics(List.of(name)).all().get();
        Awaitility.await("topic is gone").atMost(PATIENCE).until(() -> {
            try {
                admin.describeTopics(List.of(name)).allTopicNames().get();
                return false;
            } catch (ExecutionException e) {
                return e.getCause() instanceof UnknownTopicOrPartitionException;
            }
        });
    }

    /** Writes values with numbers from {@code from} up to below {@code to} to a partition. */
    void produce(int partition, int from, int to, IntFunction<String> value) {
        for (int i = from; i < to; i++) {
            send(partition, null, value.apply(i).getBytes(StandardCharsets.UTF_8));
        }
        confirm();
    }

    void send(int partition, String key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(name, partition, key, value)));
    }

    /** Waits until Kafka has all of it. */
    private void confirm() {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        sent.clear();
    }

    void flush() {
        confirm();
    }

    /** A sink as it is shipped, with some changes; an empty value leaves a key out. */
    ConnectorHandle startSink(Map<String, String> changes) {
        return startSink("sink-" + name, changes);
    }

    ConnectorHandle startSink(String connector, Map<String, String> changes) {
        Map<String, String> config = Plugins.connectorConfig("sink-elasticsearch.json");
        config.remove("topics.regex");
        config.put("topics", name);
        config.put("errors.deadletterqueue.topic.name", deadLetters());
        config.putAll(changes);
        config.values().removeIf(String::isEmpty);
        ConnectorHandle sink = new ConnectorHandle(worker, connector, config);
        put(sink);
        sinks.push(sink);
        sink.awaitRunning(1);
        return sink;
    }

    private void put(ConnectorHandle sink) {
        ObjectNode json = JSON.createObjectNode();
        sink.config().forEach(json::put);
        worker.createOrUpdate(sink.name(), json.toString());
    }

    /** Ends a sink before the test does. */
    void remove(ConnectorHandle sink) {
        sink.stop();
        worker.delete(sink.name());
        sinks.remove(sink);
    }

    String deadLetters() {
        return name + "-dead";
    }

    long count() {
        return count(name);
    }

    long count(String index) {
        server.refresh(index);
        return server.count(index);
    }

    void awaitCount(long count) {
        awaitCount(name, count);
    }

    void awaitCount(String index, long count) {
        Awaitility.await(count + " documents in " + index)
                .atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .ignoreExceptionsInstanceOf(ServerResponseException.class)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> count(index) >= count);
    }

    /** Committed offsets by partition. */
    Map<Integer, Long> committed(ConnectorHandle sink) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group(sink))
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.entrySet().stream()
                    .filter(entry ->
                            entry.getValue() != null && entry.getKey().topic().equals(name))
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().partition(),
                            entry -> entry.getValue().offset()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void awaitCommitted(ConnectorHandle sink, int partition, long offset) {
        Awaitility.await("partition " + partition + " committed up to " + offset)
                .atMost(PATIENCE)
                .until(() -> committed(sink).getOrDefault(partition, -1L) >= offset);
    }

    /** Ids of the members of the sink's group. */
    List<String> members(ConnectorHandle sink) throws Exception {
        ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(group(sink)))
                .describedGroups()
                .get(group(sink))
                .get();
        return group.members().stream()
                .map(MemberDescription::consumerId)
                .sorted()
                .toList();
    }

    private static String group(ConnectorHandle sink) {
        return sink.config().getOrDefault("consumer.override.group.id", "connect-" + sink.name());
    }

    JsonNode search(String query) {
        return server.request("POST", "/" + name + "/_search", query);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        for (ConnectorHandle sink : sinks) {
            if (!worker.isRunning()) {
                worker.start();
            }
            sink.stop();
            worker.delete(sink.name());
        }
        sinks.clear();
        // With their topics go the offsets of their groups; another server's test of this name begins anew.
        topics.forEach(this::delete);
        admin.close(Duration.ZERO);
    }

    private void delete(String topic) {
        try {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new IllegalStateException("Topic " + topic + " can't be deleted", e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while topic " + topic + " was deleted", e);
        }
    }

    /** What a worker says is wrong with a sink's configuration, by key. */
    static Map<String, String> errors(Connect worker, Map<String, String> config) {
        String plugin = "io.tailrace.connect.elasticsearch.ElasticsearchSinkConnector";
        ObjectNode json = JSON.createObjectNode()
                .put("name", "v")
                .put("topics", "t")
                .put("tasks.max", "1")
                .put("connector.class", plugin);
        config.forEach(json::put);
        Map<String, String> errors = new HashMap<>();
        worker.validate(plugin, json.toString()).path("configs").forEach(one -> {
            if (!one.at("/value/errors").isEmpty()) {
                errors.put(
                        one.at("/value/name").asText(), one.at("/value/errors").toString());
            }
        });
        return errors;
    }

    /** Makes a map of changes that can be added to. */
    static Map<String, String> changes(String... keysAndValues) {
        Map<String, String> changes = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            changes.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return changes;
    }
}
