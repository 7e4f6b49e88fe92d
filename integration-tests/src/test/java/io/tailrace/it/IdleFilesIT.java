package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.LineWriter;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.Tally;
import io.tailrace.it.support.TopicReader;
import io.tailrace.it.support.WorkerMetrics;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 24 of tailing: 10,000 idle files beside a hot one cost next to nothing, and delay nobody. */
@ExtendWith(SharedServers.Extension.class)
class IdleFilesIT {

    private static final boolean NIGHTLY = Boolean.getBoolean("tailrace.nightly");
    private static final int FILES = 10_000;
    private static final int IDLE_LINES = NIGHTLY ? 100 : 10;
    private static final Duration WINDOW = Duration.ofSeconds(NIGHTLY ? 60 : 4);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Files that were just read are looked at for ten seconds, and code that was just run is compiled. */
    private static final Duration SETTLING = Duration.ofSeconds(NIGHTLY ? 60 : 11);

    /** Otherwise the machine may be busy, which makes the same work cost more and take longer. */
    private static final double MOST_PERCENT = NIGHTLY ? 2 : 20;

    private static final Duration MOST_LATENCY = Duration.ofMillis(NIGHTLY ? 1500 : 15_000);

    private final SharedServers servers;

    IdleFilesIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void tenThousandIdleFilesBesideAHotOne(@TempDir Path folder) {
        try (Site site = new Site(servers, folder)) {
            Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
            for (int i = 0; i < FILES; i++) {
                Site.append(idle(site, i), LineWriter.line("idle", i));
            }
            String topic = site.topic("idle");
            site.collect(Site.entry(site.log("*.log"), topic), Site.entry(site.log("hot.txt"), site.topic("hot")));
            ConnectorHandle source = site.startSource(worker, Map.of("tasks.max", "1"));
            source.awaitRunning(1);
            try (TopicReader idle = site.reader(topic)) {
                Tally tally = new Tally();
                idle.readLines(tally, FILES, PATIENCE);
                pass(SETTLING);
                double idling = cpuPercent(worker, "task-thread-" + source.name());
                print("%d idle files cost the task %.2f %% of a core", FILES, idling);
                assertThat(idling).isBetween(0.01, MOST_PERCENT);
                print("first lines of idle files, nothing else going on: %s", firstLines(site, idle, tally, FILES));
                try (LineWriter hot = new LineWriter(site.log("hot.txt"), 1000)) {
                    print(
                            "first lines of idle files beside 1,000 lines/s: %s",
                            firstLines(site, idle, tally, FILES + IDLE_LINES));
                    try (TopicReader reader = site.reader(site.topic("hot"))) {
                        reader.readLines(new Tally(), hot.stop(), PATIENCE);
                    }
                }
            }
        }
    }

    private static Path idle(Site site, int number) {
        return site.log("idle-%05d.log".formatted(number));
    }

    /** How much of a core a thread has used in a while in which nothing was asked of it. */
    private static double cpuPercent(Connect worker, String thread) {
        try (WorkerMetrics metrics = new WorkerMetrics(worker)) {
            Duration before = metrics.cpuTime(thread);
            long begin = System.nanoTime();
            pass(WINDOW);
            Duration used = metrics.cpuTime(thread).minus(before);
            return 100.0 * used.toNanos() / (System.nanoTime() - begin);
        }
    }

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).timeout(time.multipliedBy(3)).until(() -> true);
    }

    private static String firstLines(Site site, TopicReader topic, Tally tally, int already) {
        Random random = new Random(already);
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < IDLE_LINES; i++) {
            int number = already + i;
            long begin = System.nanoTime();
            Site.append(idle(site, random.nextInt(FILES)), LineWriter.line("idle", number));
            topic.readLines(tally, number + 1L, PATIENCE);
            millis.add((System.nanoTime() - begin) / 1_000_000);
        }
        millis.sort(null);
        long slowest = millis.get(IDLE_LINES - 1);
        assertThat(slowest).isLessThan(MOST_LATENCY.toMillis());
        return "median %d ms, slowest %d ms".formatted(millis.get(IDLE_LINES / 2), slowest);
    }

    private static void print(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
