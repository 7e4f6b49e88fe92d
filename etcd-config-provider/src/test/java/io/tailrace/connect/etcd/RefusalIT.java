package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.EtcdGateway;
import io.tailrace.testing.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each way in which etcd can't be used has its own message, which names the endpoints and never the password. */
class RefusalIT {
    private static final String PASSWORD = "s3cret-of-agent";
    private static final String WRONG = "wr0ng-password";
    private static final String KEY = "/agent/logconfig";
    private static Etcd etcd;

    @BeforeAll
    static void start() {
        // Tokens that expire while the tests watch.
        etcd = Etcd.create("--auth-token-ttl=2");
        etcd.start();
        etcd.put(KEY, "before");
        EtcdGateway.enableAuth(etcd.endpoint(), PASSWORD, "/agent/");
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    private static EtcdConfigProvider agent(String password, String... more) {
        String[] settings = {EtcdConfig.USER, "agent", EtcdConfig.PASSWORD, password};
        String[] all = new String[settings.length + more.length];
        System.arraycopy(settings, 0, all, 0, settings.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return Providers.at(etcd.endpoint(), all);
    }

    private static void fails(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(words)
                .satisfies(e -> assertThat(e.toString()).doesNotContain(PASSWORD, WRONG));
    }

    @Test
    void theRightPasswordReads() {
        try (EtcdConfigProvider provider = agent(PASSWORD)) {
            assertThat(provider.get(KEY).data()).containsKey("value");
        }
    }

    @Test
    void noLogHasThePasswordTheTokenOrTheValueWhateverItsLevel() {
        try (LogCapture log = LogCapture.of("io.grpc");
                LogCapture own = LogCapture.of("io.tailrace");
                EtcdConfigProvider provider = agent(PASSWORD)) {
            Configurator.setLevel("io.grpc", Level.TRACE);
            Configurator.setLevel("io.tailrace", Level.TRACE);
            provider.get(KEY);
            List<String> all = new ArrayList<>(log.messages());
            all.addAll(own.messages());
            assertThat(all).noneMatch(message -> message.contains(PASSWORD) || message.contains(hex(PASSWORD)));
            assertThat(all).noneMatch(message -> message.contains("token") || message.contains(hex("before")));
        }
    }

    /** As frames are logged. */
    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aWrongPasswordIsRefused() {
        try (EtcdConfigProvider provider = agent(WRONG)) {
            fails(() -> provider.get(KEY), etcd.endpoint(), "refused user agent", KEY);
        }
    }

    @Test
    void noPasswordIsRefused() {
        try (EtcdConfigProvider provider = Providers.at(etcd.endpoint())) {
            fails(() -> provider.get(KEY), etcd.endpoint(), "refused a client without user and password");
        }
    }

    @Test
    void aKeyOfOthersIsNotPermitted() {
        try (EtcdConfigProvider provider = agent(PASSWORD)) {
            fails(() -> provider.get("/other/key"), etcd.endpoint(), "user agent", "/other/key", "permission denied");
        }
    }

    @Test
    void aKeyThatIsNotPermittedDoesntSpoilOthers() {
        Recorder recorder = new Recorder();
        Recorder refused = new Recorder();
        try (EtcdConfigProvider provider = agent(PASSWORD)) {
            provider.subscribe("/other/key", Set.of(), refused);
            provider.subscribe(KEY, Set.of(), recorder);
            EtcdGateway.putAsRoot(etcd.endpoint(), KEY, "shared");
            await().atMost(Duration.ofSeconds(5)).until(recorder::last, Map.of("value", "shared")::equals);
            assertThat(refused.told()).isEmpty();
        }
    }

    @Test
    void anExpiredTokenIsRenewed() {
        Recorder recorder = new Recorder();
        try (EtcdConfigProvider provider = agent(PASSWORD, EtcdConfig.REREAD_INTERVAL_MS, "1000")) {
            provider.subscribe(KEY, Set.of(), recorder);
            await().until(() -> recorder.last() != null);
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(6)).until(etcd::isRunning);
            EtcdGateway.putAsRoot(etcd.endpoint(), KEY, "after the token");
            await().atMost(Duration.ofSeconds(1)).until(recorder::last, Map.of("value", "after the token")::equals);
            assertThat(provider.get(KEY).data()).containsEntry("value", "after the token");
        }
    }

    @Test
    void credentialsWhereNoneAreWantedAreRefused() {
        try (Etcd open = Etcd.create()) {
            open.start();
            try (EtcdConfigProvider provider =
                    Providers.at(open.endpoint(), EtcdConfig.USER, "agent", EtcdConfig.PASSWORD, WRONG)) {
                fails(() -> provider.get(KEY), open.endpoint(), "refused user agent", "not enabled");
            }
        }
    }

    @Test
    void nobodyListens() {
        try (EtcdConfigProvider provider =
                Providers.at("http://127.0.0.1:1", EtcdConfig.USER, "agent", EtcdConfig.PASSWORD, WRONG)) {
            fails(() -> provider.get(KEY), "http://127.0.0.1:1", "can't be reached", KEY, "refused");
        }
    }

    @Test
    void nobodyAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                EtcdConfigProvider provider =
                        Providers.at("http://127.0.0.1:" + silent.getLocalPort(), EtcdConfig.TIMEOUT_MS, "300")) {
            long start = System.nanoTime();
            fails(() -> provider.get(KEY), String.valueOf(silent.getLocalPort()), "can't be reached");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void theHostIsUnknown() {
        try (EtcdConfigProvider provider = Providers.at("http://no-such-host.invalid:2379")) {
            fails(() -> provider.get(KEY), "http://no-such-host.invalid:2379", "can't be reached");
        }
    }

    @Test
    void aServerThatWasAwayIsReadAgainAtOnce() {
        try (Etcd other = Etcd.create()) {
            other.start();
            other.put(KEY, "x");
            try (EtcdConfigProvider provider = Providers.at(other.endpoint())) {
                assertThat(provider.get(KEY).data()).containsEntry("value", "x");
                other.kill();
                fails(() -> provider.get(KEY), "can't be reached");
                fails(() -> provider.get(KEY), "can't be reached");
                other.start();
                assertThat(provider.get(KEY).data()).containsEntry("value", "x");
            }
        }
    }
}
