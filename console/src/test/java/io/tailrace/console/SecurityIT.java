package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.console.Client.Answer;
import io.tailrace.servers.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** What strangers, other sites and viewers try. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityIT {
    private static final String MARKUP = "</script><img src=x onerror=alert(1)>\u001b[31m\"'&";
    private static final String KEY = "/entries/logagent/x/logconfig";
    private static final Map<String, Object> LIST = Map.of("text", "[]");

    private Path folder;
    private Fixture fixture;
    private Console console;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        fixture = new Fixture();
        Path users = folder.resolve("users.properties");
        Files.writeString(
                users,
                "alice=editor:" + hash("alice-pass") + "\nvic=viewer:" + hash("vic-pass") + "\nbob=editor:"
                        + hash("bob-pass") + "\n");
        console = fixture.console("auth.mode", "users", "auth.users.file", users.toString());
    }

    @AfterAll
    void stop() {
        console.close();
        fixture.close();
    }

    /** A cheap one, so that the tests don't wait. */
    private static String hash(String password) {
        return BCrypt.hashpw(password, BCrypt.gensalt(4));
    }

    private Client client() {
        return new Client(console.port());
    }

    private Client alice() {
        Client client = client();
        assertThat(client.login("alice", "alice-pass").status()).isEqualTo(200);
        return client;
    }

    @Test
    void whoHasNotLoggedInSeesNothing() {
        Client client = client().open();
        Set<Integer> answers = new TreeSet<>();
        console.routes().stream()
                .filter(route -> !Set.of("/session", "/login", "/logout", "/openapi.json")
                        .contains(route.path()))
                .forEach(route ->
                        answers.add(client.send(route.method(), route.path().replaceAll("[{<][a-z]+[>}]", "x"), null)
                                .status()));
        assertThat(answers).containsExactly(401);
    }

    @Test
    void aViewerLooksAndChangesNothing() {
        Client vic = client();
        assertThat(vic.login("vic", "vic-pass").json().path("role").asText()).isEqualTo("viewer");
        assertThat(vic.get("/hosts").status()).isEqualTo(200);
        assertThat(vic.send("PUT", KEY, LIST, "If-None-Match", "*").type()).isEqualTo("forbidden");
        assertThat(vic.send("POST", "/services", Map.of()).status()).isEqualTo(403);
        assertThat(vic.send("POST", "/rollback", Map.of()).status()).isEqualTo(403);
        assertThat(vic.send("POST", "/validate", Map.of("key", "/logagent/x/logconfig", "text", "[]"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aLoginBeginsASessionOfItsOwnAndALogoutEndsIt() {
        Client client = client();
        Answer first = client.raw("GET", "/api/v1/session", null);
        String given = cookie(first);
        client.open();
        Answer login = client.login("alice", "alice-pass");
        String after = cookie(login);
        assertThat(after).isNotEqualTo(given);
        assertThat(login.header("set-cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        // Who knew the cookie of before knows nothing now.
        assertThat(new Client(console.port())
                        .raw("GET", "/api/v1/hosts", null, "Cookie", "tailrace_session=" + given)
                        .status())
                .isEqualTo(401);
        assertThat(client.get("/hosts").status()).isEqualTo(200);
        assertThat(client.send("POST", "/logout", null).status()).isEqualTo(204);
        assertThat(new Client(console.port())
                        .raw("GET", "/api/v1/hosts", null, "Cookie", "tailrace_session=" + after)
                        .status())
                .isEqualTo(401);
    }

    private static String cookie(Answer answer) {
        return answer.header("set-cookie").replaceAll("tailrace_session=([^;]*);.*", "$1");
    }

    @Test
    void anotherSiteCanHaveNothingChanged() {
        Client alice = alice();
        for (String token : List.of("", "x", new Client(console.port()).open().token())) {
            Answer refused = alice.send("PUT", KEY, LIST, "If-None-Match", "*", "X-CSRF-Token", token);
            assertThat(refused.type()).isEqualTo("csrf");
        }
        Answer foreign = alice.send("PUT", KEY, LIST, "If-None-Match", "*", "Sec-Fetch-Site", "cross-site");
        assertThat(foreign.type()).isEqualTo("csrf");
        Answer form = alice.send("PUT", KEY, "text=[]", "If-None-Match", "*", "Content-Type", "text/plain");
        assertThat(form.status()).isEqualTo(415);
    }

    @Test
    void aProgramSaysWhoItIsWithEachRequest() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("bob:bob-pass".getBytes(StandardCharsets.UTF_8));
        Answer made = client().raw(
                        "PUT",
                        "/api/v1/entries/logagent/basic/logconfig",
                        LIST,
                        "Authorization",
                        basic,
                        "If-None-Match",
                        "*",
                        "Content-Type",
                        "application/json");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("author").asText()).isEqualTo("bob");
        Answer browser = client().raw("DELETE", "/api/v1" + KEY, null, "Authorization", basic, "Origin", "http://evil");
        assertThat(browser.type()).isEqualTo("csrf");
    }

    @Test
    void wrongLoginsAreSlowedDown() throws Exception {
        String users = folder.resolve("users.properties").toString();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (Console own = fixture.console("auth.mode", "users", "auth.users.file", users)) {
            Client client = new Client(own.port()).open();
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                String user = i % 2 == 0 ? "alice" : "nobody" + i;
                tries.add(() -> client.send("POST", "/login", Map.of("user", user, "password", "wrong-pass"))
                        .status());
            }
            int tried = 0;
            for (Future<Integer> status : pool.invokeAll(tries)) {
                assertThat(status.get()).isIn(401, 429);
                tried += status.get() == 401 ? 1 : 0;
            }
            assertThat(tried).isBetween(5, 60);
            Answer limited = client.send("POST", "/login", Map.of("user", "alice", "password", "alice-pass"));
            assertThat(limited.status()).isEqualTo(429);
            assertThat(Integer.parseInt(limited.header("retry-after"))).isBetween(1, 60);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void markupStaysTextInEveryField() {
        try (Console open = fixture.console()) {
            Client client = new Client(open.port()).open();
            Map<String, Object> entry = Map.of(
                    "path", "/var/log/<script>.log",
                    "topic", "a",
                    "service", "</script><b>",
                    "fields", Map.of("<i>", MARKUP));
            Answer made = client.send(
                    "PUT",
                    "/entries/logagent/markup/logconfig",
                    Map.of("entries", List.of(entry), "comment", MARKUP),
                    "If-None-Match",
                    "*");
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.header("content-type")).isEqualTo("application/json");
            JsonNode read = client.get("/entries/logagent/markup/logconfig").json();
            assertThat(read.path("comment").asText()).isEqualTo(MARKUP);
            assertThat(read.path("entries").path(0).path("fields").path("<i>").asText())
                    .isEqualTo(MARKUP);
            for (Answer bad : List.of(
                    client.get("/hosts?q=" + "%3Cscript%3E"),
                    client.get("/hosts?state=%3Cscript%3E"),
                    client.get("/hosts/%3Cscript%3E"),
                    client.raw("GET", "/%3Cscript%3E.js", null),
                    client.send(
                            "PUT", "/entries/logagent/m/logconfig", Map.of("text", MARKUP), "If-None-Match", "*"))) {
                assertThat(bad.header("content-type")).contains("json");
                assertThat(bad.header("x-content-type-options")).isEqualTo("nosniff");
                assertThat(bad.header("content-security-policy")).contains("default-src 'none'");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../log4j2-test.xml",
                "/%2e%2e/log4j2-test.xml",
                "/..%2flog4j2-test.xml",
                "/%2e%2e%2flog4j2-test.xml",
                "/assets/../../log4j2-test.xml",
                "/.hidden.js",
                "//etc/passwd.txt",
                "/..%5clog4j2-test.xml",
                "/log4j2-test.xml%00.js",
                "/io/tailrace/console/openapi.json"
            })
    void noFileButThePagesIsServed(String path) throws IOException {
        String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("Configuration", "root:", "openapi\"");
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
            socket.setSoTimeout(40_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void whatIsTooLargeIsRefused() throws IOException {
        try (Console open = fixture.console()) {
            Client client = new Client(open.port()).open();
            String large = "{\"text\":\"" + "x".repeat(Console.MAX_BODY_BYTES) + "\"}";
            assertThat(client.send("PUT", KEY, large, "If-None-Match", "*").status())
                    .isEqualTo(413);
        }
        String header =
                exchange("GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(64_000) + "\r\n\r\n");
        assertThat(header).startsWith("HTTP/1.1 431 ");
    }

    /** Its body comes a byte at a time, and never ends. */
    @Test
    void aSenderThatTricklesIsCutOff() throws Exception {
        try (Console open = fixture.console();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), open.port())) {
            socket.setSoTimeout(60_000);
            Client client = new Client(open.port()).open();
            Answer session = client.raw("GET", "/api/v1/session", null);
            assertThat(session.status()).isEqualTo(200);
            String cookie = client.cookie("tailrace_session");
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100000\r\nCookie: tailrace_session=" + cookie + "\r\nX-CSRF-Token: "
                            + client.token() + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            Thread trickle = new Thread(() -> trickle(out));
            trickle.setDaemon(true);
            trickle.start();
            byte[] answer = new byte[12];
            socket.getInputStream().readNBytes(answer, 0, answer.length);
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 408");
        }
    }

    private static void trickle(OutputStream out) {
        try {
            while (true) {
                out.write(' ');
                out.flush();
                TimeUnit.MILLISECONDS.timedJoin(Thread.currentThread(), 200);
            }
        } catch (IOException | InterruptedException e) {
            // It was cut off.
        }
    }

    @Test
    void aNameOfAnotherSiteLeadsNowhereWithoutLogin() throws IOException {
        try (Console open = fixture.console();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), open.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/hosts HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void aProxyIsBelievedAndNobodyElse() {
        try (Console proxied =
                fixture.console("auth.mode", "proxy", "proxy.addresses", "127.0.0.1", "auth.proxy.editors", "ed")) {
            Client client = new Client(proxied.port());
            assertThat(client.raw("GET", "/api/v1/session", null).status()).isEqualTo(401);
            assertThat(client.raw("GET", "/api/v1/session", null, "X-Forwarded-User", "ed")
                            .json()
                            .path("role")
                            .asText())
                    .isEqualTo("editor");
            assertThat(client.raw("GET", "/api/v1/session", null, "X-Forwarded-User", "someone")
                            .json()
                            .path("role")
                            .asText())
                    .isEqualTo("viewer");
        }
        try (Console elsewhere = fixture.console("auth.mode", "proxy", "proxy.addresses", "10.1.2.3")) {
            assertThat(new Client(elsewhere.port())
                            .raw("GET", "/api/v1/hosts", null, "X-Forwarded-User", "ed")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void withACertificateItSpeaksHttpsAlone() {
        TestCertificates certificate = TestCertificates.in(folder.resolve("tls"), "localhost");
        try (Console secure = fixture.console(
                "tls.cert.file",
                certificate.certificate().toString(),
                "tls.key.file",
                certificate.key().toString())) {
            Client client = new Client(
                    "https://localhost:" + secure.port(),
                    HttpClient.newBuilder().sslContext(certificate.tls()));
            Answer session = client.raw("GET", "/api/v1/session", null);
            assertThat(session.status()).isEqualTo(200);
            assertThat(session.header("strict-transport-security")).isNotEmpty();
            assertThat(session.header("set-cookie"))
                    .startsWith("__Host-tailrace=")
                    .contains("Secure");
        }
    }
}
