package io.tailrace.connect.elasticsearch.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that come about, and what is said of those that don't, with servers of all kinds. */
class ConnectionCheckTest {

    private static final String ERROR = "{\"error\":{\"type\":\"action_request_validation_exception\"}}";

    @TempDir
    private static Path folder;

    private static Certificates local;
    private static Certificates elsewhere;
    private static Certificates client;

    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void makeCertificates() {
        local = Certificates.create(folder, "local", "ip:127.0.0.1");
        elsewhere = Certificates.create(folder, "elsewhere", "dns:es.example");
        client = Certificates.create(folder, "client", "dns:client");
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void aServerThatRefusesAnEmptyBulkRequestIsAsItShouldBe() throws Exception {
        assertThat(key(Map.of("connection.url", plain(400)))).isEmpty();
        assertThat(key(Map.of("connection.url", plain(429)))).isEmpty();
        assertThat(key(Map.of("connection.url", plain(400, "<html>")))).isEqualTo("connection.url");
        assertThat(key(Map.of("connection.url", plain(400, "")))).isEqualTo("connection.url");
        assertThat(key(Map.of("connection.url", plain(404)))).isEqualTo("connection.url");
        assertThat(key(Map.of("connection.url", plain(301)))).isEqualTo("connection.url");
    }

    @Test
    void nobodyThere() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(key(Map.of("connection.url", "http://127.0.0.1:" + closed))).isEqualTo("connection.url");
        assertThat(key(Map.of("connection.url", "http://127.0.0.1:" + closed + "," + plain(400))))
                .isEmpty();
        assertThat(key(Map.of("connection.url", "http://no.such.host.invalid"))).isEqualTo("connection.url");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            assertThat(key(Map.of("connection.url", url, "read.timeout.ms", "300")))
                    .isEqualTo("connection.url");
        }
    }

    @Test
    void credentialsThatAreNotTaken() throws Exception {
        String url = plain(401);
        assertThat(key(Map.of("connection.url", url))).isEqualTo("connection.username");
        assertThat(key(Map.of("connection.url", url, "connection.username", "a", "connection.password", "b")))
                .isEqualTo("connection.password");
        assertThat(key(Map.of("connection.url", url, "connection.api.key", "a")))
                .isEqualTo("connection.api.key");
        assertThat(key(Map.of("connection.url", url, "connection.bearer.token", "a")))
                .isEqualTo("connection.bearer.token");
    }

    @Test
    void authorities() throws Exception {
        String url = tls(local, false);
        String ca = local.certFile().toString();
        assertThat(key(Map.of("connection.url", url))).isEqualTo("tls.ca.file");
        assertThat(key(Map.of("connection.url", url, "tls.ca.file", ca))).isEmpty();
        assertThat(key(Map.of(
                        "connection.url",
                        url,
                        "tls.ca.file",
                        elsewhere.certFile().toString())))
                .isEqualTo("tls.ca.file");
        assertThat(key(Map.of(
                        "connection.url",
                        url,
                        "elastic.https.ssl.truststore.location",
                        local.storeFile().toString(),
                        "elastic.https.ssl.truststore.password",
                        "wrong",
                        "elastic.https.ssl.truststore.type",
                        "PKCS12")))
                .isEqualTo("elastic.https.ssl.truststore.location");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "no certificate");
        assertThat(key(Map.of("connection.url", url, "tls.ca.file", garbage.toString())))
                .isEqualTo("tls.ca.file");
    }

    @Test
    void namesOfHosts() throws Exception {
        String url = tls(elsewhere, false);
        String ca = elsewhere.certFile().toString();
        assertThat(key(Map.of("connection.url", url, "tls.ca.file", ca))).isEqualTo("tls.verify.hostname");
        assertThat(key(Map.of("connection.url", url, "tls.ca.file", ca, "tls.verify.hostname", "false")))
                .isEmpty();
    }

    @Test
    void certificatesOfOurOwn() throws Exception {
        String url = tls(local, true);
        String ca = local.certFile().toString();
        assertThat(key(Map.of("connection.url", url, "tls.ca.file", ca))).isEqualTo("connection.url");
        assertThat(key(Map.of(
                        "connection.url",
                        url,
                        "tls.ca.file",
                        ca,
                        "tls.cert.file",
                        client.certFile().toString(),
                        "tls.key.file",
                        client.keyFile().toString())))
                .isEmpty();
        assertThat(key(Map.of(
                        "connection.url",
                        url,
                        "tls.ca.file",
                        ca,
                        "elastic.https.ssl.keystore.location",
                        client.storeFile().toString(),
                        "elastic.https.ssl.keystore.password",
                        Certificates.PASSWORD,
                        "elastic.https.ssl.keystore.type",
                        "PKCS12")))
                .isEmpty();
    }

    @Test
    void proxies() throws Exception {
        String port = plain(400).replaceAll(".*:", "");
        Map<String, String> config = new HashMap<>(Map.of(
                "connection.url", "http://es.behind.invalid:9200", "proxy.host", "127.0.0.1", "proxy.port", port));
        assertThat(key(config)).isEmpty();
        assertThat(seen).anyMatch(request -> request.contains("es.behind.invalid"));
        config.put("proxy.port", proxyWithPassword());
        assertThat(key(config)).isEqualTo("proxy.password");
        config.putAll(Map.of("proxy.username", "me", "proxy.password", "secret"));
        assertThat(key(config)).isEmpty();
        config.putAll(Map.of("proxy.host", "no.such.proxy.invalid"));
        assertThat(key(config)).isEqualTo("proxy.host");
    }

    /** The writer may find its client dead because its task has just closed it. */
    @Test
    void aTransportThatWasClosedIsNotOpenedAgain() throws Exception {
        String url = plain(400);
        RestTransport transport = new RestTransport(
                "closed-for-good",
                SinkConfig.parse(Map.of("connection.url", url)).connection());
        transport.close();
        transport.reopen();
        assertThat(transport.isRunning())
                .as("what was closed hasn't died: nobody needs to do or say anything")
                .isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("closed-for-good"));
    }

    /** The key to blame, or nothing. */
    private static String key(Map<String, String> properties) {
        return ConnectionCheck.run(SinkConfig.parse(properties).connection())
                .map(ConnectionCheck.Finding::key)
                .orElse("");
    }

    private String plain(int status) throws IOException {
        return plain(status, ERROR);
    }

    private String plain(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        return "http://127.0.0.1:" + started(server, status, body);
    }

    private String proxyWithPassword() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = exchange.getRequestHeaders().containsKey("Proxy-Authorization");
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            answer(exchange, known ? 400 : 407, ERROR);
        });
        server.start();
        servers.add(server);
        return Integer.toString(server.getAddress().getPort());
    }

    private String tls(Certificates certificate, boolean mutual) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = certificate.context(client);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(mutual);
                parameters.setSSLParameters(ssl);
            }
        });
        return "https://127.0.0.1:" + started(server, 400, ERROR);
    }

    private int started(HttpServer server, int status, String body) {
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host"));
            answer(exchange, status, body);
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
        exchange.close();
    }
}
