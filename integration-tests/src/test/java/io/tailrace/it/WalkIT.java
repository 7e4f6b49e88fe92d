package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.servers.Connect;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The two lists of entries that people already have, from the edit in etcd to the document in Elasticsearch. */
@ExtendWith(SharedServers.Extension.class)
class WalkIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SharedServers servers;

    WalkIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void linesOfTwoFilesBecomeDocuments(@TempDir Path folder) {
        try (Site site = new Site(servers, folder)) {
            Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
            ConnectorHandle source = site.startSource(worker, Map.of("entries.paths", "/collect_log_conf"));
            site.startSink(worker, Map.of("topics", "web_log")).awaitRunning(1);
            Path xx = site.log("xx.log");
            Path xy = site.log("xy.log");
            servers.etcd()
                    .put(
                            "/collect_log_conf",
                            "[{\"path\":\"%s\",\"topic\":\"web_log\"},{\"path\":\"%s\",\"topic\":\"web_log\"}]"
                                    .formatted(xx, xy));
            source.awaitRunning(1);
            Site.append(xx, "{\"time\":\"123\",\"code\":\"200\",\"msg\":\"ok\"}");
            Site.append(xy, "{\"time\":\"321\",\"code\":\"500\",\"msg\":\"not ok\"}");

            site.awaitDocuments("web_log", 2, SOON);
            JsonNode ok = onlyDocument("web_log", "time", "123");
            assertThat(ok.path("code").asText()).isEqualTo("200");
            assertThat(ok.path("msg").asText()).isEqualTo("ok");
            assertThat(ok.path("log.file.path").asText()).isEqualTo(xx.toString());
            JsonNode notOk = onlyDocument("web_log", "time", "321");
            assertThat(notOk.path("code").asText()).isEqualTo("500");
            assertThat(notOk.path("msg").asText()).isEqualTo("not ok");
            assertThat(notOk.path("log.file.path").asText()).isEqualTo(xy.toString());
        } finally {
            servers.etcd().delete("/collect_log_conf");
        }
    }

    @Test
    void aHostIsToldByItsAddress(@TempDir Path folder) throws SocketException {
        String address = globalAddress()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "This machine has no address but loopback and link-local ones, so keys by address mean nothing on it;"
                                        + " give it one, such as: ip link add dummy0 type dummy; ip addr add 192.0.2.1/32 dev dummy0"));
        String key = "/logagent/" + address + "/logconfig";
        try (Site site = new Site(servers, folder)) {
            Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
            String templates = "/logagent/all/logconfig,/logagent/{hostname}/logconfig,/logagent/{ip}/logconfig";
            ConnectorHandle source = site.startSource(worker, Map.of("entries.paths", templates));
            site.startSink(worker, Map.of()).awaitRunning(1);
            Path file = site.log("access.log");
            Site.append(file, "GET / 200");
            servers.etcd()
                    .put(
                            key,
                            "[{\"service\":\"nginx\",\"log_path\":\"%s/*.log\",\"topic\":\"%s\",\"send_rate\":1000}]"
                                    .formatted(file.getParent(), site.topic()));
            source.awaitRunning(1);

            site.awaitDocuments(1, SOON);
            JsonNode document = onlyDocument(site.topic(), "message", "GET");
            assertThat(document.path("message").asText()).isEqualTo("GET / 200");
            assertThat(document.path("service.name").asText()).isEqualTo("nginx");
            assertThat(document.path("log.file.path").asText()).isEqualTo(file.toString());
            assertThat(document.path("host.name").asText()).isNotEmpty();
            assertThat(document.path("host.ip").toString()).contains(address);
            assertThat(document.path("@timestamp").asText()).isNotEmpty();
        } finally {
            servers.etcd().delete(key);
        }
    }

    /** The first one that is neither loopback nor link-local: IPv4 if there is one, since IPv6 has many spellings. */
    private static Optional<String> globalAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    private JsonNode onlyDocument(String index, String field, String word) {
        JsonNode hits = servers.elasticsearch()
                .request(
                        "POST",
                        "/" + index + "/_search",
                        "{\"query\":{\"match\":{\"" + field + "\":\"" + word + "\"}}}")
                .at("/hits/hits");
        assertThat(hits).hasSize(1);
        return hits.get(0).path("_source");
    }
}
