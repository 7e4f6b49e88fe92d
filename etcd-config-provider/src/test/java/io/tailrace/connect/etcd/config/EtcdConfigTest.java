package io.tailrace.connect.etcd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdConfigTest {
    @Test
    void defaults() {
        EtcdConfig config = new EtcdConfig(Map.of());
        assertThat(config.endpoints()).hasToString("http://127.0.0.1:2379");
        assertThat(config.user()).isEmpty();
        assertThat(config.password()).isEmpty();
        assertThat(config.tlsCaFile()).isEmpty();
        assertThat(config.tlsCertFile()).isEmpty();
        assertThat(config.tlsKeyFile()).isEmpty();
        assertThat(config.tlsAuthority()).isEmpty();
        assertThat(config.namespace()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.keepalive()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.rereadInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.ttlMs()).isNull();
        config.checkAllowed("/anything");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:2379",
                "ftp://a:1",
                "http://a:1/x",
                "http://a:99999",
                "http://",
                "http://a,https://b"
            })
    void endpointsOfAnotherShapeAreRefused(String endpoints) {
        assertThatThrownBy(() -> new EtcdConfig(Map.of("endpoints", endpoints)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("endpoints");
    }

    @Test
    void aPasswordInAnEndpointIsNotRepeated() {
        assertThatThrownBy(() -> new EtcdConfig(Map.of("endpoints", "http://root:s3cret@a:2379")))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void targetsTakeIpv6AndAnAuthority() {
        EtcdConfig config = new EtcdConfig(Map.of("endpoints", "https://[::1]:1,https://b"));
        assertThat(config.endpoints().target("x")).isEqualTo("ip://x/%5B::1%5D:1,b:2379");
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, http://a:1, endpoint",
        "user, root, password",
        "password, s3cret, user",
        "tls.ca.file, /none, https://",
        "tls.authority, a, https://",
        "timeout.ms, 5s, timeout.ms",
        "timeout.ms, 0, timeout.ms",
        "keepalive.ms, 1000, keepalive.ms",
        "reread.interval.ms, 10, reread.interval.ms",
        "ttl.ms, 0, ttl.ms"
    })
    void aWrongSettingIsNamed(String name, String value, String word) {
        assertThatThrownBy(() -> new EtcdConfig(Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(name, word)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void tlsFilesMustBeThereAndTogether(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("cert.pem"), "");
        assertThatThrownBy(() -> new EtcdConfig(Map.of("endpoints", "https://a:1", "tls.ca.file", folder + "/none")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("tls.ca.file", folder + "/none");
        assertThatThrownBy(() -> new EtcdConfig(Map.of("endpoints", "https://a:1", "tls.cert.file", file.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tls.key.file");
    }

    @Test
    void onlyAllowedPrefixesPass() {
        EtcdConfig config = new EtcdConfig(Map.of("allowed.prefixes", "/a/, /b/"));
        config.checkAllowed("/b/x");
        for (String path : new String[] {"/c", "/a", "", "a/x"}) {
            assertThatThrownBy(() -> config.checkAllowed(path)).isInstanceOf(ConfigException.class);
        }
    }
}
