package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.EtcdOutage;
import io.tailrace.it.support.LineWriter;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.Tally;
import io.tailrace.it.support.TopicReader;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever becomes of etcd, collection goes on, and the last edit is in force within 5 s of its return. */
@ExtendWith(SharedServers.Extension.class)
class EtcdOutagesIT {
    private static final long LINES_PER_SECOND = 3_000;
    private static final Duration SOON = Duration.ofSeconds(60);
    /** On a machine that does other things as well, the restart of tasks alone may take seconds. */
    private static final Duration IN_FORCE_MAX = Duration.ofSeconds(Boolean.getBoolean("tailrace.nightly") ? 5 : 15);

    private final SharedServers servers;

    EtcdOutagesIT(SharedServers servers) {
        this.servers = servers;
    }

    @ParameterizedTest
    @EnumSource
    void collectionGoesOnAndTheLastEditIsInForceSoon(EtcdOutage.Kind kind, @TempDir Path folder) {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        try (EtcdOutage etcd = kind.in(folder);
                Site site = new Site(servers, folder);
                TopicReader reader = site.reader(site.topic());
                LineWriter writer = new LineWriter(site.log("busy.log"), LINES_PER_SECOND)) {
            String busy = Site.entry(site.log("busy.log"), site.topic());
            etcd.put(site.key(), "[" + busy + "]");
            ConnectorHandle source = site.startSource(worker, etcd.settings());
            source.awaitRunning(1);
            Tally tally = new Tally();
            reader.readLines(tally, writer.lines(), SOON);

            etcd.begin();
            long begunMillis = System.currentTimeMillis();
            readUntilWrittenAt(reader, tally, begunMillis + etcd.length().toMillis());
            etcd.end();
            long inForce = edit(etcd, site, busy);
            readUntilWrittenAt(reader, tally, System.currentTimeMillis());

            reader.readLines(tally, writer.stop(), SOON);
            source.stop();
            reader.readLinesToEnd(tally);
            System.out.printf(
                    "EtcdOutages %s: %s; an edit in force %d ms after etcd's return%n",
                    kind, tally.report(writer.lines()), inForce);
            assertThat(tally.lost(writer.lines())).isZero();
            assertThat(tally.repeated()).isZero();
            assertThat(inForce).isLessThan(IN_FORCE_MAX.toMillis());
        }
    }

    /** Adds a file, and gives the milliseconds from when etcd took that until the file's first line is in Kafka. */
    private static long edit(EtcdOutage etcd, Site site, String busy) {
        Path file = site.log("added.log");
        Site.append(file, "first");
        String list = "[" + busy + "," + Site.entry(file, site.topic("added")) + "]";
        List<String> arrived = new ArrayList<>();
        try (TopicReader reader = site.reader(site.topic("added"))) {
            Awaitility.await()
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .untilAsserted(() -> etcd.put(site.key(), list));
            long putNanos = System.nanoTime();
            reader.readUntil(record -> arrived.add(TopicReader.text(record)), () -> !arrived.isEmpty(), SOON);
            assertThat(arrived).containsExactly("first");
            return Duration.ofNanos(System.nanoTime() - putNanos).toMillis();
        }
    }

    /** Until a line has arrived that the source read at that time. */
    private static void readUntilWrittenAt(TopicReader reader, Tally tally, long millis) {
        long[] lastReadMillis = {0};
        boolean inTime = reader.readUntil(
                record -> {
                    tally.add(TopicReader.text(record));
                    lastReadMillis[0] = record.timestamp();
                },
                () -> lastReadMillis[0] >= millis,
                SOON);
        assertThat(inTime).as("lines go on arriving after " + tally.distinct()).isTrue();
    }
}
