package io.tailrace.console;

import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.EtcdGateway;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** An etcd that demands credentials, with the roles that the documentation says, and consoles over it. */
final class Fixture implements AutoCloseable {
    static final String ALL = "/logagent/all/logconfig";

    private final Etcd etcd = Etcd.create();

    Fixture() {
        etcd.start();
        EtcdGateway.enableRoles(
                etcd.endpoint(), "/logagent/", "/tailrace/status/", "/tailrace/history/", "/tailrace/console/");
    }

    Etcd etcd() {
        return etcd;
    }

    /** Without login, on a free port; more settings are pairs of name and value. */
    Console console(String... more) {
        return Console.start(new ConsoleConfig(settings(more)), InstantSource.system());
    }

    Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "listen.port", "0",
                "auth.mode", "off",
                "etcd.endpoints", etcd.endpoint(),
                "etcd.user", "operator",
                "etcd.password", "operator-pass",
                "entries.paths", ALL + ",/logagent/{hostname}/logconfig,/logagent/{ip}/logconfig",
                "allowed.topics", "[a-z_]+",
                "poll.interval.ms", "200"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** Writes as somebody with etcdctl does. */
    void etcdctl(String key, String text) {
        EtcdGateway.putAsRoot(etcd.endpoint(), key, text);
    }

    /** Deletes as somebody with etcdctl does. */
    void delete(String key) {
        EtcdGateway.deleteAsRoot(etcd.endpoint(), key);
    }

    static void awaitHosts(Client client, int count) {
        await(() -> client.get("/hosts").json().path("total").asInt() == count);
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    @Override
    public void close() {
        etcd.close();
    }
}
