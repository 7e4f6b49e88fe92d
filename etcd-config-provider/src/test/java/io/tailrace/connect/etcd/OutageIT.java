package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.servers.CuttingProxy;
import io.tailrace.servers.Etcd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Following a key while etcd does its worst: the last edit is told within 5 s of etcd's return. */
class OutageIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String KEY = "/logagent/all/logconfig";
    /** Long enough for the re-reading not to be what saves the day. */
    private static final String NEVER_MS = "3600000";

    private Etcd etcd;
    private EtcdConfigProvider provider;
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void start() {
        etcd = Etcd.create();
    }

    @AfterEach
    void stop() {
        if (provider != null) {
            provider.close();
        }
        etcd.close();
    }

    private void follow(String... settings) {
        provider = Providers.at(etcd.endpoint(), settings);
        provider.subscribe(KEY, Set.of(), recorder);
    }

    private void startAndFollow(String... settings) {
        etcd.start();
        etcd.put(KEY, "before");
        follow(settings);
        awaitLast("before");
    }

    private void awaitLast(String value) {
        awaitLast(Map.of("value", value), SOON);
    }

    private void awaitLast(Map<String, String> data, Duration within) {
        await().atMost(within).pollInterval(Duration.ofMillis(5)).until(recorder::last, data::equals);
    }

    @Test
    void etcdIsAwayAtSubscriptionAndComesLater() {
        follow(EtcdConfig.REREAD_INTERVAL_MS, NEVER_MS, EtcdConfig.TIMEOUT_MS, "1000");
        await().during(Duration.ofSeconds(4))
                .atMost(SOON)
                .until(() -> recorder.told().isEmpty());
        etcd.start();
        awaitLast(Map.of(), SOON);
        etcd.put(KEY, "1");
        awaitLast("1");
    }

    @Test
    void etcdIsKilledAndRestarted() {
        startAndFollow(EtcdConfig.REREAD_INTERVAL_MS, NEVER_MS);
        for (int i = 0; i < 5; i++) {
            etcd.kill();
            etcd.start();
            etcd.put(KEY, "after " + i);
            awaitLast("after " + i);
        }
        assertThat(recorder.told()).hasSize(6);
    }

    @Test
    void etcdStopsForLongAndComesBackWithAnEdit() {
        startAndFollow(EtcdConfig.REREAD_INTERVAL_MS, NEVER_MS);
        etcd.stop();
        // Longer than gRPC's first waits between its own attempts to reconnect.
        await().during(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(15)).until(() -> !etcd.isRunning());
        etcd.start();
        etcd.put(KEY, "after");
        awaitLast("after");
    }

    @Test
    void etcdIsPausedForLongerThanTheKeepalive() {
        startAndFollow(
                EtcdConfig.REREAD_INTERVAL_MS,
                NEVER_MS,
                EtcdConfig.KEEPALIVE_MS,
                "10000",
                EtcdConfig.TIMEOUT_MS,
                "1000");
        etcd.pause();
        await().during(Duration.ofSeconds(14)).atMost(Duration.ofSeconds(15)).until(etcd::isRunning);
        etcd.resume();
        etcd.put(KEY, "after");
        awaitLast("after");
    }

    @Test
    void etcdIsPausedForAMoment() {
        startAndFollow(EtcdConfig.REREAD_INTERVAL_MS, NEVER_MS);
        etcd.pause();
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(etcd::isRunning);
        etcd.resume();
        etcd.put(KEY, "after");
        awaitLast("after");
    }

    @Test
    void theKeyIsCompactedWhileTheWatchIsCut() {
        etcd.start();
        etcd.put(KEY, "before");
        try (CuttingProxy proxy = CuttingProxy.to(etcd.endpoint())) {
            provider = Providers.at(proxy.endpoint(), EtcdConfig.REREAD_INTERVAL_MS, NEVER_MS);
            provider.subscribe(KEY, Set.of(), recorder);
            awaitLast("before");
            proxy.cut();
            etcd.put(KEY, "between");
            etcd.delete(KEY);
            etcd.compact(etcd.put(KEY, "after"));
            proxy.mend();
            awaitLast("after");
            etcd.put(KEY, "and on");
            awaitLast("and on");
        }
    }

    @Test
    void etcdLosesItsData() throws IOException {
        startAndFollow(EtcdConfig.REREAD_INTERVAL_MS, NEVER_MS);
        for (int i = 0; i < 20; i++) {
            etcd.put("/filler", "moves the revision on");
        }
        etcd.kill();
        delete(etcd.directory().resolve("data"));
        etcd.start();
        awaitLast(Map.of(), SOON);
        // Its revision is below all that the provider had seen.
        etcd.put(KEY, "anew");
        awaitLast("anew");
    }

    @Test
    void readingAgainFindsWhatTheWatchMissed() {
        etcd.start();
        etcd.put(KEY, "before");
        try (CuttingProxy proxy = CuttingProxy.to(etcd.endpoint())) {
            provider = Providers.at(
                    proxy.endpoint(), EtcdConfig.REREAD_INTERVAL_MS, "1000", EtcdConfig.TIMEOUT_MS, "1000");
            provider.subscribe(KEY, Set.of(), recorder);
            awaitLast("before");
            proxy.freeze();
            etcd.put(KEY, "unseen");
            awaitLast("unseen");
            etcd.put(KEY, "seen again");
            awaitLast(Map.of("value", "seen again"), Duration.ofSeconds(1));
        }
    }

    @Test
    void oneOfTwoEndpointsIsDead() {
        etcd.start();
        provider = Providers.at("http://127.0.0.1:1," + etcd.endpoint());
        provider.subscribe(KEY, Set.of(), recorder);
        awaitLast(Map.of(), SOON);
        etcd.put(KEY, "1");
        awaitLast("1");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
