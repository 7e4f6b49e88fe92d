package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/** Which files are begun at their end if the entry says so: those that are there when it is collected for the first time. */
class TailerStartTest extends TailerFixture {
    private static final long DAY_MILLIS = 86_400_000L;

    @Test
    void aFileThatIsMadeWhileTheTaskRestartsIsReadFromItsBeginning() throws IOException {
        append(log, "old\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log", "'start_position':'end'"))) {
            rig.drain();
            append(log, "x\n");
            rig.drain().commit().stop();
            append(dir.resolve("new.log"), "first\nsecond\n");
            rig.crash();
            append(dir.resolve("new.log"), "third\n");
            assertThat(rig.drain().lines()).containsExactly("x", "first", "second", "third");
        }
    }

    @Test
    void thatHoldsWhereTheFirstTaskFoundNothingToo() throws IOException {
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log", "'start_position':'end'"))) {
            rig.drain().restart();
            rig.stop();
            append(log, "first\n");
            assertThat(rig.crash().drain().lines()).containsExactly("first");
        }
    }

    @Test
    void aFileThatCanNotBeReadAtFirstIsBegunWhereItEndedThen() throws IOException {
        append(log, numbered(0, 1000));
        FaultyDisk disk = new FaultyDisk();
        disk.forbidden.add(log);
        try (Rig rig = new Rig(settings -> settings, disk, Rig.entry(log, "'start_position':'end'"))) {
            rig.poll().poll();
            append(log, "a1\n");
            rig.poll();
            disk.forbidden.clear();
            assertThat(rig.drain().lines()).containsExactly("a1");
            append(log, "a2\n");
            assertThat(rig.drain().lines()).containsExactly("a1", "a2");
        }
    }

    @Test
    void anotherFileAtItsPathIsReadFromItsBeginning() throws IOException {
        append(log, numbered(0, 10));
        FaultyDisk disk = new FaultyDisk();
        disk.forbidden.add(log);
        try (Rig rig = new Rig(settings -> settings, disk, Rig.entry(log, "'start_position':'end'"))) {
            rig.poll();
            rotate();
            append(log, numbered(10, 30));
            disk.forbidden.clear();
            assertThat(rig.drain().lines()).containsExactlyElementsOf(numberedLines(10, 30));
        }
    }

    @Test
    void aFileThatIsTooOldAtFirstIsBegunAtItsEndToo() throws IOException {
        append(log, numbered(0, 1000));
        Files.setLastModifiedTime(log, FileTime.fromMillis(System.currentTimeMillis() - DAY_MILLIS));
        try (Rig rig = new Rig(Rig.entry(log, "'start_position':'end'", "'ignore_older':'1h'"))) {
            rig.drain();
            append(log, "new\n");
            assertThat(rig.drain().lines()).containsExactly("new");
        }
    }
}
