package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.WorkerLog;
import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Values that a worker takes from etcd for the configuration of any connector, and who gets to see them. */
@ExtendWith(SharedServers.Extension.class)
class SecretsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PASSWORD = "correct-horse-battery";
    private static final String VARIABLE = "${etcd:/connect/es:password}";

    private final SharedServers servers;

    SecretsIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void aSinkTakesItsConnectionFromEtcdAndNobodyElseSeesIt(@TempDir Path folder) {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        String url = servers.elasticsearch().url().toString();
        servers.etcd()
                .put(
                        "/connect/es",
                        "{\"url\":\"%s\",\"username\":\"tailrace\",\"password\":\"%s\"}".formatted(url, PASSWORD));
        WorkerLog log = new WorkerLog(worker);
        try (Site site = new Site(servers, folder)) {
            ConnectorHandle sink = site.startSink(
                    worker,
                    Map.of(
                            "connection.url", "${etcd:/connect/es:url}",
                            "connection.username", "${etcd:/connect/es:username}",
                            "connection.password", VARIABLE));
            sink.awaitRunning(1);
            Path file = site.log("app.log");
            // Whoever may edit entries must not be able to read the worker's secrets through them.
            site.collect("{\"path\":\"%s\",\"topic\":\"%s\",\"service\":\"%s\",\"fields\":{\"stolen\":\"%s\"}}"
                    .formatted(file, site.topic(), VARIABLE, VARIABLE));
            site.startSource(worker, Map.of());
            Site.append(file, "a line");

            site.awaitDocuments(1, SOON);
            JsonNode document = servers.elasticsearch()
                    .request("GET", "/" + site.topic() + "/_search", "")
                    .at("/hits/hits/0/_source");
            assertThat(document.path("message").asText()).isEqualTo("a line");
            assertThat(document.path("service.name").asText()).isEqualTo(VARIABLE);
            assertThat(document.path("stolen").asText()).isEqualTo(VARIABLE);
            assertThat(worker.tasks(sink.name()).toString()).contains(VARIABLE).doesNotContain(PASSWORD);
            assertThat(log.lines()).noneMatch(line -> line.contains(PASSWORD));
        }
    }
}
