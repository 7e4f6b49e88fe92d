package io.tailrace.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.benchmarks.data.DataSet;
import io.tailrace.benchmarks.peers.ShippedConfigs;
import io.tailrace.connect.elasticsearch.config.SinkConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedBodiesTest {
    private static final ShippedConfigs SHIPPED =
            new ShippedConfigs(Path.of(System.getProperty("tailrace.repository"), "connect-configs"));

    @TempDir
    private Path folder;

    private PreparedBodies write(DataSet data, int count) {
        Map<String, String> config =
                SinkPlugin.tailrace(SHIPPED, Path.of("/p")).config("some_log", "http://127.0.0.1:9200");
        config.put("batch.size", "40");
        return PreparedBodies.write(
                folder.resolve("bodies"), SinkConfig.parse(config), "some_log", data.lines(), count);
    }

    private static List<String> lines(PreparedBodies bodies, int number) throws IOException {
        try (FileChannel file = FileChannel.open(bodies.file())) {
            byte[] body = PreparedBodies.read(file, bodies.bodies().get(number));
            return new String(body, StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void holdEachRecordOnceInBodiesAsLargeAsTheSinksAre() throws IOException {
        PreparedBodies bodies = write(DataSet.PLAIN, 100);
        assertThat(bodies.bodies()).extracting(PreparedBodies.Place::documents).containsExactly(40, 40, 20);
        Set<String> ids = new HashSet<>();
        for (int number = 0; number < 3; number++) {
            List<String> lines = lines(bodies, number);
            assertThat(lines).hasSize(2 * bodies.bodies().get(number).documents());
            for (int i = 0; i < lines.size(); i += 2) {
                JsonNode action = new ObjectMapper().readTree(lines.get(i)).path("create");
                assertThat(action.path("_index").asText()).isEqualTo("some_log");
                ids.add(action.path("_id").asText());
            }
        }
        assertThat(ids).hasSize(100);
        assertThat(Files.size(bodies.file()))
                .isEqualTo(bodies.bodies().stream()
                        .mapToLong(PreparedBodies.Place::length)
                        .sum());
    }

    @Test
    void wrapTextAndLetJsonThrough() throws IOException {
        JsonNode wrapped =
                new ObjectMapper().readTree(lines(write(DataSet.PLAIN, 1), 0).get(1));
        assertThat(wrapped.path("message").asText().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(DataSet.PLAIN.lines().next());
        assertThat(wrapped.path("service.name").asText()).isEqualTo("nginx");
        String passed = lines(write(DataSet.JSON, 1), 0).get(1);
        String value = new String(DataSet.JSON.lines().next(), StandardCharsets.UTF_8);
        assertThat(passed).startsWith(value.substring(0, value.length() - 1));
    }

    @Test
    void areSentOnceEachByTheBareClient() {
        PreparedBodies bodies = write(DataSet.PLAIN, 100);
        try (InstantTarget target = new InstantTarget();
                BareClient.Sending sending = new BareClient(target.url(), 3).send(bodies)) {
            sending.await();
            assertThat(sending.hasEnded()).isTrue();
            assertThat(target.taken()).isEqualTo(100);
        }
    }

    @Test
    void areNotSentInSilenceToAServerThatRefusesThem() {
        PreparedBodies bodies = write(DataSet.PLAIN, 1);
        try (BulkEndpoint refusing = new BulkEndpoint(
                        (query, body) -> new BulkEndpoint.Reply(429, "{}".getBytes(StandardCharsets.UTF_8)));
                BareClient.Sending sending = new BareClient(refusing.url(), 1).send(bodies)) {
            assertThatThrownBy(sending::await).hasMessageContaining("The server answered 429: {}");
        }
    }
}
