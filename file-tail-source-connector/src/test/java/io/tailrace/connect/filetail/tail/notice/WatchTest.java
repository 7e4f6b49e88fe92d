package io.tailrace.connect.filetail.tail.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class WatchTest {
    @TempDir
    Path temporary;

    private Path dir;
    private final Watch watch = Watch.start();
    private final News heard = News.none();

    @BeforeEach
    void makeTheFolder() throws IOException {
        dir = Files.createDirectory(temporary.resolve("logs"));
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private static Map<Path, FileKey> keys(Path... paths) {
        return Stream.of(paths).collect(Collectors.toMap(path -> path, WatchTest::key));
    }

    private static FileKey key(Path path) {
        try {
            return FileKey.of(Files.readAttributes(path, BasicFileAttributes.class), false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void append(Path file) throws IOException {
        Files.writeString(file, "line\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Takes news until something is among it. */
    private void hear(Set<Path> told, Path expected) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            watch.await(TimeUnit.MILLISECONDS.toNanos(50));
            News news = watch.news(System.nanoTime());
            heard.written().addAll(news.written());
            heard.moved().addAll(news.moved());
            heard.missed().addAll(news.missed());
            return told.contains(expected);
        });
    }

    @Test
    void hearsOfFilesThatAreWrittenAppearAndVanish() throws IOException {
        Path log = dir.resolve("app.log");
        assertThat(watch.keep(keys(dir), Map.of())).isTrue();
        assertThat(watch.hears(dir)).isTrue();
        append(log);
        hear(heard.moved(), log);
        append(log);
        hear(heard.written(), log);
        Files.move(log, dir.resolve("app.log.1"));
        hear(heard.moved(), dir.resolve("app.log.1"));
        assertThat(watch.keep(keys(dir), Map.of())).as("more than before").isFalse();
    }

    @Test
    void tellsOfADirectoryUnderEachOfItsNames() throws IOException {
        Path alias = Files.createSymbolicLink(temporary.resolve("alias"), dir);
        watch.keep(keys(dir, alias), Map.of());
        append(dir.resolve("app.log"));
        append(dir.resolve("app.log"));
        hear(heard.written(), dir.resolve("app.log"));
        assertThat(heard.written()).contains(alias.resolve("app.log"));
    }

    @Test
    void hearsOfTheFileThatALinkLeadsTo() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        append(elsewhere.resolve("real.log"));
        Path link = Files.createSymbolicLink(dir.resolve("link.log"), elsewhere.resolve("real.log"));
        watch.keep(keys(dir), keys(link));
        assertThat(watch.hears(link)).isTrue();
        append(elsewhere.resolve("real.log"));
        hear(heard.written(), link);
        append(elsewhere.resolve("other.log"));
        append(elsewhere.resolve("real.log"));
        assertThat(heard.moved()).doesNotContain(elsewhere.resolve("other.log"));
    }

    @Test
    void goesOnWhenADirectoryIsReplaced() throws IOException {
        watch.keep(keys(dir), Map.of());
        Files.delete(dir);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            watch.await(TimeUnit.MILLISECONDS.toNanos(50));
            watch.news(System.nanoTime());
            return !watch.hears(dir);
        });
        Files.createDirectory(dir);
        assertThat(watch.keep(keys(dir), Map.of())).isTrue();
        append(dir.resolve("app.log"));
        hear(heard.moved(), dir.resolve("app.log"));
    }

    @Test
    void hearsTheDirectoryThatHasTakenThePlaceOfOneThatWasMovedAway() throws IOException {
        watch.keep(keys(dir), Map.of());
        Files.move(dir, temporary.resolve("logs.old"));
        Files.createDirectory(dir);
        assertThat(watch.keep(keys(dir), Map.of())).as("more than before").isTrue();
        append(temporary.resolve("logs.old").resolve("old.log"));
        append(dir.resolve("app.log"));
        hear(heard.moved(), dir.resolve("app.log"));
        assertThat(heard.moved()).doesNotContain(dir.resolve("old.log"));
    }

    @Test
    void leavesToOthersWhatIsBeyondItsLimit() throws IOException {
        Path[] many = new Path[5000];
        for (int i = 0; i < many.length; i++) {
            many[i] = Files.createDirectory(dir.resolve(String.valueOf(i)));
        }
        try (LogCapture warnings = LogCapture.of("io.tailrace.connect.filetail.tail.notice")) {
            watch.keep(keys(many), Map.of());
            watch.keep(keys(many), Map.of());
            assertThat(Stream.of(many).filter(watch::hears)).hasSizeBetween(1, 4999);
            assertThat(warnings.messages()).hasSize(1);
        }
        watch.keep(keys(many[4999]), Map.of());
        assertThat(watch.hears(many[4999])).isTrue();
    }

    @Test
    void saysOfWhichDirectoryItMissedSomething() throws IOException {
        watch.keep(keys(dir), Map.of());
        for (int i = 0; i < 2000; i++) {
            append(dir.resolve(i + ".log"));
        }
        hear(heard.missed(), dir);
    }

    @Test
    void leavesWhatIsNotWanted() {
        watch.keep(keys(dir), Map.of());
        assertThat(watch.keep(new HashMap<>(), Map.of())).isFalse();
        assertThat(watch.hears(dir)).isFalse();
    }

    @Test
    void isNotReliedOnWhereItWasSilent() {
        watch.keep(keys(dir), Map.of());
        watch.wasSilent(dir, dir.resolve("app.log"));
        assertThat(watch.hears(dir)).isFalse();
    }

    @Test
    void ringsAboutABusyDirectoryOnlySoOften() throws Exception {
        watch.keep(keys(dir), Map.of());
        append(dir.resolve("app.log"));
        hear(heard.moved(), dir.resolve("app.log"));
        append(dir.resolve("app.log"));
        long now = System.nanoTime();
        Set<Path> told = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            // Time stands still, so that the directory rests for all of it.
            told.addAll(watch.news(now).written());
        }
        assertThat(told.size()).isLessThanOrEqualTo(1);
        append(dir.resolve("other.log"));
        hear(heard.moved(), dir.resolve("other.log"));
    }

    @Test
    @Timeout(60)
    void endsItsWaitWhenItIsClosed() throws InterruptedException {
        for (Watch waiting : new Watch[] {Watch.start(), Watch.none()}) {
            Thread thread = new Thread(() -> {
                try {
                    waiting.await(TimeUnit.HOURS.toNanos(1));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            waiting.close();
            thread.join();
            assertThat(waiting.news(System.nanoTime()).written()).isEmpty();
            assertThat(waiting.keep(keys(dir), Map.of())).isFalse();
        }
    }
}
