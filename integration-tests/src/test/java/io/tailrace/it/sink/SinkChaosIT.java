package io.tailrace.it.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Plugins;
import io.tailrace.it.support.SharedServers;
import io.tailrace.servers.Connect;
import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.MissingJavaException;
import io.tailrace.servers.OpenSearch;
import io.tailrace.servers.SearchServer;
import io.tailrace.servers.ServerResponseException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Records over four partitions while everything else dies at random: at the end there is exactly one document for each, with
 * the right content, and no task was ever FAILED. Short with each commit; at night a million records and at least 20 kills.
 */
@ExtendWith(SharedServers.Extension.class)
class SinkChaosIT {

    private static final boolean LONG = Boolean.getBoolean("tailrace.sink.chaos.long");
    private static final int RECORDS = Integer.getInteger("tailrace.sink.chaos.records", LONG ? 1_000_000 : 40_000);
    private static final int KILLS = LONG ? 20 : 1;
    private static final long SEED = Long.getLong("tailrace.sink.chaos.seed", System.nanoTime());
    private static final int PARTITIONS = 4;
    private static final int PAGE = 10_000;

    /** A server that was killed reads all again that wasn't flushed, and by default half a gigabyte isn't. */
    private static final String TEMPLATE = "{\"index_patterns\":[\"chaos-stream*\"],\"data_stream\":{},"
            + "\"template\":{\"settings\":{\"index.translog.flush_threshold_size\":\"16mb\"}}}";

    private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 20 : 4);

    private final SharedServers servers;

    SinkChaosIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void elasticsearchEndsWithOneDocumentForEachRecord() {
        try (SearchServer server = Elasticsearch.create()) {
            run(server, "chaos", Map.of());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "tailrace.sink.chaos.long", matches = "true", disabledReason = "is for the night")
    void anOpenSearchDataStreamEndsWithOneDocumentForEachRecord() {
        try (SearchServer server = OpenSearch.create()) {
            run(
                    server,
                    "chaos-stream",
                    Map.of(
                            "external.resource.usage", "datastream",
                            "setup.index.template.name", "chaos",
                            "setup.index.template", TEMPLATE));
        } catch (MissingJavaException e) {
            abort(e.getMessage());
        }
    }

    private void run(SearchServer server, String name, Map<String, String> more) {
        server.start();
        try (Connect first = worker(name);
                Connect second = worker(name);
                FaultProxy proxy = new FaultProxy(server.url())) {
            first.start();
            try (SinkBench bench = new SinkBench(name, servers.kafka().bootstrapServers(), first, server)) {
                bench.createTopic(PARTITIONS);
                Map<String, String> changes = SinkBench.changes(
                        "tasks.max",
                        "2",
                        "connection.url",
                        proxy.url(),
                        "read.timeout.ms",
                        "5000",
                        "batch.size",
                        "1000");
                changes.putAll(more);
                ConnectorHandle sink = bench.startSink(changes);
                Chaos chaos = new Chaos(SEED, server, proxy, name, first, second);
                long start = System.nanoTime();
                int produced = work(bench, sink, chaos);
                chaos.end();
                awaitAll(bench, produced);
                System.out.printf(
                        "Chaos (%s, seed %d): %d records, %d documents after %d s, %s%n",
                        name,
                        SEED,
                        produced,
                        bench.count(),
                        (System.nanoTime() - start) / 1_000_000_000,
                        chaos.events());
                assertThat(bench.count()).isEqualTo(produced);
                assertContent(bench, produced);
                assertRunning(sink);
            }
        }
    }

    /** Records go on coming while things happen, until there are enough of both. */
    private static int work(SinkBench bench, ConnectorHandle sink, Chaos chaos) {
        List<Chaos.Event> each = List.of(Chaos.Event.values());
        int produced = 0;
        int step = 0;
        while (produced < RECORDS || step < each.size() || chaos.count(Chaos.Event.WORKER_KILLED) < KILLS) {
            // About every second of the things that happen is a kill.
            int count = Math.max(1, RECORDS / (each.size() + 2 * KILLS));
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int from = produced + partition * count / PARTITIONS;
                int to = produced + (partition + 1) * count / PARTITIONS;
                bench.produce(partition, from, to, SinkScenarios::document);
            }
            produced += count;
            if (step < each.size()) {
                chaos.happen(each.get(step));
            } else {
                chaos.next();
            }
            step++;
            assertRunning(sink);
            Awaitility.await().pollDelay(chaos.pause()).until(() -> true);
        }
        return produced;
    }

    private static void assertRunning(ConnectorHandle sink) {
        try {
            assertThat(sink.states()).doesNotContain("FAILED");
        } catch (ServerResponseException | UncheckedIOException e) {
            // The group is rebalancing.
            return;
        }
    }

    private static void awaitAll(SinkBench bench, int produced) {
        Awaitility.await(produced + " documents")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(ServerResponseException.class)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> bench.count() >= produced);
    }

    private static void assertContent(SinkBench bench, int produced) {
        BitSet seen = new BitSet(produced);
        for (int from = 0; from < produced; from += PAGE) {
            JsonNode hits = bench.search("{\"size\":" + PAGE + ",\"query\":{\"range\":{\"n\":{\"gte\":" + from
                            + ",\"lt\":" + (from + PAGE) + "}}}}")
                    .at("/hits/hits");
            hits.forEach(hit -> {
                int number = hit.at("/_source/n").asInt();
                assertThat(hit.at("/_source/text").asText()).isEqualTo("line " + number);
                assertThat(seen.get(number))
                        .as("record %d is there once", number)
                        .isFalse();
                seen.set(number);
            });
        }
        assertThat(seen.cardinality()).isEqualTo(produced);
    }

    private Connect worker(String group) {
        return Connect.builder(servers.kafka().bootstrapServers())
                .pluginPath(Plugins.folder())
                .jvmOptions("-Xms256m", "-Xmx768m", "-XX:+UseSerialGC")
                .properties(Plugins.workerProperties("worker-sinks.properties"))
                .property("group.id", group)
                .property("offset.flush.interval.ms", "2000")
                .property("session.timeout.ms", "6000")
                .property("heartbeat.interval.ms", "1000")
                .property("scheduled.rebalance.max.delay.ms", "2000")
                .build();
    }
}
