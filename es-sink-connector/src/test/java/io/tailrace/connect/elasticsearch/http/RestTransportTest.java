package io.tailrace.connect.elasticsearch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestTransportTest {

    private static final int ATTEMPTS = 50;

    /** Its reactor begins to run a little later, on a busy machine after the first request; that is no death. */
    @Test
    void aNewOneIsRunning() {
        ConnectionSettings settings =
                SinkConfig.parse(Map.of("connection.url", "http://127.0.0.1:9")).connection();
        for (int i = 0; i < ATTEMPTS; i++) {
            try (RestTransport transport = new RestTransport("new", settings)) {
                assertThat(transport.isRunning()).isTrue();
            }
        }
    }
}
