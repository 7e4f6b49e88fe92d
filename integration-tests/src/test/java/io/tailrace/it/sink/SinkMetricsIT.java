package io.tailrace.it.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.MetricsPage;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.WorkerMetrics;
import io.tailrace.servers.Connect;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sink's metrics in the JMX of a real worker, under the names that docs/metrics.md gives. */
@ExtendWith(SharedServers.Extension.class)
class SinkMetricsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SharedServers servers;

    SinkMetricsIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void aSinkIsSeen() throws IOException {
        Connect worker = servers.sinkWorker();
        try (SinkBench bench =
                        new SinkBench("seen", servers.kafka().bootstrapServers(), worker, servers.elasticsearch());
                WorkerMetrics metrics = new WorkerMetrics(worker)) {
            servers.elasticsearch()
                    .request("PUT", "/seen", "{\"mappings\":{\"properties\":{\"n\":{\"type\":\"long\"}}}}");
            bench.createTopic(1);
            bench.produce(0, 0, 500, n -> n == 7 ? "{\"n\":\"seven\"}" : "{\"n\":" + n + "}");
            ConnectorHandle sink = bench.startSink(
                    Map.of("connection.url", servers.elasticsearch().url().toString()));
            bench.awaitCommitted(sink, 0, 500);

            String task = "kafka.connect:type=plugins,connector=" + sink.name() + ",task=0";
            assertThat(metrics.attributes(task))
                    .containsEntry("documents-total", 499L)
                    .containsEntry("malformed-total", 1L)
                    .containsEntry("in-flight", 0L)
                    .containsEntry("splits-total", 0L)
                    .containsEntry("paused-ms-total", 0L)
                    .hasEntrySatisfying(
                            "bytes-total", bytes -> assertThat((long) bytes).isPositive())
                    .hasEntrySatisfying(
                            "bulk-latency-ms-p95",
                            millis -> assertThat((double) millis).isPositive());
            await().atMost(SOON)
                    .until(() -> Objects.equals(metrics.attributes(task).get("buffered-bytes"), 0L));
            assertThat(metrics.attributes(task).keySet()).isEqualTo(MetricsPage.names("sink-metrics"));
            Set<String> causes = MetricsPage.names("retry-causes");
            assertThat(metrics.names(task + ",cause=*")).hasSameSizeAs(causes);
            for (String cause : causes) {
                assertThat(metrics.attributes(task + ",cause=" + cause))
                        .containsOnlyKeys(
                                MetricsPage.names("sink-metrics-by-cause").toArray(String[]::new))
                        .containsEntry("retries-total", 0L);
            }
            bench.remove(sink);
            assertThat(metrics.names(task + "*")).isEmpty();
        }
    }
}
