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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand entries over a hundred tasks of one worker. Each edit adds one entry: one task's configuration changes and no
 * other, and though Connect starts all of the tasks anew, the entry's file is collected soon. How soon depends on the machine
 * and what else it does, and is printed: within 3 s, as a rule, on two processors that have nothing else to do and a worker that
 * has done it before. A connector of a hundred tasks that only make up a record takes 2 s for the same.
 */
@ExtendWith(SharedServers.Extension.class)
@EnabledIfSystemProperty(named = "tailrace.nightly", matches = "true")
class ManyEntriesIT {
    private static final int ENTRIES = 1_000;
    private static final int TASKS = 100;
    /** Which group an entry is in depends on its path, and some may have none. */
    private static final int TASKS_MIN = TASKS - 5;

    /** What runs for the first time is loaded and compiled. */
    private static final int EDITS_BEFORE = 8;

    private static final int EDITS = 7;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration USUALLY_APPLIED_MAX = Duration.ofSeconds(3);
    private static final Duration APPLIED_MAX = Duration.ofSeconds(20);

    private final SharedServers servers;

    ManyEntriesIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void anEntryMoreChangesOneTaskAndIsAppliedSoon(@TempDir Path folder) {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        try (Site site = new Site(servers, folder);
                TopicReader reader = site.reader(site.topic("added"))) {
            List<String> entries = new ArrayList<>();
            for (int number = 0; number < ENTRIES; number++) {
                Path file = site.log("f" + number + ".log");
                Site.append(file, "there");
                entries.add(Site.entry(file, site.topic()));
            }
            long revision = put(site, entries);
            ConnectorHandle source = site.startSource(
                    worker, Map.of("tasks.max", String.valueOf(TASKS), "producer.override.buffer.memory", "1048576"));
            source.awaitRunning(TASKS_MIN);
            awaitApplied(source, revision);

            List<Long> millis = new ArrayList<>();
            Map<String, String> before = source.entriesByGroup();
            for (int edit = 0; edit < EDITS_BEFORE + EDITS; edit++) {
                Path added = site.log("added" + edit + ".log");
                Site.append(added, "first of " + edit);
                entries.add(Site.entry(added, site.topic("added")));
                long putNanos = System.nanoTime();
                revision = put(site, entries);
                awaitLine(reader, "first of " + edit);
                millis.add(Duration.ofNanos(System.nanoTime() - putNanos).toMillis());
                awaitApplied(source, revision);
                before = assertThatOneHasChanged(before, source.entriesByGroup(), added);
            }
            System.out.printf(
                    "ManyEntries: of %d entries in %d tasks, one more after %s ms, the first %d cold%n",
                    ENTRIES, before.size(), millis, EDITS_BEFORE);
            assertThat(millis).allMatch(each -> each < APPLIED_MAX.toMillis());
            List<Long> warm = millis.subList(EDITS_BEFORE, millis.size()).stream()
                    .sorted()
                    .toList();
            assertThat(warm.get(EDITS / 2)).isLessThan(USUALLY_APPLIED_MAX.toMillis());
        }
    }

    private long put(Site site, List<String> entries) {
        return servers.etcd().put(site.key(), "[" + String.join(",", entries) + "]");
    }

    private static void awaitLine(TopicReader reader, String line) {
        List<String> arrived = new ArrayList<>();
        reader.readUntil(record -> arrived.add(TopicReader.text(record)), () -> !arrived.isEmpty(), SOON);
        assertThat(arrived).containsExactly(line);
    }

    /** Until all tasks run, so that the next edit doesn't wait for this one's. */
    private void awaitApplied(ConnectorHandle source, long revision) {
        String key = "/tailrace/status/" + Site.HOST_ID + "/" + source.name();
        Awaitility.await(key)
                .atMost(SOON)
                .until(
                        () -> servers.etcd().get(key).orElse(""),
                        status -> status.contains("\"revision\":" + revision)
                                && status.contains("\"state\":\"APPLIED\""));
    }

    private static Map<String, String> assertThatOneHasChanged(
            Map<String, String> before, Map<String, String> after, Path added) {
        assertThat(after).containsKeys(before.keySet().toArray(String[]::new));
        List<String> changed = after.keySet().stream()
                .filter(group -> !after.get(group).equals(before.get(group)))
                .toList();
        assertThat(changed).hasSize(1);
        assertThat(after.get(changed.get(0))).contains(added.toString());
        return after;
    }
}
