package io.tailrace.connect.etcd.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.etcd.client.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscribersTest {
    private final Subscribers subscribers = new Subscribers("subscribers-test", null);
    private final List<Map<String, String>> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final Subscription slow = new Subscription("/a", Set.of(), this::tellSlowly);

    @AfterEach
    void close() {
        go.countDown();
        subscribers.close();
    }

    private void tellSlowly(String path, ConfigData data) {
        told.add(data.data());
        try {
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void onlyTheNewestWaitsForASlowSubscriber() {
        subscribers.add(slow);
        subscribers.offer("/a", stored("first"));
        await().until(() -> told.size() == 1);
        for (int i = 0; i < 1000; i++) {
            subscribers.offer("/a", stored("edit " + i));
        }
        go.countDown();
        await().until(() -> told.size() == 2);
        assertThat(told).containsExactly(Map.of("value", "first"), Map.of("value", "edit 999"));
    }

    @Test
    void whatWaitsIsDroppedWithTheSubscription() {
        Subscription other = new Subscription("/b", Set.of(), (path, data) -> told.add(data.data()));
        subscribers.add(slow);
        subscribers.add(other);
        subscribers.offer("/a", stored("first"));
        await().until(() -> told.size() == 1);
        subscribers.offer("/a", stored("dropped"));
        subscribers.offer("/b", stored("told"));
        assertThat(subscribers.remove(slow)).isTrue();
        assertThat(subscribers.remove(slow)).isFalse();
        go.countDown();
        await().until(() -> told.size() == 2);
        assertThat(told).containsExactly(Map.of("value", "first"), Map.of("value", "told"));
    }

    @Test
    void oneLikeItIsNotAddedTwice() {
        assertThat(subscribers.add(slow)).isTrue();
        assertThat(subscribers.add(new Subscription("/a", Set.of(), slow.callback())))
                .isFalse();
        assertThat(subscribers.size()).isEqualTo(1);
    }

    @Test
    void theRevisionIsToldToThoseWhoAskForItAndTheyAreToldOfItsChange() {
        Subscription asking =
                new Subscription("/a", Set.of("value", "mod_revision"), (path, data) -> told.add(data.data()));
        subscribers.add(asking);
        subscribers.offer("/a", Optional.of(new Stored(7, Optional.of("x"))));
        await().until(() -> told.size() == 1);
        subscribers.offer("/a", Optional.of(new Stored(8, Optional.of("x"))));
        await().until(() -> told.size() == 2);
        subscribers.offer("/a", Optional.empty());
        await().until(() -> told.size() == 3);
        assertThat(told)
                .containsExactly(
                        Map.of("value", "x", "mod_revision", "7"), Map.of("value", "x", "mod_revision", "8"), Map.of());
    }

    private static Optional<Stored> stored(String text) {
        return Optional.of(new Stored(1, Optional.of(text)));
    }
}
