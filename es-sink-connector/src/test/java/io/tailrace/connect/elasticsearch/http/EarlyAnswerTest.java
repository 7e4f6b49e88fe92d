package io.tailrace.connect.elasticsearch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.support.ImmediateResponseExchangeHandler;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A balancer that would speak HTTP/2, and refuses a body as soon as it sees its length. */
class EarlyAnswerTest {

    @TempDir
    private static Path folder;

    /** Over HTTP/2 the client waits for ever then: to send the rest of a body that nobody reads. */
    @Test
    void isHeardWhateverVersionTheServerWouldSpeak() throws Exception {
        Certificates local = Certificates.create(folder, "local", "ip:127.0.0.1");
        HttpAsyncServer server = H2ServerBootstrap.bootstrap()
                .setVersionPolicy(HttpVersionPolicy.NEGOTIATE)
                .setTlsStrategy(new H2ServerTlsStrategy(local.context(local)))
                .setRequestRouter((request, context) -> () -> new ImmediateResponseExchangeHandler(413, "too large"))
                .create();
        server.start();
        var listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTPS)
                .get();
        int port = ((InetSocketAddress) listener.getAddress()).getPort();
        Map<String, String> properties = Map.of(
                "connection.url",
                "https://127.0.0.1:" + port,
                "tls.ca.file",
                local.certFile().toString());
        try (RestTransport transport =
                new RestTransport("early", SinkConfig.parse(properties).connection())) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            transport.send(body(), true, answer::complete);
            assertThat(answer.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Answer.Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(413));
        } finally {
            server.close(CloseMode.IMMEDIATE);
        }
    }

    private static BulkBody body() {
        byte[] action = "{}\n".getBytes(StandardCharsets.US_ASCII);
        return new BulkBody(
                Collections.nCopies(3, new Operation(null, null, "a", action, new byte[1_000_000], null, null)));
    }
}
