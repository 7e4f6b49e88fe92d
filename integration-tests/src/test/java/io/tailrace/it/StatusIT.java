package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.servers.Connect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an operator finds in etcd about a host. */
@ExtendWith(SharedServers.Extension.class)
class StatusIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(20);

    private final SharedServers servers;

    StatusIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void itTellsOfEachKeyAndFileAndIsGoneWithTheHost(@TempDir Path folder) throws Exception {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        try (Site site = new Site(servers, folder)) {
            Path log = site.log("a.log");
            Site.append(log, "one line");
            String list = "[" + Site.entry(log, site.topic()) + "]";
            long first = servers.etcd().put(site.key(), list);
            ConnectorHandle source = site.startSource(worker, Map.of());
            String key = "/tailrace/status/" + Site.HOST_ID + "/" + source.name();

            JsonNode status = await(key, found -> found.path("state").asText().equals("APPLIED"));
            assertThat(status.at("/keys/0/key").asText()).isEqualTo(site.key());
            assertThat(status.at("/keys/0/revision").asLong()).isEqualTo(first);
            assertThat(status.at("/host/id").asText()).isEqualTo(Site.HOST_ID);
            assertThat(status.path("version").asText()).isNotEmpty();
            long size = Files.size(log);
            awaitFile(
                    key,
                    file -> file.path("position").asLong() == size
                            && file.path("lag_bytes").asLong() == 0);

            long bad = servers.etcd().put(site.key(), "[{\"path\":\"/etc/shadow\",\"topic\":\"x\"}]");
            status = await(key, found -> found.path("state").asText().equals("FAILED"));
            assertThat(status.at("/keys/0/revision").asLong()).isEqualTo(bad);
            assertThat(status.at("/keys/0/revision_in_force").asLong()).isEqualTo(first);
            assertThat(status.at("/keys/0/errors/0").asText())
                    .contains("entry 1, field 'path', value \"/etc/shadow\": lies outside of allowed.paths");
            assertThat(source.states()).containsOnly("RUNNING");

            long again = servers.etcd().put(site.key(), list);
            status = await(key, found -> found.path("state").asText().equals("APPLIED"));
            assertThat(status.at("/keys/0/revision").asLong()).isEqualTo(again);

            worker.kill();
            long killedNanos = System.nanoTime();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> servers.etcd().get(key).isEmpty() && files(key).isEmpty());
            System.out.printf(
                    "Status: gone %d ms after the host's death%n",
                    Duration.ofNanos(System.nanoTime() - killedNanos).toMillis());
        }
    }

    private JsonNode await(String key, Predicate<JsonNode> condition) {
        return Awaitility.await(key).atMost(SOON).until(() -> status(key), condition);
    }

    private void awaitFile(String key, Predicate<JsonNode> condition) {
        Awaitility.await(key)
                .atMost(SOON)
                .until(() -> files(key), files -> files.stream().anyMatch(condition));
    }

    /** The files that the tasks tell of. */
    private List<JsonNode> files(String key) {
        return IntStream.range(0, 2)
                .mapToObj(task -> status(key + "/task-" + task).at("/streams/0"))
                .filter(file -> !file.isMissingNode())
                .toList();
    }

    private JsonNode status(String key) {
        return servers.etcd().get(key).map(StatusIT::parse).orElse(MissingNode.getInstance());
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }
}
