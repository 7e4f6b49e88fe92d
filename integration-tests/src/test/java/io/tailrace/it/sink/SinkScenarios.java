package io.tailrace.it.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Plugins;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.TopicReader;
import io.tailrace.servers.Connect;
import io.tailrace.servers.SearchServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What must hold with every server. The server takes bodies of 128 kB at most; tests share it, a worker and a proxy. */
@ExtendWith(SharedServers.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SinkScenarios {

    static final int BODY_LIMIT_BYTES = 128 * 1024;
    private static final int FUZZED = Integer.getInteger("tailrace.sink.fuzz.values", 1_500);
    private static final String BODY_LIMIT = "http.max_content_length";

    private SharedServers servers;
    private SearchServer server;
    private Connect worker;
    private FaultProxy proxy;

    /** A server that isn't started, with a property. */
    abstract SearchServer create(String property, String value);

    @BeforeAll
    void startServers(SharedServers shared) {
        servers = shared;
        server = create(BODY_LIMIT, "128kb");
        server.start();
        worker = Connect.builder(shared.kafka().bootstrapServers())
                .pluginPath(Plugins.folder())
                .jvmOptions("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .properties(Plugins.workerProperties("worker-sinks.properties"))
                .property("group.id", getClass().getSimpleName())
                .property("offset.flush.interval.ms", "500")
                .property("config.providers", "etcd")
                .property("config.providers.etcd.class", "io.tailrace.connect.etcd.EtcdConfigProvider")
                .property("config.providers.etcd.param.endpoints", shared.etcd().endpoint())
                .property("config.providers.etcd.param.ttl.ms", "1000")
                .build();
        worker.start();
        proxy = new FaultProxy(server.url());
    }

    @AfterAll
    void stopServers() {
        if (proxy != null) {
            proxy.close();
        }
        if (worker != null) {
            worker.close();
        }
        if (server != null) {
            server.close();
        }
    }

    final SharedServers servers() {
        return servers;
    }

    final SearchServer server() {
        return server;
    }

    final Connect worker() {
        return worker;
    }

    final FaultProxy proxy() {
        return proxy;
    }

    final SinkBench bench(String name) {
        proxy.pass();
        return new SinkBench(name, servers.kafka().bootstrapServers(), worker, server);
    }

    /** Small enough for the server at once; settings that make waits short. */
    final Map<String, String> small(String... more) {
        Map<String, String> changes = SinkBench.changes(
                "connection.url", proxy.url(), "bulk.size.bytes", "100000", "read.timeout.ms", "2000");
        changes.putAll(SinkBench.changes(more));
        return changes;
    }

    static String document(int number) {
        return "{\"n\":" + number + ",\"text\":\"line " + number + "\"}";
    }

    /** Scenario 9. */
    @Test
    void oneBadDocumentInFiveThousandGoesToTheDeadLetterQueueOnce() {
        try (SinkBench bench = bench("poison")) {
            server.request("PUT", "/poison", "{\"mappings\":{\"properties\":{\"n\":{\"type\":\"long\"}}}}");
            bench.createTopic(1);
            bench.produce(0, 0, 5000, i -> i == 2345 ? "{\"n\":\"no number\"}" : document(i));
            ConnectorHandle sink = bench.startSink(small());
            bench.awaitCommitted(sink, 0, 5000);

            assertThat(bench.count()).isEqualTo(4999);
            assertThat(deadLetters(bench)).containsExactly("{\"n\":\"no number\"}");
            assertThat(sink.states()).containsOnly("RUNNING");
        }
    }

    /** Scenario 10. */
    @Test
    void aValueWithADeleteActionInItDeletesNothing() {
        server.request("PUT", "/precious/_doc/1?refresh=true", "{\"n\":1}");
        String action = "{\"delete\":{\"_index\":\"precious\",\"_id\":\"1\"}}";
        List<String> values = List.of(
                "{\"n\":1}\n" + action + "\n",
                "\n" + action,
                action + "\n" + action,
                "{\"a\":1,\r\n\"b\":" + action + "}");
        try (SinkBench bench = bench("injected")) {
            bench.createTopic(1);
            bench.produce(0, 0, values.size(), values::get);
            ConnectorHandle sink = bench.startSink(small());
            bench.awaitCommitted(sink, 0, values.size());

            assertThat(bench.count()).isEqualTo(values.size());
            assertThat(bench.count("precious")).isEqualTo(1);
        }
    }

    /** Scenario 11: whatever the server does with a body that is too large, an answer or a reset. */
    @Test
    void bodiesAreSplitToTheServersLimitAndWhatIsTooLargeAloneGoesToTheDeadLetterQueue() {
        String huge = "{\"n\":-1,\"text\":\"" + "x".repeat(2 * BODY_LIMIT_BYTES) + "\"}";
        for (String compression : List.of("false", "true")) {
            try (SinkBench bench = bench("limited-" + compression)) {
                bench.createTopic(1);
                bench.produce(0, 0, 2000, i -> i == 999 ? huge : document(i).replace("line", "line ".repeat(100)));
                ConnectorHandle sink = bench.startSink(SinkBench.changes(
                        "connection.url", server.url().toString(), "connection.compression", compression));
                bench.awaitCommitted(sink, 0, 2000);

                assertThat(bench.count()).isEqualTo(1999);
                assertThat(deadLetters(bench)).containsExactly(huge);
                assertThat(sink.states()).containsOnly("RUNNING");
            }
        }
    }

    /** Each value becomes one document or one reported record, and nothing else is written anywhere. */
    @Test
    void everyFuzzedValueIsOneDocumentOrOneReportedRecord() {
        long seed = System.nanoTime();
        FuzzedValues values = new FuzzedValues(seed);
        server.request("PUT", "/precious/_doc/1?refresh=true", "{\"n\":1}");
        try (SinkBench bench = bench("fuzzed")) {
            bench.createTopic(1);
            for (int i = 0; i < FUZZED; i++) {
                bench.send(0, null, values.next());
            }
            bench.flush();
            ConnectorHandle sink = bench.startSink(small("read.timeout.ms", "60000"));
            bench.awaitCommitted(sink, 0, FUZZED);

            long documents = bench.count();
            int reported = deadLetters(bench).size();
            System.out.printf(
                    "Fuzzed values (seed %d): %d, %d documents, %d reported%n", seed, FUZZED, documents, reported);
            assertThat(documents + reported).isEqualTo(FUZZED);
            assertThat(documents).isGreaterThan(FUZZED / 4);
            assertThat(bench.count("precious")).isEqualTo(1);
            assertThat(server.count("smuggled")).isZero();
            assertThat(sink.states()).containsOnly("RUNNING");
        }
    }

    final List<String> deadLetters(SinkBench bench) {
        List<String> values = new ArrayList<>();
        try (TopicReader reader = new TopicReader(servers.kafka().bootstrapServers(), bench.deadLetters())) {
            reader.readToEnd((ConsumerRecord<byte[], byte[]> record) ->
                    values.add(new String(record.value(), StandardCharsets.UTF_8)));
        }
        return values;
    }

    /** The numbers of all documents of an index, at most 10,000, in order. */
    static List<Integer> numbers(SinkBench bench) {
        JsonNode hits = bench.search("{\"size\":10000,\"_source\":[\"n\"],\"sort\":[\"n\"]}")
                .at("/hits/hits");
        List<Integer> numbers = new ArrayList<>();
        hits.forEach(hit -> numbers.add(hit.at("/_source/n").asInt()));
        return numbers;
    }
}
