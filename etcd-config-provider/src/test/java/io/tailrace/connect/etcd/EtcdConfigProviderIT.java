package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.EtcdGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading and following keys of an etcd that is well. */
class EtcdConfigProviderIT {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static Etcd etcd;

    private EtcdConfigProvider provider;

    @BeforeAll
    static void start() {
        etcd = Etcd.create();
        etcd.start();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @BeforeEach
    void open() {
        provider = Providers.at(etcd.endpoint());
        provider.get("/warm");
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void anArrayIsUnderTheKeyValue() {
        etcd.put("/get/array", "[{\"path\":\"a.log\"}]");
        assertThat(provider.get("/get/array").data())
                .containsExactlyEntriesOf(Map.of("value", "[{\"path\":\"a.log\"}]"));
    }

    @Test
    void anObjectsFieldsAreKeys() {
        etcd.put("/get/object", "{\"user\": \"bob\", \"port\": 1.50, \"deep\": {\"a\": [1, 2]}}");
        assertThat(provider.get("/get/object").data())
                .containsEntry("user", "bob")
                .containsEntry("port", "1.50")
                .containsEntry("deep", "{\"a\":[1,2]}")
                .containsKey("value");
        assertThat(provider.get("/get/object", Set.of("user")).data()).isEqualTo(Map.of("user", "bob"));
    }

    @Test
    void aMissingPathIsEmptyUntilACertainKeyIsAskedFor() {
        assertThat(provider.get("/get/none").data()).isEmpty();
        assertThatThrownBy(() -> provider.get("/get/none", Set.of("password")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("/get/none", "password", etcd.endpoint());
    }

    @Test
    void aMissingFieldIsNamedWithThoseThatThereAre() {
        etcd.put("/get/fields", "{\"user\":\"bob\"}");
        assertThatThrownBy(() -> provider.get("/get/fields", Set.of("user", "pasword")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("/get/fields", "no field pasword", "user, value");
    }

    @Test
    void aNamespaceGoesBeforeEveryKey() {
        etcd.put("/prod/db", "x");
        EtcdConfigProvider inProd = Providers.at(etcd.endpoint(), EtcdConfig.NAMESPACE, "/prod");
        Recorder recorder = new Recorder();
        try (inProd) {
            assertThat(inProd.get("/db").data()).isEqualTo(Map.of("value", "x"));
            inProd.subscribe("/db", Set.of(), recorder);
            awaitLast(recorder, Map.of("value", "x"));
            etcd.put("/prod/db", "y");
            awaitLast(recorder, Map.of("value", "y"));
        }
    }

    @Test
    void onlyAllowedPathsAreRead() {
        EtcdConfigProvider limited = Providers.at(etcd.endpoint(), EtcdConfig.ALLOWED_PREFIXES, "/app/,/shared/");
        try (limited) {
            assertThat(limited.get("/shared/x").data()).isEmpty();
            assertThatThrownBy(() -> limited.get("/application"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll("/application", "allowed.prefixes");
            assertThatThrownBy(() -> limited.subscribe("/x", Set.of(), new Recorder()))
                    .isInstanceOf(ConfigException.class);
        }
    }

    @Test
    void aTimeToLiveIsHandedOn() {
        try (EtcdConfigProvider aging = Providers.at(etcd.endpoint(), EtcdConfig.TTL_MS, "60000")) {
            assertThat(aging.get("/x").ttl()).isEqualTo(60_000L);
            assertThat(provider.get("/x").ttl()).isNull();
        }
    }

    @Test
    void putDeleteAndPutAgainAreToldWithinASecond() {
        Recorder recorder = new Recorder();
        provider.subscribe("/sub/edit", Set.of(), recorder);
        awaitLast(recorder, Map.of());
        etcd.put("/sub/edit", "1");
        awaitLast(recorder, Map.of("value", "1"));
        etcd.delete("/sub/edit");
        awaitLast(recorder, Map.of());
        etcd.put("/sub/edit", "2");
        awaitLast(recorder, Map.of("value", "2"));
        assertThat(recorder.told()).containsExactly(Map.of(), Map.of("value", "1"), Map.of(), Map.of("value", "2"));
    }

    @Test
    void theStateAtSubscriptionIsToldFirst() {
        etcd.put("/sub/first", "here");
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        provider.subscribe("/sub/first", Set.of(), first);
        awaitLast(first, Map.of("value", "here"));
        provider.subscribe("/sub/first", Set.of(), second);
        awaitLast(second, Map.of("value", "here"));
        assertThat(first.told()).hasSize(1);
    }

    @Test
    void onlyChangesOfTheKeysAskedForAreTold() {
        etcd.put("/sub/keys", "{\"a\":1,\"b\":1}");
        Recorder a = new Recorder();
        Recorder b = new Recorder();
        provider.subscribe("/sub/keys", Set.of("a"), a);
        provider.subscribe("/sub/keys", Set.of("b"), b);
        awaitLast(a, Map.of("a", "1"));
        awaitLast(b, Map.of("b", "1"));
        etcd.put("/sub/keys", "{\"a\":1,\"b\":2}");
        awaitLast(b, Map.of("b", "2"));
        etcd.put("/sub/keys", "{\"a\":3,\"b\":2}");
        awaitLast(a, Map.of("a", "3"));
        assertThat(a.told()).containsExactly(Map.of("a", "1"), Map.of("a", "3"));
        assertThat(b.told()).containsExactly(Map.of("b", "1"), Map.of("b", "2"));
    }

    @Test
    void aSubscriberThatFailsIsToldAgain() {
        List<String> told = new ArrayList<>();
        provider.subscribe("/sub/fails", Set.of(), (path, data) -> {
            synchronized (told) {
                told.add(data.data().getOrDefault("value", "none"));
            }
            throw new IllegalStateException("a subscriber's own trouble, logged on purpose");
        });
        await().atMost(SOON).until(() -> copy(told), List.of("none")::equals);
        etcd.put("/sub/fails", "1");
        await().atMost(SOON).until(() -> copy(told), List.of("none", "1")::equals);
    }

    @Test
    void aSlowSubscriberIsToldTheNewest() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        Recorder recorder = new Recorder();
        provider.subscribe("/sub/slow", Set.of(), (path, data) -> {
            recorder.onChange(path, data);
            awaitQuietly(go);
        });
        awaitLast(recorder, Map.of());
        for (int i = 0; i < 200; i++) {
            etcd.put("/sub/slow", "edit " + i);
        }
        go.countDown();
        awaitLast(recorder, Map.of("value", "edit 199"));
    }

    @Test
    void nothingIsToldAfterUnsubscribing() {
        Recorder gone = new Recorder();
        Recorder stays = new Recorder();
        provider.subscribe("/sub/gone", Set.of(), gone);
        provider.subscribe("/sub/stays", Set.of(), stays);
        awaitLast(gone, Map.of());
        awaitLast(stays, Map.of());
        provider.unsubscribe("/sub/gone", Set.of(), gone);
        etcd.put("/sub/gone", "1");
        etcd.put("/sub/stays", "1");
        awaitLast(stays, Map.of("value", "1"));
        assertThat(gone.told()).containsExactly(Map.of());
        provider.subscribe("/sub/gone", Set.of(), gone);
        awaitLast(gone, Map.of("value", "1"));
    }

    @Test
    void textThatIsntUtf8IsAnErrorForGet() {
        // 0xD7 0xD6 in GBK, which the gateway takes as base64 like any other bytes.
        EtcdGateway.putBytes(etcd.endpoint(), "/get/gbk", new byte[] {(byte) 0xD7, (byte) 0xD6});
        assertThatThrownBy(() -> provider.get("/get/gbk"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("/get/gbk", "not UTF-8");
    }

    @Test
    void manyKeysAreFollowedAtOnce() {
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            Recorder recorder = new Recorder();
            recorders.add(recorder);
            provider.subscribe("/many/" + i, Set.of(), recorder);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> recorders.stream().allMatch(r -> r.last() != null));
        etcd.put("/many/7", "x");
        etcd.put("/many/249", "y");
        // Opening so many watches takes its time; what is written meanwhile mustn't be lost.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Map.of("value", "x").equals(recorders.get(7).last())
                        && Map.of("value", "y").equals(recorders.get(249).last()));
    }

    private static void awaitLast(Recorder recorder, Map<String, String> expected) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(recorder::last, expected::equals);
    }

    private static List<String> copy(List<String> told) {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
