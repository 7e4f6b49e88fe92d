package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What came after a file that was rotated away, and what is only named as if it had. */
class TailerNamesakesTest extends TailerFixture {
    private static final long HOUR_MILLIS = 3_600_000;

    @Test
    void leavesAloneALogThatIsNamedLikeARotatedOne() throws IOException {
        for (String name : new String[] {"app.log.8443", "app.log.2", "app.log.bak"}) {
            clean();
            Path other = dir.resolve(name);
            append(other, "other 0\n");
            append(log, "a1\n");
            try (Rig rig = new Rig(Rig.entry(log))) {
                rig.drain();
                append(other, "other 1\n");
                Files.move(log, dir.resolve("app.log.1"));
                append(log, "b1\n");
                assertThat(rig.drain().lines()).as(name).containsExactly("a1", "b1");
                append(other, "other 2\n");
                assertThat(rig.drain().lines()).as(name).containsExactly("a1", "b1");
            }
        }
    }

    @Test
    void leavesAloneALogWithANumberInItsName() throws IOException {
        Path other = dir.resolve("app-2.log");
        append(other, "other 0\n");
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            append(other, "other 1\n");
            Files.move(log, dir.resolve("app-20261122.log"));
            append(log, "b1\n");
            assertThat(rig.drain().lines()).containsExactly("a1", "b1");
        }
    }

    @Test
    void leavesAloneWhatIsExcluded() throws IOException {
        append(log, "a1\n");
        Path other = dir.resolve("app.log.8443");
        append(other, "other 0\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*", "'exclude':['*.8443']"))) {
            rig.drain();
            append(other, "other 1\n");
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "b1\n");
            assertThat(rig.drain().lines()).containsExactly("a1", "b1");
        }
    }

    @Test
    void isNotKeptByALogThatIsWrittenToAllTheTime() throws IOException {
        Path other = dir.resolve("app.log.8443");
        append(other, "other\n");
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "b1\n");
            for (int i = 0; i < 30; i++) {
                append(other, "other " + i + "\n");
                rig.poll();
            }
            assertThat(rig.lines()).containsExactly("a1", "b1");
        }
    }

    @Test
    void leavesAloneAFarNumberAfterARestart() throws IOException {
        Path other = dir.resolve("app.log.8443");
        append(other, "other 0\n");
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll().commit().stop();
            rotate();
            append(log, "b1\n");
            rotate();
            append(log, "c1\n");
            append(other, "other 1\n");
            assertThat(rig.crash().drain().lines()).containsExactly("a1", "b1", "c1");
        }
    }

    @Test
    void readsWhatCameNextThoughItIsOlderByItsTimeStamp() throws IOException {
        append(log, "a1\n");
        Files.setLastModifiedTime(log, FileTime.fromMillis(System.currentTimeMillis() + HOUR_MILLIS));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            rotate();
            append(log, "b1\n");
            rotate();
            append(log, "c1\n");
            assertThat(rig.drain().lines()).containsExactly("a1", "b1", "c1");
        }
    }

    @Test
    void readsWhatCameNextThoughTheFileThatWasReadIsGone() throws IOException {
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll().commit().stop();
            Files.move(log, dir.resolve("app.2.log"));
            append(log, "b1\n");
            Files.move(log, dir.resolve("app.1.log"));
            append(log, "c1\n");
            Files.delete(dir.resolve("app.2.log"));
            assertThat(rig.crash().drain().lines()).containsExactly("a1", "b1", "c1");
        }
    }

    @Test
    void takesNoGenerationOfTheSameFewLinesForACopy() throws IOException {
        for (String glob : new String[] {"app.log", "app.log*"}) {
            clean();
            append(log, "ok\n");
            try (Rig rig = new Rig(Rig.entry(dir.resolve(glob)))) {
                rig.poll();
                for (int i = 0; i < 2; i++) {
                    rotate();
                    append(log, "ok\n");
                }
                rotate();
                append(log, "c\n");
                assertThat(rig.drain().lines()).as(glob).containsExactly("ok", "ok", "ok", "c");
            }
        }
    }

    @Test
    void takesNoGenerationWithTheSameHeadForACopyAfterARestart() throws IOException {
        append(log, "== log begins ==\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll().commit().stop();
            rotate();
            append(log, "== log begins ==\nb1\n");
            rotate();
            append(log, "== log begins ==\nc1\n");
            assertThat(rig.crash().drain().lines())
                    .containsExactly("== log begins ==", "== log begins ==", "b1", "== log begins ==", "c1");
        }
    }

    /** The oldest copy is deleted, and the next one is given its inode. */
    @Test
    void aCopyThatHasTheInodeOfADeletedOneIsNotReadAgain() throws IOException {
        Path copy = dir.resolve("app.log.1");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            append(log, "a line of the first generation\n");
            Files.copy(log, copy);
            Files.writeString(log, "");
            assertThat(rig.drain().newLines()).hasSize(1);
            Path inode = Files.move(copy, dir.resolve("unused"));
            append(log, "second\n");
            assertThat(rig.drain().newLines()).containsExactly("second");
            Files.writeString(inode, Files.readString(log));
            // The tailer's clock is ahead of the file system's.
            Files.setLastModifiedTime(inode, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
            Files.move(inode, copy);
            Files.writeString(log, "");
            assertThat(rig.drain().newLines()).isEmpty();
        }
    }

    /** Jobs write the same into files of their own, which are deleted when they have been read: an inode is used again. */
    @ParameterizedTest
    @ValueSource(strings = {"job-2.log", "job-b.log", "job-a.log"})
    void readsAFileThatIsLikeOneWhoseInodeItHas(String name) throws IOException {
        Path first = dir.resolve("job-a.log");
        append(first, "ok\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            rig.drain();
            Path inode = Files.move(first, dir.resolve("unused"));
            rig.drain();
            Files.writeString(inode, "ok\n");
            Files.move(inode, dir.resolve(name));
            assertThat(rig.drain().lines()).containsExactly("ok", "ok");
        }
    }

    @Test
    void readsNothingAgainThatIsOnlyMoved() throws IOException {
        Path first = dir.resolve("job-a.log");
        append(first, "ok\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            rig.drain();
            Path unused = Files.move(first, dir.resolve("unused"));
            rig.drain();
            Path moved = Files.move(unused, dir.resolve("job-b.log"));
            rig.drain();
            append(moved, "more\n");
            assertThat(rig.drain().lines()).containsExactly("ok", "more");
        }
    }

    /** A file that grows may be a copy in the making only if it has the same bytes. */
    @Test
    void readsABusyLogWithARotatedName() throws IOException, InterruptedException {
        append(log, numbered(0, 100_000));
        Path busy = dir.resolve("app.log.8443");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            rig.drain().newLines();
            append(busy, "busy\n");
            Thread writer = new Thread(() -> IntStream.range(0, 150_000)
                    .takeWhile(line -> !Thread.currentThread().isInterrupted())
                    .forEach(line -> append(busy, "busy\n")));
            writer.start();
            try {
                for (int poll = 0; rig.lines().isEmpty() && poll < 20; poll++) {
                    rig.poll();
                }
                assertThat(rig.lines()).contains("busy");
            } finally {
                writer.interrupt();
                writer.join();
            }
        }
    }

    /** A second process is started after the log was begun, and writes a log of its own; ours is rotated with a date. */
    @ParameterizedTest
    @CsvSource({"app-2.log, app-20261122.log", "app.log.8443, app.log-20261122"})
    void leavesAloneALogThatBeganLater(String othersName, String rotatedName) throws IOException {
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            Path other = dir.resolve(othersName);
            append(other, "other 0\n");
            rig.poll();
            Files.move(log, dir.resolve(rotatedName));
            append(log, "b1\n");
            for (int i = 1; i < 60; i++) {
                append(other, "other " + i + "\n");
                rig.poll();
            }
            assertThat(rig.newLines()).containsExactly("a1", "b1");
        }
    }

    /** The date is a month and a day. */
    @Test
    void followsNamesOfMonthAndDay() throws IOException {
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll().commit().stop();
            Files.move(log, dir.resolve("app.log.1130"));
            append(log, "b1\n");
            Files.move(log, dir.resolve("app.log.1201"));
            append(log, "c1\n");
            FileTime tick = Files.getLastModifiedTime(dir.resolve("app.log.1130"));
            Files.setLastModifiedTime(dir.resolve("app.log.1201"), tick);
            rig.crash().drain();
            assertThat(rig.newLines()).containsExactly("a1", "b1", "c1");
        }
    }

    /** The same, with hour and minute, while the task runs: between two looks. */
    @Test
    void followsNamesOfHourAndMinute() throws IOException {
        append(log, "a1\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            Files.move(log, dir.resolve("app.0859.log"));
            append(log, "b1\n");
            Files.move(log, dir.resolve("app.0900.log"));
            append(log, "c1\n");
            rig.drain();
            assertThat(rig.newLines()).containsExactly("a1", "b1", "c1");
        }
    }
}
