package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.TopicReader;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A thousand entries over a hundred tasks of one worker; a put is applied within 3 s. */
@ExtendWith(SharedServers.Extension.class)
@EnabledIfSystemProperty(named = "tailrace.nightly", matches = "true")
class ManyEntriesIT {
    private static final int ENTRIES = 1_000;
    private static final int TASKS = 100;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration APPLIED_MAX = Duration.ofSeconds(3);

    private final SharedServers servers;

    ManyEntriesIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void aPutIsAppliedSoon(@TempDir Path folder) {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        try (Site site = new Site(servers, folder)) {
            Site.append(site.log("f0.log"), "there");
            servers.etcd().put(site.key(), list(site, ""));
            ConnectorHandle source = site.startSource(
                    worker, Map.of("tasks.max", String.valueOf(TASKS), "producer.override.buffer.memory", "1048576"));
            source.awaitRunning(TASKS);
            Path added = site.log("added.log");
            Site.append(added, "first");
            List<String> arrived = new ArrayList<>();
            try (TopicReader reader = site.reader(site.topic("added"))) {
                long putNanos = System.nanoTime();
                servers.etcd().put(site.key(), list(site, "," + Site.entry(added, site.topic("added"))));
                reader.readUntil(record -> arrived.add(TopicReader.text(record)), () -> !arrived.isEmpty(), SOON);
                long millis = Duration.ofNanos(System.nanoTime() - putNanos).toMillis();
                System.out.printf(
                        "ManyEntries: of %d entries in %d tasks, one more after %d ms%n", ENTRIES, TASKS, millis);
                assertThat(arrived).containsExactly("first");
                assertThat(millis).isLessThan(APPLIED_MAX.toMillis());
            }
        }
    }

    private static String list(Site site, String more) {
        return IntStream.range(0, ENTRIES)
                .mapToObj(number -> Site.entry(site.log("f" + number + ".log"), site.topic()))
                .collect(Collectors.joining(",", "[", more + "]"));
    }
}
