package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.console.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts are as their agents report them, compared with what etcd has. */
class HostsIT {
    private static final String KEY = "/logagent/web1/logconfig";
    private static final String STATUS = "/tailrace/status/web1/logs";

    private Fixture fixture;
    private Console console;
    private Client client;

    @BeforeEach
    void start() {
        fixture = new Fixture();
        console = fixture.console();
        client = new Client(console.port()).open();
    }

    @AfterEach
    void stop() {
        console.close();
        fixture.close();
    }

    private JsonNode host() {
        return client.get("/hosts/web1").json();
    }

    private void awaitState(String state) {
        Fixture.await(() -> host().path("state").asText().equals(state));
    }

    @Test
    void aHostIsHealthyFailedOfflineAndForgotten() {
        // The connector's report is what makes it healthy, so it comes last.
        fixture.etcdctl(STATUS + "/task-0", Statuses.task(0, 3));
        fixture.etcdctl(STATUS, Statuses.connector("web1", "10.0.0.1", KEY, 0));
        awaitState("healthy");
        JsonNode healthy = client.get("/hosts").json().path("hosts").path(0);
        assertThat(healthy.path("files").asInt()).isEqualTo(3);
        assertThat(healthy.path("lag_bytes").asInt()).isEqualTo(30);
        assertThat(healthy.path("lines_per_s").asInt()).isEqualTo(6);
        assertThat(host().path("entry_keys").findValuesAsText("")).isEmpty();
        assertThat(host().path("tasks").path(0).path("streams")).hasSize(3);
        fixture.etcdctl(STATUS, Statuses.failed("web1", KEY, 7, "entry 2, field 'path': no"));
        awaitState("failed");
        assertThat(host().path("reason").asText()).isEqualTo(KEY + ": entry 2, field 'path': no");
        assertThat(client.send("DELETE", "/hosts/web1", null).status()).isEqualTo(409);
        fixture.delete(STATUS + "/task-0");
        fixture.delete(STATUS);
        awaitState("offline");
        assertThat(host().path("lag_bytes").isNull()).isTrue();
        // Another console, started later, knows of it too.
        try (Console other = fixture.console()) {
            Client late = new Client(other.port()).open();
            Fixture.awaitHosts(late, 1);
            assertThat(late.get("/hosts").json().path("counts").path("offline").asInt())
                    .isEqualTo(1);
        }
        assertThat(client.send("DELETE", "/hosts/web1", null).status()).isEqualTo(204);
        Fixture.awaitHosts(client, 0);
    }

    @Test
    void aHostThatStaysBehindEtcdHasDrifted() {
        fixture.etcdctl(KEY, "[]");
        fixture.etcdctl(STATUS, Statuses.connector("web1", "10.0.0.1", KEY, 1));
        awaitState("applying");
        Fixture.await(() -> host().path("state").asText().equals("drifted"));
        assertThat(host().path("reason").asText()).startsWith(KEY + ": the agent has revision 1, etcd has revision ");
        long revision = client.get("/entries" + KEY).json().path("revision").asLong();
        fixture.etcdctl(STATUS, Statuses.connector("web1", "10.0.0.1", KEY, revision));
        awaitState("healthy");
    }

    @Test
    void aDryRunTellsWhatStartsStopsAndChangesOnWhichHosts() {
        fixture.etcdctl(
                Fixture.ALL,
                "[{\"path\":\"/var/log/a\",\"topic\":\"a\"},{\"path\":\"/var/log/b\",\"topic\":\"b\"},"
                        + "{\"path\":\"/var/log/c\",\"topic\":\"c\"}]");
        // What a later key overrides is not changed by an earlier one.
        fixture.etcdctl("/logagent/web2/logconfig", "[{\"path\":\"/var/log/b\",\"topic\":\"own\"}]");
        fixture.etcdctl("/tailrace/status/web1/logs", Statuses.connector("web1", "10.0.0.1", Fixture.ALL, 0));
        fixture.etcdctl("/tailrace/status/web2/logs", Statuses.connector("web2", "10.0.0.2", Fixture.ALL, 0));
        Fixture.awaitHosts(client, 2);
        Fixture.await(() -> client.get("/keys").json().path("total").asInt() == 2);
        String text =
                "[{\"path\":\"/var/log/a\",\"topic\":\"a\",\"send_rate\":5},{\"path\":\"/var/log/d\",\"topic\":\"d\"}]";
        JsonNode answer = client.send("POST", "/validate", Map.of("key", Fixture.ALL, "text", text))
                .json();
        assertThat(answer.path("valid").asBoolean()).isTrue();
        assertThat(answer.path("hosts_affected").asInt()).isEqualTo(2);
        assertThat(answer.path("effects")).hasSize(2);
        for (JsonNode effect : answer.path("effects")) {
            boolean second = effect.path("hosts").path(0).asText().equals("web2");
            assertThat(effect.path("starts").findValuesAsText("path")).containsExactly("/var/log/d");
            assertThat(effect.path("stops").findValuesAsText("path"))
                    .isEqualTo(second ? List.of("/var/log/c") : List.of("/var/log/b", "/var/log/c"));
            assertThat(effect.path("changes")).hasSize(1);
            JsonNode changed = effect.path("changes").path(0);
            assertThat(changed.path("path").asText()).isEqualTo("/var/log/a");
            assertThat(changed.path("fields").path(0).path("field").asText()).isEqualTo("send_rate");
            assertThat(changed.path("fields").path(0).path("before").isNull()).isTrue();
            assertThat(changed.path("fields").path(0).path("after").asText()).isEqualTo("5");
        }
        JsonNode bad = client.send(
                        "POST",
                        "/validate",
                        Map.of("key", Fixture.ALL, "text", "[{\"path\":\"/etc/x\",\"topic\":\"a\"}]"))
                .json();
        assertThat(bad.path("valid").asBoolean()).isFalse();
        assertThat(bad.path("problems").path(0).path("field").asText()).isEqualTo("path");
    }

    @Test
    void whileEtcdIsAwayWhatWasKnownIsShownAndSaidToBeOld() {
        fixture.etcdctl(STATUS, Statuses.connector("web1", "10.0.0.1", KEY, 0));
        Fixture.awaitHosts(client, 1);
        fixture.etcd().kill();
        Fixture.await(() ->
                !client.get("/console").json().path("store").path("reachable").asBoolean());
        assertThat(client.get("/hosts").json().path("total").asInt()).isEqualTo(1);
        Answer refused = client.send("PUT", "/entries" + KEY, Map.of("text", "[]"), "If-None-Match", "*");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.type()).isEqualTo("store-unavailable");
        assertThat(refused.text()).doesNotContain("operator-pass");
        fixture.etcd().start();
        Fixture.await(() ->
                client.get("/console").json().path("store").path("reachable").asBoolean());
        assertThat(client.send("PUT", "/entries" + KEY, Map.of("text", "[]"), "If-None-Match", "*")
                        .status())
                .isEqualTo(201);
    }
}
