package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.identify.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many generations of one log, under a glob that matches all of them. */
class TailerGenerationsTest extends TailerFixture {
    private static final int MANY = Finished.MAX + 20;

    private static void pollPastRotateWait(Rig rig) {
        IntStream.range(0, 8).forEach(i -> rig.poll());
    }

    private void rotate(int generations) throws IOException {
        for (int i = generations; i > 0; i--) {
            Files.move(dir.resolve("app.log." + i), dir.resolve("app.log." + (i + 1)));
        }
        Files.move(log, dir.resolve("app.log.1"));
    }

    @Test
    void readsNoneOfThemAgainAfterARestart() throws IOException {
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            for (int i = 0; i < MANY; i++) {
                append(log, "line " + i + "\n");
                Files.setLastModifiedTime(log, FileTime.fromMillis(1_000_000_000_000L + 1_000L * i));
                pollPastRotateWait(rig);
                rotate(i);
            }
            rig.drain().restart().drain();
            assertThat(rig.lines()).isEqualTo(numberedLines(0, MANY));
        }
    }

    @Test
    void aFileThatBeginsLikeTheOneBeingReadIsReadIfItIsNoCopyOfIt() throws IOException {
        append(log, "head\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            assertThat(rig.poll().newLines()).containsExactly("head");
            append(dir.resolve("app.log.1"), "head\nof another\n");
            assertThat(rig.drain().newLines()).containsExactly("head", "of another");
            append(log, "more\n");
            assertThat(rig.drain().restart().drain().newLines()).containsExactly("more");
        }
    }

    @Test
    void aCopyOfTheFileBeingReadIsNotRead() throws IOException {
        append(log, "head\nand more\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            rig.poll();
            append(log, "unread\n");
            Files.copy(log, dir.resolve("app.log.bak"));
            assertThat(rig.drain().restart().drain().lines()).containsExactly("head", "and more", "unread");
        }
    }

    @Test
    void readsEachThatCameWhileTheTaskWasDownOnce() throws IOException {
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            append(log, "line 0\n");
            rig.poll().commit().stop();
            for (int i = 1; i < MANY; i++) {
                rotate(i - 1);
                append(log, "line " + i + "\n");
                Files.setLastModifiedTime(log, FileTime.fromMillis(2_000_000_000_000L + 1_000L * i));
            }
            rig.crash().drain().restart().drain();
            assertThat(rig.lines()).containsExactlyInAnyOrderElementsOf(numberedLines(0, MANY));
        }
    }
}
