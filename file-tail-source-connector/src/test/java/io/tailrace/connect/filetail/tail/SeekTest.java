package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.Recognition;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.FileOpener;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeekTest extends TailerFixture {
    private static final int STEP_BYTES = 128 * 1024;

    private final Seek seek = new Seek(STEP_BYTES);
    private int opened;

    private FileStat gzipOf(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        append(file, text);
        return FileStat.of(TailerGzipTest.gzip(file)).orElseThrow();
    }

    private Content open(FileStat file) throws IOException {
        opened++;
        return new FileOpener(path -> true).open(file.path()).content();
    }

    /** In how many scans it is found. */
    private int scans(FileStat file, long position, Charset charset, long expected) throws IOException {
        for (int scans = 1; ; scans++) {
            seek.nextScan();
            try {
                Bookmark found = seek.nextLine(file, () -> open(file), charset, position);
                try (Content content = open(file)) {
                    assertThat(found).isEqualTo(Recognition.bookmark(content, file.key(), expected));
                }
                return scans;
            } catch (FarAwayException e) {
                assertThat(scans).isLessThan(1000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 9_999, 10_000, 999_999, 1_000_000, 1_000_001, 1_990_000, 1_999_990, 1_999_999, 2_000_000})
    void findsTheNextLine(long position) throws IOException {
        FileStat file = gzipOf("app.log", "x".repeat(9999).concat("\n").repeat(200));
        assertThat(scans(file, position, StandardCharsets.UTF_8, (position + 9999) / 10_000 * 10_000))
                .isBetween(1, 18);
        assertThat(opened).isEqualTo(2);
    }

    @Test
    void goesAPartOfTheWayInEachScan() throws IOException {
        FileStat file = gzipOf("app.log", "x".repeat(1_999_999) + "\n" + "y".repeat(2_000_000));
        assertThat(scans(file, 1_000_000, StandardCharsets.UTF_8, 2_000_000)).isBetween(14, 18);
        assertThat(scans(file, 3_000_000, StandardCharsets.UTF_8, 4_000_000)).isBetween(28, 36);
        assertThat(scans(file, 9_000_000, StandardCharsets.UTF_8, 4_000_000)).isBetween(28, 36);
    }

    @Test
    void linesBeginAtWholeUnits() throws IOException {
        Path file = dir.resolve("app.log");
        Files.write(file, "\u0a0a\u0a0aab\ncd\n".getBytes(StandardCharsets.UTF_16LE));
        FileStat gzip = FileStat.of(TailerGzipTest.gzip(file)).orElseThrow();
        assertThat(scans(gzip, 1, StandardCharsets.UTF_16LE, 10)).isOne();
        assertThat(scans(gzip, 9, StandardCharsets.UTF_16LE, 10)).isOne();
        assertThat(scans(gzip, 11, StandardCharsets.UTF_16LE, 16)).isOne();
    }

    @Test
    void anotherFileWaitsForItsTurnAndGetsItWhenTheFirstIsNotAskedForAnyMore() throws IOException {
        FileStat file = gzipOf("app.log", "x".repeat(1_000_000) + "\n");
        FileStat other = gzipOf("other.log", "y\nz\n");
        for (int scan = 0; scan < 3; scan++) {
            seek.nextScan();
            assertFarAway(file, 900_000);
            assertFarAway(other, 1);
        }
        seek.nextScan();
        assertFarAway(other, 1);
        seek.nextScan();
        assertThat(seek.nextLine(other, () -> open(other), StandardCharsets.UTF_8, 1)
                        .position())
                .isEqualTo(2);
        assertThat(opened).isEqualTo(2);
    }

    private void assertFarAway(FileStat file, long position) {
        assertThatThrownBy(() -> seek.nextLine(file, () -> open(file), StandardCharsets.UTF_8, position))
                .isInstanceOf(FarAwayException.class);
    }
}
