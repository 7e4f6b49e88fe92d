package io.tailrace.it.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.WorkerLog;
import io.tailrace.servers.Elasticsearch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An Elasticsearch that speaks HTTPS alone, with a certificate of an authority of its own, and knows its users. */
@ExtendWith(SharedServers.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredElasticsearchIT {

    private static final String ADMIN = "admin";
    private static final String PASSWORD = "admins-secret";
    private static final Map<String, String> ADMINS =
            Map.of("connection.username", ADMIN, "connection.password", PASSWORD);

    private SharedServers servers;
    private Elasticsearch server;

    @BeforeAll
    void start(SharedServers shared) {
        servers = shared;
        server = Elasticsearch.builder()
                .user(ADMIN, PASSWORD, "superuser")
                .user("guest", "guests-secret", "monitoring_user")
                .build();
        server.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void documentsAreWrittenOverTls() {
        try (SinkBench bench = bench("known")) {
            bench.createTopic(1);
            bench.produce(0, 0, 1000, SinkScenarios::document);
            ConnectorHandle sink = bench.startSink(trusting(ADMINS));
            bench.awaitCommitted(sink, 0, 1000);
            assertThat(bench.count()).isEqualTo(1000);
        }
    }

    /** The service may write and not look, so what the target is can't be found out; the server knows it. */
    @Test
    void documentsAreWrittenWithABearerToken() {
        server.request("PUT", "/logs-behind", "{\"aliases\":{\"logs-of-a-service\":{}}}");
        try (SinkBench bench = bench("logs-of-a-service")) {
            bench.createTopic(1);
            bench.produce(0, 0, 1000, SinkScenarios::document);
            Map<String, String> config = trusting(
                    Map.of("connection.bearer.token", server.bearerToken(), "external.resource.usage", "alias_index"));
            assertThat(errors(config)).isEmpty();
            bench.awaitCommitted(bench.startSink(config), 0, 1000);
            assertThat(bench.count()).isEqualTo(1000);
        }
    }

    /** Each on its key, when the configuration is sent to the worker. */
    @Test
    void whatTheServerOrItsCertificateDoesNotLikeIsRefused() {
        String url = server.url().toString();
        String ca = server.authority().toString();
        assertThat(errors(trusting(ADMINS))).isEmpty();
        assertThat(errors(trusting(Map.of()))).containsOnlyKeys("connection.username");
        assertThat(errors(trusting(Map.of("connection.username", ADMIN, "connection.password", "guessed"))))
                .containsOnlyKeys("connection.password")
                .allSatisfy((key, message) -> assertThat(message).doesNotContain("guessed"));
        assertThat(errors(trusting(Map.of("connection.api.key", encoded("nobody:nothing")))))
                .containsOnlyKeys("connection.api.key");
        assertThat(errors(trusting(Map.of("connection.bearer.token", "nothing"))))
                .containsOnlyKeys("connection.bearer.token");
        assertThat(errors(Map.of("connection.url", url))).containsOnlyKeys("tls.ca.file");
        try (Elasticsearch other =
                Elasticsearch.builder().user(ADMIN, PASSWORD, "superuser").build()) {
            assertThat(errors(Map.of(
                            "connection.url",
                            url,
                            "tls.ca.file",
                            other.authority().toString())))
                    .containsOnlyKeys("tls.ca.file");
        }
        String byName = url.replace("127.0.0.1", "localhost");
        assertThat(errors(Map.of("connection.url", byName, "tls.ca.file", ca))).containsOnlyKeys("tls.verify.hostname");
        assertThat(errors(Map.of("connection.url", url.replace("https", "http"))))
                .containsOnlyKeys("connection.url");
    }

    /** What a user may not do is waited for, and nobody's password is in the log. */
    @Test
    void documentsWaitForAUserWhoMayWriteThem() {
        WorkerLog log = new WorkerLog(servers.sinkWorker());
        try (SinkBench bench = bench("allowed")) {
            bench.createTopic(1);
            bench.produce(0, 0, 100, SinkScenarios::document);
            ConnectorHandle sink = bench.startSink(
                    trusting(Map.of("connection.username", "guest", "connection.password", "guests-secret")));
            log.await(SinkBench.PATIENCE, "403 security_exception");
            assertThat(bench.count()).isZero();
            assertThat(sink.states()).containsOnly("RUNNING");
            ConnectorHandle changed = sink.with(ADMINS);
            bench.awaitCommitted(changed, 0, 100);
            assertThat(bench.count()).isEqualTo(100);
            assertThat(log.lines()).noneMatch(line -> line.contains("guests-secret") || line.contains(PASSWORD));
        }
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> trusting(Map<String, String> credentials) {
        Map<String, String> changes = SinkBench.changes(
                "connection.url",
                server.url().toString(),
                "tls.ca.file",
                server.authority().toString());
        changes.putAll(credentials);
        return changes;
    }

    private Map<String, String> errors(Map<String, String> config) {
        return SinkBench.errors(servers.sinkWorker(), config);
    }

    private SinkBench bench(String name) {
        return new SinkBench(name, servers.kafka().bootstrapServers(), servers.sinkWorker(), server);
    }
}
