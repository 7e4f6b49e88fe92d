package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.EtcdGateway;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agents report: keys that are there as long as somebody reports them. */
class StatusKeysIT {
    private static final Duration TTL = Duration.ofSeconds(5);

    private final Etcd etcd = Etcd.create();

    @BeforeEach
    void start() {
        etcd.start();
    }

    @AfterEach
    void stop() {
        etcd.close();
    }

    @Test
    void theyHoldWhatWasReportedLastAndAreGoneSoonAfter() {
        try (EtcdConfigProvider provider = Providers.at(etcd.endpoint(), EtcdConfig.NAMESPACE, "/ns")) {
            provider.report(Map.of("/s/a", "1", "/s/b", "1"), TTL);
            assertThat(etcd.get("/ns/s/a")).hasValue("1");
            await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(15)).until(() -> {
                provider.report(Map.of("/s/a", "2"), TTL);
                return etcd.get("/ns/s/a").equals(Optional.of("2"))
                        && etcd.get("/ns/s/b").isEmpty();
            });
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> etcd.get("/ns/s/a").isEmpty());
    }

    @Test
    void manyKeysAreTakenTogether() {
        Map<String, String> texts =
                IntStream.range(0, 101).boxed().collect(Collectors.toMap(i -> "/s/" + i, i -> "x".repeat(64 * 1024)));
        try (EtcdConfigProvider provider = Providers.at(etcd.endpoint())) {
            provider.report(texts, TTL);
            assertThat(etcd.get("/s/100")).isPresent();
            provider.report(Map.of(), TTL);
            assertThat(etcd.get("/s/100")).isEmpty();
        }
    }

    @Test
    void theStoresRevisionIsThatOfItsLastChange() {
        try (EtcdConfigProvider provider = Providers.at(etcd.endpoint(), EtcdConfig.TIMEOUT_MS, "20000")) {
            long written = etcd.put("/x", "1");
            assertThat(provider.revision()).isEqualTo(written);
        }
    }

    @Test
    void anEtcdThatWasAwayIsReportedToAgain() {
        try (EtcdConfigProvider provider = Providers.at(etcd.endpoint(), EtcdConfig.TIMEOUT_MS, "10000")) {
            provider.report(Map.of("/s/a", "1"), TTL);
            etcd.kill();
            assertThatThrownBy(() -> provider.report(Map.of("/s/a", "2"), TTL))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("can't be reached");
            etcd.start();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                provider.report(Map.of("/s/a", "3"), TTL);
                return etcd.get("/s/a").equals(Optional.of("3"));
            });
        }
    }

    /** The roles that the documentation says. */
    @Test
    void anAgentsRoleReadsTheConfigurationAndWritesTheStatusAndAnOperatorsTheReverse() {
        EtcdGateway.enableRoles(etcd.endpoint(), "/logagent/", "/tailrace/status/");
        Recorder recorder = new Recorder();
        try (EtcdConfigProvider agent = as("agent");
                EtcdConfigProvider operator = as("operator")) {
            agent.subscribe("/logagent/all", Set.of(), recorder);
            EtcdGateway.putAsRoot(etcd.endpoint(), "/logagent/all", "[]");
            await().atMost(Duration.ofSeconds(5)).until(recorder::last, Map.of("value", "[]")::equals);
            assertThat(agent.revision()).isPositive();
            agent.report(Map.of("/tailrace/status/web1/logs", "fine"), TTL);
            assertThatThrownBy(() -> agent.report(Map.of("/logagent/all", "mine now"), TTL))
                    .hasMessageContainingAll("doesn't let user agent", "/logagent/all");
            assertThat(operator.get("/tailrace/status/web1/logs").data()).containsEntry("value", "fine");
            operator.report(Map.of("/logagent/all", "[{}]"), TTL);
            await().atMost(Duration.ofSeconds(5)).until(recorder::last, Map.of("value", "[{}]")::equals);
            assertThatThrownBy(() -> operator.report(Map.of("/tailrace/status/web1/logs", "forged"), TTL))
                    .hasMessageContaining("doesn't let user operator");
        }
    }

    private EtcdConfigProvider as(String user) {
        return Providers.at(etcd.endpoint(), EtcdConfig.USER, user, EtcdConfig.PASSWORD, user + "-pass");
    }
}
