package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.servers.CuttingProxy;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS before a real etcd, and what is said when certificates don't fit. */
class TlsIT {
    private static final String KEY = "/db";
    private static final String HOST = "etcd.internal";

    @TempDir
    private static Path folder;

    private static TestCertificates right;
    private static TestCertificates wrong;
    private static Etcd etcd;
    private static CuttingProxy proxy;
    private static String endpoint;

    @BeforeAll
    static void start() {
        right = TestCertificates.in(folder.resolve("right"), HOST);
        wrong = TestCertificates.in(folder.resolve("wrong"), HOST);
        etcd = Etcd.create();
        etcd.start();
        etcd.put(KEY, "x");
        proxy = CuttingProxy.tlsTo(etcd.endpoint(), right.tls());
        endpoint = proxy.endpoint().replace("http:", "https:");
    }

    @AfterAll
    static void stop() {
        proxy.close();
        etcd.close();
    }

    private static EtcdConfigProvider with(Path trusted, TestCertificates own, String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.addAll(List.of(EtcdConfig.TLS_CA_FILE, trusted.toString()));
        settings.addAll(List.of(EtcdConfig.TLS_CERT_FILE, own.certificate().toString()));
        settings.addAll(List.of(EtcdConfig.TLS_KEY_FILE, own.key().toString()));
        return Providers.at(endpoint, settings.toArray(String[]::new));
    }

    private static void failsInTls(EtcdConfigProvider provider) {
        try (provider) {
            assertThatThrownBy(() -> provider.get(KEY))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll("TLS with etcd at " + endpoint, "tls.ca.file");
        }
    }

    @Test
    void certificatesThatFitReadAndFollow() {
        Recorder recorder = new Recorder();
        try (EtcdConfigProvider provider = with(right.certificate(), right, EtcdConfig.TLS_AUTHORITY, HOST)) {
            assertThat(provider.get(KEY).data()).isEqualTo(Map.of("value", "x"));
            provider.subscribe("/followed", Set.of(), recorder);
            etcd.put("/followed", "y");
            await().atMost(Duration.ofSeconds(2)).until(recorder::last, Map.of("value", "y")::equals);
        }
    }

    @Test
    void aServerThatIsntTrustedIsRefused() {
        failsInTls(with(wrong.certificate(), right, EtcdConfig.TLS_AUTHORITY, HOST));
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        failsInTls(with(right.certificate(), right));
    }

    @Test
    void aClientWithoutCertificateIsRefused() {
        failsInTls(Providers.at(
                endpoint, EtcdConfig.TLS_CA_FILE, right.certificate().toString(), EtcdConfig.TLS_AUTHORITY, HOST));
    }

    @Test
    void aServerWithoutTlsIsNamedAsSuch() {
        try (EtcdConfigProvider provider = Providers.at(etcd.endpoint().replace("http:", "https:"))) {
            assertThatThrownBy(() -> provider.get(KEY))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("whether the server speaks TLS");
        }
    }

    @Test
    void aFileThatIsNoCertificateIsNamed() throws IOException {
        Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
        try (EtcdConfigProvider provider = with(junk, right)) {
            assertThatThrownBy(() -> provider.get(KEY))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll("tls.ca.file", junk.toString(), "PEM");
        }
    }

    @Test
    void aKeyThatIsNoKeyIsNamed() throws IOException {
        Path junk = Files.writeString(folder.resolve("junk-key.pem"), "junk");
        TestCertificates keyless = new TestCertificates(right.certificate(), junk, right.tls());
        try (EtcdConfigProvider provider = with(right.certificate(), keyless)) {
            assertThatThrownBy(() -> provider.get(KEY))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll("tls.key.file", junk.toString(), "PKCS#8");
        }
    }
}
