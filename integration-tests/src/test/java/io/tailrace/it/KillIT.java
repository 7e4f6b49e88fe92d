package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.LineWriter;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.Tally;
import io.tailrace.it.support.TopicReader;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that die by SIGKILL in mid-stream and come back. */
@ExtendWith(SharedServers.Extension.class)
class KillIT {

    private static final long LINES_PER_SECOND = 10_000;
    private static final long DOCUMENTS_PER_SECOND = 4_000;
    private static final int KILLS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SharedServers servers;

    KillIT(SharedServers servers) {
        this.servers = servers;
    }

    @ParameterizedTest
    @EnumSource
    void noLineIsLostWithTheSourcesWorker(Delivery delivery, @TempDir Path folder) {
        Connect worker = servers.worker(delivery);
        try (Site site = new Site(servers, folder);
                TopicReader reader = site.reader(site.topic());
                LineWriter writer = new LineWriter(site.log("app.log"), LINES_PER_SECOND)) {
            site.collect(Site.entry(site.log("app.log"), site.topic()));
            ConnectorHandle source = site.startSource(worker, Map.of());
            Tally tally = new Tally();
            for (int kill = 0; kill < KILLS; kill++) {
                reader.readLines(tally, tally.distinct() + LINES_PER_SECOND, PATIENCE);
                worker.kill();
                worker.start();
            }
            reader.readLines(tally, tally.distinct() + LINES_PER_SECOND, PATIENCE);
            reader.readLines(tally, writer.stop(), PATIENCE);
            source.stop();
            reader.readLinesToEnd(tally);

            System.out.printf("Kill %s, %d times: %s%n", delivery, KILLS, tally.report(writer.lines()));
            assertThat(tally.lost(writer.lines())).isZero();
            if (delivery == Delivery.EXACTLY_ONCE) {
                assertThat(tally.repeated()).isZero();
                assertThat(tally.outOfOrder()).isZero();
            }
        }
    }

    @Test
    void everyLineIsOneDocumentThoughBothWorkersDie(@TempDir Path folder) {
        Connect sourceWorker = servers.worker(Delivery.EXACTLY_ONCE);
        Connect sinkWorker = servers.sinkWorker();
        try (Site site = new Site(servers, folder);
                LineWriter writer = new LineWriter(site.log("app.log"), DOCUMENTS_PER_SECOND)) {
            site.collect(Site.entry(site.log("app.log"), site.topic()));
            site.startSource(sourceWorker, Map.of());
            ConnectorHandle sink = site.startSink(sinkWorker, Map.of());
            site.awaitDocuments(DOCUMENTS_PER_SECOND, PATIENCE);
            sourceWorker.kill();
            sourceWorker.start();
            site.awaitDocuments(site.documentCount() + DOCUMENTS_PER_SECOND, PATIENCE);
            sinkWorker.kill();
            sinkWorker.start();
            site.awaitDocuments(site.documentCount() + DOCUMENTS_PER_SECOND, PATIENCE);
            long lines = writer.stop();
            site.awaitDocuments(lines, PATIENCE);
            sink.stop();

            Tally tally = site.documents(lines);
            System.out.printf("Kill source's and sink's worker: %s%n", tally.report(lines));
            assertThat(tally.lost(lines)).isZero();
            assertThat(tally.repeated()).isZero();
            assertThat(site.documentCount()).isEqualTo(lines);
        }
    }
}
