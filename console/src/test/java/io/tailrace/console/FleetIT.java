package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.console.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Five hundred hosts with ten entries each: everything is there, and how long it takes is printed. */
class FleetIT {
    private static final int HOSTS = 500;
    private static final int ENTRIES_PER_HOST = 10;

    @Test
    void manyHostsAndEntriesAreShown() throws Exception {
        try (Fixture fixture = new Fixture()) {
            Map<String, String> lists = new LinkedHashMap<>();
            Map<String, String> reports = new LinkedHashMap<>();
            for (int i = 0; i < HOSTS; i++) {
                String host = "web" + i;
                lists.put("/logagent/" + host + "/logconfig", list(i));
                reports.put(
                        "/tailrace/status/" + host + "/logs",
                        Statuses.connector(host, "10.0." + i / 250 + "." + i % 250, "/other", 0));
                reports.put("/tailrace/status/" + host + "/logs/task-0", Statuses.task(0, ENTRIES_PER_HOST));
            }
            fill(fixture, lists, reports);
            try (Console console = fixture.console()) {
                Client client = new Client(console.port()).open();
                long start = System.nanoTime();
                Fixture.awaitHosts(client, HOSTS);
                print("first reading", start);
                JsonNode hosts = timed(client, "/hosts");
                assertThat(hosts.path("counts").path("healthy").asInt()).isEqualTo(HOSTS);
                assertThat(hosts.path("hosts").findValuesAsText("id"))
                        .hasSize(HOSTS)
                        .doesNotHaveDuplicates();
                JsonNode keys = timed(client, "/keys");
                assertThat(keys.path("keys").findValuesAsText("entries"))
                        .hasSize(HOSTS)
                        .containsOnly("10");
                assertThat(timed(client, "/services").path("services")).hasSize(HOSTS);
                assertThat(timed(client, "/hosts/web7").path("tasks").path(0).path("streams"))
                        .hasSize(ENTRIES_PER_HOST);
                long before = System.nanoTime();
                JsonNode effects = client.send(
                                "POST",
                                "/validate",
                                Map.of("key", Fixture.ALL, "text", "[{\"path\":\"/var/log/new\",\"topic\":\"a\"}]"))
                        .json();
                print("POST /validate", before);
                assertThat(effects.path("hosts_affected").asInt()).isEqualTo(HOSTS);
            }
        }
    }

    private static void fill(Fixture fixture, Map<String, String> lists, Map<String, String> reports) throws Exception {
        try (Store operator = new Store(new EtcdConfig(login(fixture, "operator")));
                Store agent = new Store(new EtcdConfig(login(fixture, "agent")))) {
            operator.put(lists, 50);
            agent.put(reports, 50);
        }
    }

    private static Map<String, String> login(Fixture fixture, String user) {
        return Map.of("endpoints", fixture.etcd().endpoint(), "user", user, "password", user + "-pass");
    }

    private static String list(int host) {
        return IntStream.range(0, ENTRIES_PER_HOST)
                .mapToObj(i -> "{\"path\":\"/var/log/app" + i + "/*.log\",\"topic\":\"app_log\",\"service\":\"app"
                        + host + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static JsonNode timed(Client client, String path) {
        List<String> paths = List.of(path, path, path);
        JsonNode last = null;
        for (String one : paths) {
            long start = System.nanoTime();
            last = client.get(one).json();
            print("GET " + path, start);
        }
        return last;
    }

    private static void print(String what, long startNanos) {
        System.out.println(what + ": " + (System.nanoTime() - startNanos) / 1_000_000 + " ms");
    }
}
