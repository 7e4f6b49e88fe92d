package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.servers.CuttingProxy;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.EtcdGateway;
import io.tailrace.testing.LogCapture;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a provider goes through, it keeps a handful of threads and one connection, and after its end none. */
class NoLeakIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Pattern OURS = Pattern.compile("tailrace-etcd.*|jetcd.*|grpc-.*|vert\\.x.*|.*[nN]io.*ELG.*");

    /** Each break costs seconds of waiting, so that every round has one only where there is time for it. */
    private static final int ROUNDS_PER_BREAK = Integer.getInteger("rounds.per.break", 10);

    private Etcd etcd;
    private CuttingProxy proxy;

    @BeforeEach
    void start() {
        etcd = Etcd.create();
        etcd.start();
        proxy = CuttingProxy.to(etcd.endpoint());
    }

    @AfterEach
    void stop() {
        proxy.close();
        etcd.close();
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> OURS.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private double streams() {
        return EtcdGateway.metric(etcd.endpoint(), "etcd_debugging_mvcc_watch_stream_total");
    }

    private double watchers() {
        return EtcdGateway.metric(etcd.endpoint(), "etcd_debugging_mvcc_watcher_total");
    }

    private int connections() {
        return proxy.connections();
    }

    @Test
    void aProviderThatIsOnlyConfiguredStartsNothing() {
        try (EtcdConfigProvider provider = Providers.at(proxy.endpoint())) {
            assertThat(threads()).isEmpty();
            provider.unsubscribeAll();
            assertThat(threads()).isEmpty();
        }
    }

    @Test
    void fiftyProvidersLeaveNothing() {
        for (int i = 0; i < 50; i++) {
            Recorder recorder = new Recorder();
            try (EtcdConfigProvider provider = Providers.at(proxy.endpoint())) {
                provider.subscribe("/x", Set.of(), recorder);
                provider.get("/x");
                await().atMost(LONG).until(() -> recorder.last() != null);
            }
        }
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(threads()).isEmpty();
            assertThat(watchers()).isZero();
            assertThat(connections()).isZero();
        });
    }

    @Test
    void fiftySubscriptionsAndBreaksPileNothingUp() {
        try (EtcdConfigProvider provider = Providers.at(proxy.endpoint(), EtcdConfig.TIMEOUT_MS, "2000")) {
            Recorder staying = new Recorder();
            provider.subscribe("/stays", Set.of(), staying);
            for (int i = 0; i < 50; i++) {
                Recorder recorder = new Recorder();
                provider.subscribe("/x", Set.of(), recorder);
                await().atMost(LONG).until(() -> recorder.last() != null);
                provider.unsubscribe("/x", Set.of(), recorder);
                breakIt(i);
                String value = "edit " + i;
                etcd.put("/stays", value);
                await().atMost(Duration.ofSeconds(5)).until(staying::last, Map.of("value", value)::equals);
            }
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(watchers()).isEqualTo(1);
                assertThat(streams()).isLessThanOrEqualTo(1);
                assertThat(connections()).isEqualTo(1);
                assertThat(threads()).hasSizeLessThan(15);
            });
        }
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(threads()).isEmpty();
            assertThat(watchers()).isZero();
            assertThat(connections()).isZero();
        });
    }

    private void breakIt(int round) {
        if (round % ROUNDS_PER_BREAK != 0) {
            return;
        }
        proxy.cut();
        if (round % 10 == 0) {
            etcd.kill();
            etcd.start();
        }
        proxy.mend();
    }

    @Test
    void closingWhileEtcdIsAwayLeavesNothing() {
        Recorder recorder = new Recorder();
        EtcdConfigProvider provider = Providers.at(proxy.endpoint());
        provider.subscribe("/x", Set.of(), recorder);
        await().atMost(LONG).until(() -> recorder.last() != null);
        etcd.pause();
        try (LogCapture log = LogCapture.of("io.tailrace.connect.etcd")) {
            Recorder unheard = new Recorder();
            provider.subscribe("/y", Set.of(), unheard);
            // By now the loop waits for the answer to its reading of /y.
            await().pollDelay(Duration.ofMillis(300)).until(() -> unheard.told().isEmpty());
            long start = System.nanoTime();
            provider.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            await().during(Duration.ofSeconds(1))
                    .atMost(LONG)
                    .until(() -> log.messages().isEmpty());
        }
        etcd.kill();
        await().atMost(LONG).untilAsserted(() -> assertThat(threads()).isEmpty());
    }
}
