package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.console.config.Networks;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with settings is said with the key's name, and nothing is let in by mistake. */
class ConfigTest {
    private static ConsoleConfig config(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("entries.paths", "/a/{hostname}", "auth.mode", "off"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new ConsoleConfig(all);
    }

    @ParameterizedTest
    @CsvSource({
        "listen.host, 0.0.0.0, auth.mode",
        "auth.mode, users, auth.users.file",
        "auth.mode, proxy, proxy.addresses",
        "auth.mode, none, auth.mode",
        "entries.paths, logagent/x, entries.paths",
        "entries.paths, /a/{nonsense}, nonsense",
        "allowed.paths, relative, allowed.paths",
        "allowed.topics, [, allowed.topics",
        "host.template, /b, host.template",
        "tls.cert.file, /etc/hostname, tls.key.file",
        "proxy.addresses, example.org, proxy.addresses",
        "proxy.addresses, 10.0.0.0/33, proxy.addresses",
        "history.path, nowhere, history.path",
        "etcd.endpoints, ftp://x, endpoints",
        "etcd.ttl.ms, 5, etcd.ttl.ms",
        "elasticsearch.connection.url, x, connection.url",
        "elasticsearch.connection.username, u, connection.url",
        "auth.moed, off, auth.moed"
    })
    void whatIsWrongIsNamed(String key, String value, String named) {
        assertThatThrownBy(() -> config(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aHostsOwnListIsTheLastTemplateThatNamesTheHost() {
        assertThat(config().hostTemplate()).hasValue("/a/{hostname}");
        assertThat(config("entries.paths", "/all,/a/{hostname},/b/{host.id},/c/{ip}")
                        .hostTemplate())
                .hasValue("/b/{host.id}");
        assertThat(config("entries.paths", "/all,/c/{ip}").hostTemplate()).hasValue("/c/{ip}");
        assertThat(config("entries.paths", "/all").hostTemplate()).isEmpty();
    }

    @Test
    void theSettingsThatAreShippedAreGood() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("..", "connect-configs", "console.properties"))) {
            shipped.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        shipped.forEach((name, value) -> settings.put((String) name, (String) value));
        assertThat(new ConsoleConfig(settings).elasticsearch()).isPresent();
    }

    @Test
    void networksHoldTheirAddresses() {
        Networks networks = Networks.parse(List.of("10.1.0.0/16", "192.168.1.7", "2001:db8::/32"));
        assertThat(List.of("10.1.2.3", "192.168.1.7", "2001:db8::1")).allMatch(networks::contains);
        assertThat(List.of("10.2.0.1", "192.168.1.8", "2001:db9::1", "localhost", ""))
                .noneMatch(networks::contains);
    }
}
