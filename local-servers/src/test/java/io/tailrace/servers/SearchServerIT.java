package io.tailrace.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SearchServerIT {

    @Test
    void elasticsearchKeepsDocumentsOverDeathAndPause() {
        keepsDocumentsOverDeathAndPause(Elasticsearch::create);
    }

    @Test
    void openSearchKeepsDocumentsOverDeathAndPause() {
        keepsDocumentsOverDeathAndPause(OpenSearch::create);
    }

    @Test
    void letsInWhomItKnows() throws IOException {
        Elasticsearch.Builder builder =
                Elasticsearch.builder().user("me", "my-secret", "superuser").user("other", "others-secret", "viewer");
        try (Elasticsearch server = builder.build()) {
            server.start();
            server.request("PUT", "/lines/_doc/1?refresh=true", "{}");
            assertThat(server.count("lines")).isEqualTo(1);
            assertThat(server.authority()).content().startsWith("-----BEGIN CERTIFICATE-----");
            SSLContext trusting = Authority.at(server.authority()).context();
            JsonHttp stranger =
                    new JsonHttp(server.url(), Duration.ofSeconds(10), client -> client.sslContext(trusting), Map.of());
            assertThatThrownBy(() -> stranger.send("GET", "/_cluster/health", Optional.empty()))
                    .isInstanceOfSatisfying(
                            ServerResponseException.class,
                            e -> assertThat(e.status()).isEqualTo(401));
        }
    }

    @Test
    void saysWhyItDoesNotStart() {
        try (Elasticsearch server =
                Elasticsearch.builder().property("no.such", "setting").build()) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("no.such");
        }
    }

    private static void keepsDocumentsOverDeathAndPause(Supplier<SearchServer> create) {
        SearchServer server = create(create);
        ProcessHandle process;
        try (server) {
            server.start();
            process = ProcessHandle.of(server.pid()).orElseThrow();
            URI url = server.url();
            assertThat(server.count("lines")).isZero();
            server.request("PUT", "/lines/_doc/1", "{\"message\":\"one\"}");
            server.refresh("lines");
            assertThat(server.count("lines")).isEqualTo(1);

            server.pause();
            assertThatThrownBy(() -> server.count("lines"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class);
            server.resume();
            assertThat(server.count("lines")).isEqualTo(1);

            server.kill();
            assertThat(process.isAlive()).isFalse();
            server.start();
            assertThat(server.url()).isEqualTo(url);
            assertThat(server.count("lines")).isEqualTo(1);
            assertThat(server.request("GET", "/lines/_doc/1", "")
                            .at("/_source/message")
                            .asText())
                    .isEqualTo("one");
            process = ProcessHandle.of(server.pid()).orElseThrow();
            server.stop();
            assertThat(server.isRunning()).isFalse();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(server.directory()).doesNotExist();
    }

    private static SearchServer create(Supplier<SearchServer> create) {
        try {
            return create.get();
        } catch (MissingJavaException e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
