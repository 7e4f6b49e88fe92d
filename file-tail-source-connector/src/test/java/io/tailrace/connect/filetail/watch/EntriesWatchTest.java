package io.tailrace.connect.filetail.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.PathPolicy;
import io.tailrace.connect.filetail.entries.TopicPolicy;
import io.tailrace.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntriesWatchTest {
    private static final String ALL = "/all";
    private static final String ADDRESS = "/10.0.0.1";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path state;

    private final LogCapture quiet = LogCapture.of("io.tailrace.connect.filetail");
    private final MemoryStore store = new MemoryStore();
    private volatile List<String> hostsKeys = List.of(ALL, ADDRESS);
    private volatile Optional<String> misfit = Optional.empty();
    private EntriesWatch watch;
    private Hurried thread;

    @AfterEach
    void stop() throws InterruptedException {
        end();
        quiet.close();
    }

    @Test
    void anAddressThatComesBackWhileTheStoreIsAwayHasItsLastGoodList() throws InterruptedException {
        store.put(ALL, list("a"));
        store.put(ADDRESS, list("b"));
        start();
        awaitPaths("/var/log/a", "/var/log/b");
        hostsKeys = List.of(ALL);
        awaitPaths("/var/log/a");
        store.goAway();
        restart();
        awaitPaths("/var/log/a");
        hostsKeys = List.of(ALL, ADDRESS);
        awaitPaths("/var/log/a", "/var/log/b");
    }

    @Test
    void aKeyThatWasDeletedWhileItsAddressWasAwayIsGone() throws InterruptedException {
        store.put(ALL, list("a"));
        store.put(ADDRESS, list("b"));
        start();
        hostsKeys = List.of(ALL);
        awaitPaths("/var/log/a");
        store.delete(ADDRESS);
        hostsKeys = List.of(ALL, ADDRESS);
        await().atMost(SOON).until(() -> watch.status().keys().size() == 2);
        awaitPaths("/var/log/a");
        store.goAway();
        restart();
        awaitPaths("/var/log/a");
    }

    @Test
    void whatCouldNotBeRememberedIsOnceThereIsRoom() throws IOException {
        Path dir = state.resolve("dir");
        Files.writeString(dir, "a file where the folder should be");
        state = dir;
        store.put(ALL, list("a"));
        try (LogCapture log = LogCapture.of("io.tailrace.connect.filetail.watch")) {
            start();
            awaitPaths("/var/log/a");
            Files.delete(dir);
            await().atMost(SOON).until(() -> new LastGood(dir, "c").load().containsKey(ALL));
            assertThat(log.messages())
                    .filteredOn(message -> message.contains("cannot be remembered"))
                    .as("however often it was tried")
                    .hasSize(1);
        }
    }

    @Test
    void aStoreThatLostItsDataMayBeYoungerThanItWasAndOlderThanTheKey() {
        store.put(ALL, list("a"));
        store.moveOn(100);
        start();
        awaitPaths("/var/log/a");
        store.loseData();
        store.moveOn(50);
        store.tell(ALL);
        await().atMost(SOON).until(() -> watch.status().keys().get(0).lost());
        awaitPaths("/var/log/a");
        store.put(ALL, list("anew"));
        awaitPaths("/var/log/anew");
        store.delete(ALL);
        awaitPaths();
    }

    @Test
    void aDeletionThatCouldNotBeUnderstoodAtOnceIsOneLater() {
        store.put(ALL, list("a"));
        start();
        awaitPaths("/var/log/a");
        try (LogCapture log = LogCapture.of("io.tailrace.connect.filetail.watch")) {
            store.goAway();
            store.delete(ALL);
            await().atMost(SOON)
                    .until(() -> log.messages().stream().anyMatch(message -> message.contains("cannot be read")));
            awaitPaths("/var/log/a");
            store.comeBack();
            awaitPaths();
            assertThat(log.messages())
                    .filteredOn(message -> message.contains("cannot be found out"))
                    .hasSize(1);
        }
    }

    @Test
    void lastGoodListsThatFitNoMoreAreAFailureAndNotInForce() throws InterruptedException {
        store.put(ALL, list("a"));
        start();
        awaitPaths("/var/log/a");
        store.goAway();
        misfit = Optional.of("too many");
        restart();
        await().atMost(SOON).until(() -> watch.status().misfit().equals(misfit));
        awaitPaths();
    }

    private void awaitPaths(String... paths) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() ->
                        assertThat(watch.inForce()).extracting(Entry::path).containsExactly(paths));
    }

    private void restart() throws InterruptedException {
        end();
        start();
    }

    /** What is under way may still write to the folder. */
    private void end() throws InterruptedException {
        watch.close();
        assertThat(thread.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private void start() {
        HostEntries reader = new HostEntries(PathPolicy.of(List.of("/var/log")), TopicPolicy.of(".*"));
        thread = new Hurried();
        watch = new EntriesWatch(
                new EntriesWatch.Setup(
                        store,
                        () -> hostsKeys,
                        reader,
                        entries -> misfit,
                        new LastGood(state, "c"),
                        () -> true,
                        () -> {}),
                thread);
        watch.start(Duration.ofSeconds(5));
    }

    private static String list(String file) {
        return "[{\"path\":\"/var/log/" + file + "\",\"topic\":\"t\"}]";
    }

    /** What is done from time to time is done all the time. */
    private static final class Hurried extends ScheduledThreadPoolExecutor {
        Hurried() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long initial, long delay, TimeUnit unit) {
            return super.scheduleWithFixedDelay(work, 20, 20, TimeUnit.MILLISECONDS);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            return super.schedule(work, Math.min(20, unit.toMillis(delay)), TimeUnit.MILLISECONDS);
        }
    }
}
