package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More files than may be open, some of which can't be opened again, or only at some cost. */
class TailerOpenFilesTest extends TailerFixture {
    private static final int GZIP_LINES = 30_000;

    @Test
    void aRemovedFileStaysOpenUntilItIsRead() throws IOException {
        append(log, numbered(0, 20));
        try (Rig rig = new Rig(s -> s.openFilesMax(2), Rig.entry(log, "'send_rate':4"), Rig.entry(dir + "/*.txt"))) {
            rig.poll();
            Files.delete(log);
            List.of("b", "c", "d").forEach(name -> append(dir.resolve(name + ".txt"), "busy\n".repeat(5000)));
            assertThat(counted(drain(rig, 2), "line")).isEqualTo(20);
            assertThat(counted(rig.lines(), "busy")).isEqualTo(15_000);
            assertThat(rig.progress().total().get(Count.LOSSES)).isZero();
        }
    }

    @Test
    void othersWaitWhileAllThatAreOpenWereRemoved() throws IOException {
        try (Rig rig = new Rig(
                s -> s.openFilesMax(2), Rig.entry(dir + "/*.log", "'send_rate':4"), Rig.entry(dir + "/*.txt"))) {
            append(log, numbered(0, 40));
            append(dir.resolve("b.log"), numbered(40, 80));
            rig.poll().poll();
            Files.delete(log);
            Files.delete(dir.resolve("b.log"));
            append(dir.resolve("other.txt"), "waits\n");
            assertThat(rig.poll().poll().lines()).doesNotContain("waits");
            assertThat(drain(rig, 2))
                    .containsOnlyOnceElementsOf(numberedLines(0, 80))
                    .contains("waits");
            assertThat(rig.progress().total().get(Count.LOSSES)).isZero();
        }
    }

    @Test
    void aRemovedFileThatHasBeenReadMakesRoom() throws IOException {
        append(log, "one\n");
        try (Rig rig = new Rig(s -> s.openFilesMax(1), Rig.entry(dir + "/*.log"))) {
            rig.poll();
            Files.delete(log);
            append(dir.resolve("b.log"), "two\n");
            assertThat(rig.poll().poll().poll().lines()).containsExactly("one", "two");
        }
    }

    @Test
    void aCompressedFileGetsOnAmongMoreFilesThanMayBeOpen() throws IOException {
        String busy = "some line of a busy log\n".repeat(40_000);
        List.of("a", "b", "c").forEach(name -> append(dir.resolve(name + ".log"), busy));
        compressed("old.log");
        for (int max : List.of(3, 1)) {
            try (Rig rig = new Rig(s -> s.openFilesMax(max), Rig.entry(dir + "/*"))) {
                List<String> lines = drain(rig, max);
                assertThat(counted(lines, "line")).isEqualTo(GZIP_LINES);
                assertThat(counted(lines, "some")).isEqualTo(120_000);
                assertThat(lines.indexOf("line " + (GZIP_LINES - 1))).isLessThan(120_000);
            }
        }
    }

    @Test
    void compressedFilesTakeTurns() throws IOException {
        Files.createDirectory(dir.resolve("other"));
        compressed("one.log");
        compressed("other/two.log");
        try (Rig rig = new Rig(s -> s.openFilesMax(1), Rig.entry(dir + "/*.gz"), Rig.entry(dir + "/other/*.gz"))) {
            List<String> lines = drain(rig, 1);
            assertThat(lines).hasSize(2 * GZIP_LINES);
            int first = lines.indexOf("line " + (GZIP_LINES - 1));
            assertThat(lines.subList(0, first).stream().filter("line 0"::equals))
                    .hasSize(2);
        }
    }

    private static long counted(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).count();
    }

    private void compressed(String name) throws IOException {
        Path file = dir.resolve(name);
        append(file, numbered(0, GZIP_LINES));
        Files.setLastModifiedTime(
                TailerGzipTest.gzip(file), FileTime.from(Instant.now().minusSeconds(60)));
    }

    private static List<String> drain(Rig rig, int max) {
        for (int quiet = 0; quiet < 60; ) {
            int before = rig.records().size();
            rig.poll();
            assertThat(rig.progress().openFiles()).isLessThanOrEqualTo(max);
            quiet = rig.records().size() == before ? quiet + 1 : 0;
        }
        return rig.lines();
    }
}
