package io.tailrace.it.sink;

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

/** An at-least-once agent that dies in mid-stream repeats lines in Kafka; ids by origin make each of them one document. */
@ExtendWith(SharedServers.Extension.class)
class OriginIdsIT {

    private static final int KILLS = Integer.getInteger("tailrace.sink.origin.kills", 2);
    private static final long LINES_PER_SECOND = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SharedServers servers;

    OriginIdsIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void everyLineIsOneDocumentThoughItWasSentTwice(@TempDir Path folder) {
        Connect sourceWorker = servers.worker(Delivery.AT_LEAST_ONCE);
        try (Site site = new Site(servers, folder);
                TopicReader reader = site.reader(site.topic());
                LineWriter writer = new LineWriter(site.log("app.log"), LINES_PER_SECOND)) {
            site.collect(Site.entry(site.log("app.log"), site.topic()));
            ConnectorHandle source = site.startSource(sourceWorker, Map.of("metadata", "host.name,log.offset"));
            Tally kafka = new Tally();
            for (int kill = 0; kill < KILLS; kill++) {
                reader.readLines(kafka, kafka.distinct() + LINES_PER_SECOND, PATIENCE);
                sourceWorker.kill();
                sourceWorker.start();
            }
            reader.readLines(kafka, kafka.distinct() + LINES_PER_SECOND, PATIENCE);
            long lines = writer.stop();
            reader.readLines(kafka, lines, PATIENCE);
            source.stop();
            reader.readLinesToEnd(kafka);

            ConnectorHandle sink = site.startSink(servers.sinkWorker(), Map.of("id.strategy", "origin"));
            site.awaitDocuments(lines, PATIENCE);
            sink.stop();
            Tally documents = site.documents(lines);
            System.out.printf(
                    "Origin ids, agent killed %d times: Kafka has %s; documents: %s%n",
                    KILLS, kafka.report(lines), documents.report(lines));
            assertThat(kafka.repeated())
                    .as("the test is about lines that are repeated")
                    .isPositive();
            assertThat(documents.lost(lines)).isZero();
            assertThat(documents.repeated()).isZero();
            assertThat(site.documentCount()).isEqualTo(lines);
        }
    }
}
