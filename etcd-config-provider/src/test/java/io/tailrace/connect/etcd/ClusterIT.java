package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.EtcdCluster;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three members, any of which may go: the last edit is told within 5 s of a leader's election. */
class ClusterIT {
    private static final String KEY = "/logagent/all/logconfig";

    private final EtcdCluster cluster = EtcdCluster.of(3);
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void start() {
        cluster.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void leadersAreKilledOneAfterTheOther() {
        try (EtcdConfigProvider provider = follow()) {
            for (int round = 0; round < 3; round++) {
                Etcd leader = cluster.leader();
                leader.kill();
                edit("without the leader, " + round);
                leader.start();
                edit("with all again, " + round);
            }
            assertThat(provider.get(KEY).data()).containsEntry("value", "with all again, 2");
        }
    }

    @Test
    void theMajorityIsAwayForAWhile() {
        try (EtcdConfigProvider provider = follow()) {
            cluster.members().get(0).kill();
            cluster.members().get(1).kill();
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> recorder.told().size() == 1);
            cluster.members().get(0).start();
            cluster.members().get(1).start();
            edit("after");
            assertThat(provider.get(KEY).data()).containsEntry("value", "after");
        }
    }

    private EtcdConfigProvider follow() {
        cluster.leader().put(KEY, "before");
        EtcdConfigProvider provider = Providers.at(
                cluster.endpoints(), EtcdConfig.REREAD_INTERVAL_MS, "3600000", EtcdConfig.TIMEOUT_MS, "2000");
        provider.subscribe(KEY, Set.of(), recorder);
        await().atMost(Duration.ofSeconds(10)).until(recorder::last, Map.of("value", "before")::equals);
        return provider;
    }

    private void edit(String value) {
        // A put fails as long as the members elect a leader.
        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .until(() -> cluster.leader().put(KEY, value) > 0);
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(5))
                .until(recorder::last, Map.of("value", value)::equals);
    }
}
