package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.LineWriter;
import io.tailrace.it.support.RandomEdits;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.Tally;
import io.tailrace.it.support.TopicReader;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random edits while eight files are written at full speed: adding and removing files, rates, topics, lists that are refused, the
 * key deleted and restored. Full speed is what the source, the broker and this reader can follow: each file is always some
 * thousand lines ahead, so that tasks never find one read to its end. How long it takes is a system property; the nightly
 * profile makes 200 edits in 60 s.
 */
@ExtendWith(SharedServers.Extension.class)
class EditsUnderLoadIT {
    private static final int FILES = 8;
    /** How many lines a file may be ahead of what has arrived: some hundred milliseconds' worth. */
    private static final long LINES_AHEAD = 10_000;

    private static final String SOURCE = "\"source\":\"";
    private static final int SECONDS = Integer.getInteger("tailrace.edits.seconds", 15);
    private static final long MILLIS_PER_EDIT = 300;
    private static final int WARM_UP_EDITS = 20;
    private static final long SEED = Long.getLong("tailrace.edits.seed", System.nanoTime());
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration FIRST_LINE_MAX = Duration.ofSeconds(2);

    private final SharedServers servers;
    private final Map<String, Tally> tallies = new HashMap<>();
    /** What the tallies of the files that stay have seen, for the threads of their writers. */
    private final Map<String, AtomicLong> arrived = new ConcurrentHashMap<>();

    private final Map<String, Long> firstLineMillis = new HashMap<>();

    EditsUnderLoadIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void noLineIsLostAndNoneComesTwice(@TempDir Path folder) {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        List<LineWriter> writers = new ArrayList<>();
        try (Site site = new Site(servers, folder);
                TopicReader one = site.reader(site.topic());
                TopicReader other = site.reader(site.topic("other"))) {
            RandomEdits edits = new RandomEdits(site, servers.etcd(), new Random(SEED), FILES);
            for (int number = 0; number < FILES; number++) {
                AtomicLong seen = new AtomicLong();
                arrived.put(edits.file(number).getFileName().toString(), seen);
                writers.add(new LineWriter(edits.file(number), () -> seen.get() + LINES_AHEAD));
            }
            edits.restore();
            ConnectorHandle source = site.startSource(worker, Map.of());
            source.awaitRunning(2);
            // Both topics exist from here on, so that no consumer has to find out about a new one.
            edits.useBothTopics();
            readFor(one, other, Duration.ofSeconds(3));
            make(WARM_UP_EDITS, edits, one, other);
            edits.countFromNow();

            long before = written(writers);
            int count = SECONDS * 1_000 / (int) MILLIS_PER_EDIT;
            long startNanos = System.nanoTime();
            make(count, edits, one, other);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            long linesPerSecond = Math.round((written(writers) - before) / seconds);
            edits.restore();
            for (int number = 0; number < FILES; number++) {
                long lines = writers.get(number).stop();
                Tally tally = tally(edits.file(number).getFileName().toString());
                readUntil(one, other, () -> tally.distinct() >= lines);
            }
            readUntil(one, other, () -> firstLineMillis.keySet().containsAll(edits.addedFiles()));
            source.stop();
            one.readToEnd(this::take);
            other.readToEnd(this::take);

            List<Long> latencies = edits.latencies(firstLineMillis);
            System.out.printf(
                    "EditsUnderLoad (seed %d): %d edits in %.0f s, %d lines of %d files (%d lines/s), first line of an added"
                            + " file after p50 %d ms, p99 %d ms (%d of them)%n",
                    SEED,
                    count,
                    seconds,
                    written(writers),
                    FILES,
                    linesPerSecond,
                    percentile(latencies, 50),
                    percentile(latencies, 99),
                    latencies.size());
            for (int number = 0; number < FILES; number++) {
                String name = edits.file(number).getFileName().toString();
                long lines = writers.get(number).lines();
                assertThat(tally(name).lost(lines))
                        .as(name + ": " + tally(name).report(lines))
                        .isZero();
                assertThat(tally(name).repeated())
                        .as(name + ": " + tally(name).report(lines))
                        .isZero();
            }
            // On a machine that does other things as well it says nothing: a restart of tasks alone may take seconds
            // there.
            if (Boolean.getBoolean("tailrace.nightly")) {
                assertThat(percentile(latencies, 99)).isLessThan(FIRST_LINE_MAX.toMillis());
            }
        } finally {
            writers.forEach(LineWriter::close);
        }
    }

    private void make(int count, RandomEdits edits, TopicReader one, TopicReader other) {
        long startNanos = System.nanoTime();
        for (int number = 0; number < count; number++) {
            edits.next();
            Duration left =
                    Duration.ofMillis((number + 1) * MILLIS_PER_EDIT).minusNanos(System.nanoTime() - startNanos);
            readFor(one, other, left);
        }
    }

    private static long written(List<LineWriter> writers) {
        return writers.stream().mapToLong(LineWriter::lines).sum();
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private void readFor(TopicReader one, TopicReader other, Duration time) {
        long endNanos = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < endNanos) {
            one.readUntil(this::take, () -> false, Duration.ofMillis(50));
            other.readUntil(this::take, () -> false, Duration.ofMillis(50));
        }
    }

    private void readUntil(TopicReader one, TopicReader other, BooleanSupplier enough) {
        long endNanos = System.nanoTime() + SOON.toNanos();
        while (!enough.getAsBoolean()) {
            assertThat(System.nanoTime()).as("lines arrive in time").isLessThan(endNanos);
            readFor(one, other, Duration.ofMillis(100));
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String line = TopicReader.text(record);
        if (line.startsWith("{")) {
            int begin = line.indexOf(SOURCE) + SOURCE.length();
            String name = line.substring(begin, line.indexOf('"', begin));
            Tally tally = tally(name);
            tally.add(line);
            arrived.get(name).set(tally.distinct());
        } else {
            // When the source made the record, which is when it read the line.
            firstLineMillis.putIfAbsent(line, record.timestamp());
        }
    }

    private Tally tally(String file) {
        return tallies.computeIfAbsent(file, name -> new Tally());
    }
}
