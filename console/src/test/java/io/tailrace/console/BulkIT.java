package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.console.Client.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One service is set on many hosts in one request, as an inventory does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkIT {
    private Fixture fixture;
    private Console console;
    private Client client;

    @BeforeAll
    void start() {
        fixture = new Fixture();
        console = fixture.console();
        client = new Client(console.port()).open();
    }

    @AfterAll
    void stop() {
        console.close();
        fixture.close();
    }

    private static List<String> hosts(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    private static Map<String, Object> order(String id, List<String> hosts, String path) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("request_id", id);
        order.put("service", "nginx");
        order.put("hosts", hosts);
        order.put("entries", path.isEmpty() ? List.of() : List.of(Map.of("log_path", path, "topic", "nginx_log")));
        return order;
    }

    private JsonNode list(String host) {
        return client.get("/entries/logagent/" + host + "/logconfig").json().path("entries");
    }

    @Test
    void fewHostsAreOneTransaction() {
        fixture.etcdctl("/logagent/few1/logconfig", "[{\"path\":\"/var/log/other\",\"topic\":\"other\"}]");
        Answer done = client.send("POST", "/services", order("few", hosts("few", 20), "/var/log/nginx/*.log"));
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().path("atomic").asBoolean()).isTrue();
        assertThat(done.json().path("changed")).hasSize(20);
        assertThat(done.json().path("keys").findValuesAsText("revision"))
                .containsOnly(done.json().path("revision").asText());
        assertThat(list("few0").findValuesAsText("service")).containsExactly("nginx");
        assertThat(list("few1").findValuesAsText("topic")).containsExactly("other", "nginx_log");
        JsonNode version = client.get("/history/logagent/few1/logconfig")
                .json()
                .path("versions")
                .path(0);
        assertThat(version.path("action").asText()).isEqualTo("bulk");
        assertThat(version.path("request_id").asText()).isEqualTo("few");
        // Again, by the same id and by another.
        assertThat(client.send("POST", "/services", order("few", hosts("few", 20), "/var/log/nginx/*.log"))
                        .text())
                .isEqualTo(done.text());
        JsonNode again = client.send("POST", "/services", order("few-2", hosts("few", 20), "/var/log/nginx/*.log"))
                .json();
        assertThat(again.path("unchanged")).hasSize(20);
        assertThat(client.get("/history/logagent/few1/logconfig").json().path("versions"))
                .hasSize(1);
        assertThat(client.send("POST", "/services", order("few", hosts("few", 3), "/var/log/x"))
                        .type())
                .isEqualTo("request-differs");
        client.send("POST", "/services", order("few-3", hosts("few", 2), ""));
        assertThat(list("few0")).isEmpty();
        assertThat(list("few1").findValuesAsText("topic")).containsExactly("other");
    }

    @Test
    void manyHostsAreDoneInPartsAndTheAnswerSaysSo() {
        client.send("PUT", "/labels/many", Map.of("hosts", hosts("many", 100)));
        Map<String, Object> order = order("many", List.of(), "/var/log/nginx/*.log");
        order.remove("hosts");
        order.put("label", "many");
        order.put("dry_run", true);
        JsonNode dry = client.send("POST", "/services", order).json();
        assertThat(dry.path("state").asText()).isEqualTo("dry_run");
        assertThat(dry.path("changed")).hasSize(100);
        assertThat(dry.path("atomic").asBoolean()).isFalse();
        assertThat(client.get("/entries/logagent/many0/logconfig").status()).isEqualTo(404);
        order.put("dry_run", false);
        JsonNode done = client.send("POST", "/services", order).json();
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.path("atomic").asBoolean()).isFalse();
        assertThat(done.path("changed")).hasSize(100);
        for (int i = 0; i < 100; i += 33) {
            assertThat(list("many" + i)).hasSize(1);
        }
        JsonNode told = client.get("/services/requests/many").json();
        assertThat(told.path("changed")).isEqualTo(done.path("changed"));
        assertThat(told.path("keys")).isEqualTo(done.path("keys"));
    }

    @Test
    void moreThanOneRequestMayHaveIsRefused() {
        Answer refused = client.send("POST", "/services", order("huge", hosts("huge", 5_001), "/var/log/x"));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().path("detail").asText()).contains("5000");
    }

    @Test
    void ifOneListWouldBeRefusedNothingIsWritten() {
        // The last of many, so that others would have been written before it.
        fixture.etcdctl("/logagent/bad9/logconfig", "[{\"path\":\"/var/log/nginx/*.log\",\"topic\":\"taken\"}]");
        List<String> hosts = new ArrayList<>(hosts("bad", 60));
        Answer refused = client.send("POST", "/services", order("bad", hosts, "/var/log/nginx/*.log"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("problems").findValuesAsText("host")).containsExactly("bad9");
        assertThat(client.get("/entries/logagent/bad0/logconfig").status()).isEqualTo(404);
        assertThat(client.get("/services/requests/bad").status()).isEqualTo(404);
        Answer path = client.send("POST", "/services", order("bad", List.of("bad0"), "/etc/shadow"));
        assertThat(path.json().path("problems").path(0).path("field").asText()).isEqualTo("log_path");
    }
}
