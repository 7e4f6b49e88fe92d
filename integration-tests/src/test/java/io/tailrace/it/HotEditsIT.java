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
import io.tailrace.servers.ServerResponseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edits of the list in etcd, while a file of it is written to without pause. */
@ExtendWith(SharedServers.Extension.class)
class HotEditsIT {

    /** Below what this source does on two cores that it shares, so that it keeps up. */
    private static final Map<Delivery, Long> LINES_PER_SECOND =
            Map.of(Delivery.AT_LEAST_ONCE, 25_000L, Delivery.EXACTLY_ONCE, 10_000L);

    private static final int FILES_ADDED = 3;
    private static final Duration FIRST_LINE_MAX = Duration.ofSeconds(2);
    /**
     * Between two edits. An exactly-once worker that is to stop a task before that has started waits for it in vain, for as
     * long as a graceful stop may take.
     */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(60);

    private final SharedServers servers;

    HotEditsIT(SharedServers servers) {
        this.servers = servers;
    }

    @ParameterizedTest
    @EnumSource
    void everyLineArrivesOnceAndInOrder(Delivery delivery, @TempDir Path folder) {
        Connect worker = servers.worker(delivery);
        try (Site site = new Site(servers, folder);
                TopicReader reader = site.reader(site.topic());
                LineWriter writer = new LineWriter(site.log("busy.log"), LINES_PER_SECOND.get(delivery))) {
            String busy = Site.entry(site.log("busy.log"), site.topic());
            site.collect(busy);
            ConnectorHandle source = site.startSource(worker, Map.of());
            source.awaitRunning(1);
            Tally tally = new Tally();
            reader.readLines(tally, writer.lines(), SOON);

            List<Long> latencies = new ArrayList<>();
            for (int number = 0; number < FILES_ADDED; number++) {
                String name = "added" + number;
                latencies.add(add(site, busy, name));
                readOn(reader, tally);
                site.collect(busy);
                awaitTasks(source, "only " + busy, entries -> !entries.contains(name));
                readOn(reader, tally);
                Site.append(site.log(name + ".log"), "after its removal");
            }
            site.collect(busy.replace("}", ",\"send_rate\":1000}"));
            awaitTasks(source, "a rate", entries -> entries.contains("1000"));
            readOn(reader, tally);
            site.collect(busy);
            awaitTasks(source, "no rate", entries -> !entries.contains("1000"));
            readOn(reader, tally);
            reader.readLines(tally, writer.stop(), SOON);
            source.stop();
            reader.readLinesToEnd(tally);

            System.out.printf(
                    "HotEdits %s: %s; first line of an added file after %s ms%n",
                    delivery, tally.report(writer.lines()), latencies);
            assertThat(tally.lost(writer.lines())).isZero();
            assertThat(tally.repeated()).isZero();
            assertThat(tally.outOfOrder()).isZero();
            for (int number = 0; number < FILES_ADDED; number++) {
                assertThat(lines(site, "added" + number)).containsExactly("first");
            }
            // On a machine that does other things as well it says nothing.
            if (Boolean.getBoolean("tailrace.nightly")) {
                assertThat(latencies).allMatch(millis -> millis < FIRST_LINE_MAX.toMillis());
            }
        }
    }

    /** Adds a file with a topic that doesn't exist yet, and gives the milliseconds until its first line is in Kafka. */
    private static long add(Site site, String busy, String name) {
        Path file = site.log(name + ".log");
        Site.append(file, "first");
        List<String> arrived = new ArrayList<>();
        try (TopicReader reader = site.reader(site.topic(name))) {
            long putNanos = System.nanoTime();
            site.collect(busy, Site.entry(file, site.topic(name)));
            boolean inTime =
                    reader.readUntil(record -> arrived.add(TopicReader.text(record)), () -> !arrived.isEmpty(), SOON);
            long millis = Duration.ofNanos(System.nanoTime() - putNanos).toMillis();
            assertThat(inTime).as("first line of " + file).isTrue();
            return millis;
        }
    }

    private static List<String> lines(Site site, String name) {
        List<String> lines = new ArrayList<>();
        try (TopicReader reader = site.reader(site.topic(name))) {
            reader.readToEnd(record -> lines.add(TopicReader.text(record)));
        }
        return lines;
    }

    /** Until the source has read a line in a while from now: by then the tasks are those of the last edit. */
    private static void readOn(TopicReader reader, Tally tally) {
        long until = System.currentTimeMillis() + SETTLED.toMillis();
        long[] lastReadMillis = {0};
        boolean inTime = reader.readUntil(
                record -> {
                    tally.add(TopicReader.text(record));
                    lastReadMillis[0] = record.timestamp();
                },
                () -> lastReadMillis[0] >= until,
                SOON);
        assertThat(inTime).as("lines go on arriving after " + tally.distinct()).isTrue();
    }

    private static void awaitTasks(ConnectorHandle source, String what, Predicate<String> condition) {
        Awaitility.await("tasks have " + what)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                // In the middle of a rebalance a worker may answer 500.
                .ignoreExceptionsInstanceOf(ServerResponseException.class)
                .until(source::taskEntries, condition);
        source.awaitRunning(1);
    }
}
