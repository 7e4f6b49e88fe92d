package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.LineWriter;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.Tally;
import io.tailrace.servers.Connect;
import io.tailrace.servers.Elasticsearch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Elasticsearch dies in mid-stream and comes back. */
@ExtendWith(SharedServers.Extension.class)
class ElasticsearchOutageIT {

    private static final long LINES_PER_SECOND = 1_500;
    /** How long the tasks are watched while there is no server: many retries' worth. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SharedServers servers;

    ElasticsearchOutageIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void tasksKeepRunningAndEveryLineIsOneDocument(@TempDir Path folder) {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        Elasticsearch elasticsearch = servers.elasticsearch();
        try (Site site = new Site(servers, folder);
                LineWriter writer = new LineWriter(site.log("app.log"), LINES_PER_SECOND)) {
            site.collect(Site.entry(site.log("app.log"), site.topic()));
            ConnectorHandle source = site.startSource(worker, Map.of());
            ConnectorHandle sink = site.startSink(worker, Map.of());
            awaitDocuments(site, LINES_PER_SECOND, source, sink);
            elasticsearch.kill();
            Awaitility.await("tasks keep running while the server is away")
                    .during(AWAY)
                    .atMost(AWAY.multipliedBy(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> running(source, sink));
            elasticsearch.start();
            awaitDocuments(site, site.documentCount() + LINES_PER_SECOND, source, sink);
            long lines = writer.stop();
            awaitDocuments(site, lines, source, sink);
            sink.stop();

            Tally tally = site.documents(lines);
            System.out.printf("Elasticsearch killed: %s%n", tally.report(lines));
            assertThat(tally.lost(lines)).isZero();
            assertThat(tally.repeated()).isZero();
            assertThat(site.documentCount()).isEqualTo(lines);
        }
    }

    private static void awaitDocuments(Site site, long count, ConnectorHandle source, ConnectorHandle sink) {
        source.awaitRunning(1);
        sink.awaitRunning(1);
        site.awaitDocuments(count, PATIENCE);
        assertThat(running(source, sink)).as("all tasks run").isTrue();
    }

    private static boolean running(ConnectorHandle source, ConnectorHandle sink) {
        return source.states().stream().allMatch("RUNNING"::equals)
                && sink.states().stream().allMatch("RUNNING"::equals);
    }
}
