package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.TopicReader;
import io.tailrace.it.support.WorkerLog;
import io.tailrace.it.support.WorkerMetrics;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are refused: the worker's log says which entry, which field and why, and the last good list goes on. */
@ExtendWith(SharedServers.Extension.class)
class BadEntriesIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SharedServers servers;

    BadEntriesIT(SharedServers servers) {
        this.servers = servers;
    }

    private record Bad(String list, List<String> named) {}

    @Test
    void aBadListIsNamedAndTheLastGoodOneGoesOn(@TempDir Path folder) {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        try (Site site = new Site(servers, folder);
                TopicReader reader = site.reader(site.topic());
                WorkerMetrics metrics = new WorkerMetrics(worker)) {
            Path file = site.log("app.log");
            String good = Site.entry(file, site.topic());
            site.collect(good);
            ConnectorHandle source = site.startSource(worker, Map.of("allowed.topics", site.topic() + ".*"));
            source.awaitRunning(1);
            List<String> expected = new ArrayList<>(List.of("before"));
            List<String> arrived = new ArrayList<>();
            appendAndRead(file, "before", reader, arrived);

            for (Bad bad : badLists(good, site)) {
                WorkerLog log = new WorkerLog(worker);
                servers.etcd().put(site.key(), bad.list());
                List<String> parts = new ArrayList<>(bad.named());
                parts.add("ERROR");
                parts.add(site.key());
                System.out.println("BadEntries: " + log.await(SOON, parts.toArray(String[]::new)));
                appendAndRead(file, "after " + bad.list(), reader, arrived);
                expected.add("after " + bad.list());
                // Connect has no state for this; the log, the metric and the status in etcd tell of it.
                assertThat(source.states()).containsOnly("RUNNING");
                awaitRefusedKeys(metrics, source, 1);
            }
            site.collect(good, Site.entry(site.log("other.log"), site.topic()));
            awaitRefusedKeys(metrics, source, 0);
            appendAndRead(site.log("other.log"), "the next good list", reader, arrived);
            expected.add("the next good list");
            assertThat(arrived).containsExactlyElementsOf(expected);
        }
    }

    private static void awaitRefusedKeys(WorkerMetrics metrics, ConnectorHandle source, int count) {
        String bean = "kafka.connect:type=plugins,connector=" + source.name();
        Awaitility.await(bean)
                .atMost(SOON)
                .until(() -> metrics.attributes(bean).get("refused-keys") instanceof Number refused
                        && refused.intValue() == count);
    }

    private static List<Bad> badLists(String good, Site site) {
        String topic = site.topic();
        Path other = site.log("other.log");
        return List.of(
                bad(good, "{\"path\":\"" + other + "\",\"topic\":\"" + topic + "\",\"colour\":\"red\"}", "colour"),
                bad(good, "{\"path\":\"" + other + "\"}", "entry 2", "topic"),
                bad(
                        good,
                        "{\"path\":\"" + other + "\",\"topic\":\"" + topic + "\",\"send_rate\":\"x\"}",
                        "send_rate",
                        "\"x\""),
                new Bad("[" + good + ",{", List.of("JSON")),
                new Bad("{\"path\":\"" + other + "\"}", List.of("the list")),
                bad(good, Site.entry(Path.of("/etc/shadow"), topic), "entry 2", "/etc/shadow", "allowed.paths"),
                bad(
                        good,
                        Site.entry(other.resolveSibling("../../secret.log"), topic),
                        "entry 2",
                        "secret.log",
                        "allowed.paths"),
                bad(good, Site.entry(other, "another-topic"), "entry 2", "another-topic", "allowed.topics"),
                bad(good, Site.entry(other, "__consumer_offsets"), "entry 2", "__consumer_offsets", "internal"));
    }

    private static Bad bad(String good, String entry, String... named) {
        return new Bad("[" + good + "," + entry + "]", List.of(named));
    }

    private static void appendAndRead(Path file, String line, TopicReader reader, List<String> arrived) {
        Site.append(file, line);
        int count = arrived.size() + 1;
        boolean inTime =
                reader.readUntil(record -> arrived.add(TopicReader.text(record)), () -> arrived.size() >= count, SOON);
        assertThat(inTime).as("'%s' after %s", line, arrived).isTrue();
    }
}
