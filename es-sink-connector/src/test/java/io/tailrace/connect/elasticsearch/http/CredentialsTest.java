package io.tailrace.connect.elasticsearch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fingerprint by which a worker sees that a secret has changed. */
class CredentialsTest {

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection.password",
                "connection.username",
                "connection.api.key",
                "connection.bearer.token",
                "connection.header.X-Token",
                "proxy.password",
                "elastic.https.ssl.truststore.password",
                "elastic.https.ssl.keystore.password",
                "elastic.https.ssl.key.password"
            })
    void changesWithEverySecret(String key) throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of("connection.url", "https://a:9200"));
        Path store = Files.write(folder.resolve("store"), new byte[0]);
        if (key.startsWith("connection.username") || key.startsWith("connection.password")) {
            properties.put("connection.username", "me");
            properties.put("connection.password", "secret");
        } else if (key.startsWith("proxy")) {
            properties.put("proxy.host", "proxy");
            properties.put("proxy.username", "me");
        } else if (key.startsWith("elastic")) {
            properties.put("elastic.https.ssl.truststore.location", store.toString());
            properties.put("elastic.https.ssl.keystore.location", store.toString());
        }
        List<String> fingerprints = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            properties.put(key, "value " + i);
            fingerprints.add(fingerprint(properties));
            assertThat(fingerprint(properties)).isEqualTo(fingerprints.get(i)).doesNotContain("value");
        }
        // Two of three may be the same by chance, once in some 20,000 times.
        assertThat(fingerprints.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void isShort() {
        assertThat(fingerprint(Map.of("connection.url", "http://a:9200"))).hasSize(4);
    }

    private static String fingerprint(Map<String, String> properties) {
        ConnectionSettings connection = SinkConfig.parse(properties).connection();
        return Credentials.fingerprint("sink", connection);
    }
}
