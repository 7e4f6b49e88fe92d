package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.LineWriter;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.Tally;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The source's and the sink's worker die by SIGKILL in mid-stream and come back; {@link ChaosIT} has more of the source's. */
@ExtendWith(SharedServers.Extension.class)
class KillIT {

    private static final long DOCUMENTS_PER_SECOND = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SharedServers servers;

    KillIT(SharedServers servers) {
        this.servers = servers;
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
