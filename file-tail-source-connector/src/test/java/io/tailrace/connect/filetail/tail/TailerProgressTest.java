package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import io.tailrace.connect.filetail.tail.record.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tailer says about itself. */
class TailerProgressTest {
    @TempDir
    Path dir;

    private Path log;

    @BeforeEach
    void nameTheLog() {
        log = dir.resolve("app.log");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static StreamProgress only(Rig rig) {
        assertThat(rig.progress().streams()).hasSize(1);
        return rig.progress().streams().get(0);
    }

    private static long count(Rig rig, Count count) {
        return rig.progress().total().get(count);
    }

    @Test
    void tellsPositionSizeAndWhatWasSent() throws IOException {
        append(log, "one\ntwo\r\n\npart");
        try (Rig rig = new Rig(Rig.entry(log, "'id':'web'"))) {
            assertThat(rig.progress().streams()).isEmpty();
            rig.poll().poll();
            StreamProgress stream = only(rig);
            assertThat(stream.stream()).isEqualTo("host|web|" + log);
            assertThat(stream.path()).isEqualTo(log);
            assertThat(stream.position()).isEqualTo(10);
            assertThat(stream.size()).isEqualTo(14);
            assertThat(stream.lagBytes()).isEqualTo(4);
            assertThat(stream.lagMillis()).as("an incomplete line isn't late").isZero();
            assertThat(stream.lines()).isEqualTo(2);
            assertThat(stream.bytes()).isEqualTo(6);
            assertThat(stream.error()).isEmpty();
            Progress progress = rig.progress();
            assertThat(progress.openFiles()).isEqualTo(1);
            assertThat(progress.lagBytes()).isEqualTo(4);
            assertThat(progress.total().get(Count.LINES)).isEqualTo(2);
            assertThat(progress.total().get(Count.FILTERED_LINES)).isEqualTo(1);
        }
    }

    @Test
    void tellsHowLateAThrottledFileIsAndForHowLongItWaited() throws IOException {
        append(log, "x\n".repeat(1000));
        Path other = dir.resolve("idle.log");
        append(other, "");
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log", "'send_rate':10"))) {
            rig.poll();
            for (int i = 0; i < 200; i++) {
                rig.pollAtOnce();
            }
            StreamProgress slow = rig.progress().streams().get(0);
            assertThat(slow.lines()).isBetween(110L, 140L);
            assertThat(slow.lagBytes()).isEqualTo(2 * (1000 - slow.lines()));
            assertThat(slow.lagMillis()).isBetween(11_000L, 14_000L);
            assertThat(slow.throttledMillis()).isBetween(9_000L, 13_500L);
            assertThat(rig.progress().maxLagMillis()).isBetween(slow.lagMillis(), slow.lagMillis() + 1000);
            assertThat(rig.progress().streams().get(1).throttledMillis())
                    .as("there was nothing to wait with")
                    .isZero();
        }
    }

    @Test
    void isNotLateOnceAllIsRead() throws IOException {
        append(log, "x\n".repeat(3000));
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.pollAtOnce();
            rig.pass(Duration.ofSeconds(3));
            assertThat(only(rig).lagMillis()).isBetween(3000L, 3200L);
            rig.drain();
            assertThat(only(rig).lagMillis()).isZero();
            assertThat(only(rig).lagBytes()).isZero();
            assertThat(count(rig, Count.THROTTLED_NANOS)).isZero();
        }
    }

    /** An old process goes on writing to the file that was rotated away. */
    @Test
    void isLateIfTheNextFileHasToWait() throws IOException {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            Path rotated = Files.move(log, dir.resolve("app.log.1"));
            append(log, "next\n");
            for (int second = 0; second < 20; second++) {
                append(rotated, "more\n");
                rig.poll();
            }
            assertThat(only(rig).lagMillis()).isBetween(17_000L, 21_000L);
            rig.drain();
            assertThat(rig.lines()).endsWith("more", "next");
            assertThat(only(rig).lagMillis()).isZero();
        }
    }

    @Test
    void countsRotationsAndTruncations() throws IOException {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.poll();
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "two\n");
            rig.drain();
            assertThat(count(rig, Count.ROTATIONS)).isEqualTo(1);
            assertThat(count(rig, Count.TRUNCATIONS)).isZero();
            Files.copy(log, dir.resolve("app.log.2"));
            Files.writeString(log, "");
            append(log, "three\n");
            rig.drain();
            assertThat(rig.lines()).containsExactly("one", "two", "three");
            assertThat(count(rig, Count.ROTATIONS)).isEqualTo(1);
            assertThat(count(rig, Count.TRUNCATIONS)).isEqualTo(1);
            assertThat(count(rig, Count.LOSSES)).isZero();
        }
    }

    @Test
    void countsWhatATruncationTookWithIt() throws IOException {
        append(log, "0123456789\n".repeat(100) + "part");
        try (Rig rig = new Rig(Rig.entry(log, "'send_rate':10"))) {
            rig.poll().poll();
            long unread = only(rig).lagBytes();
            assertThat(unread).isPositive();
            Files.writeString(log, "new\n");
            rig.drain();
            assertThat(count(rig, Count.LOSSES)).isEqualTo(1);
            assertThat(count(rig, Count.LOST_BYTES)).isEqualTo(unread);
        }
    }

    @Test
    void countsCutAndUnwantedLines() throws IOException {
        append(log, "keep " + "x".repeat(3000) + "\nkeep\ndrop\n");
        try (Rig rig = new Rig(Rig.entry(log, "'max_line_bytes':1024", "'exclude_lines':['^drop']"))) {
            rig.drain();
            assertThat(count(rig, Count.TRUNCATED_LINES)).isEqualTo(1);
            assertThat(count(rig, Count.FILTERED_LINES)).isEqualTo(1);
            assertThat(count(rig, Count.LINES)).isEqualTo(2);
            assertThat(count(rig, Count.BYTES)).isEqualTo(1028);
        }
    }

    @Test
    void countsLinesWithBytesThatMeanNothing() throws IOException {
        Files.write(log, new byte[] {(byte) 0x81, 'a', (byte) 0xFF, '\n', 'b', '\n'});
        try (Rig rig = new Rig(Rig.entry(log, "'encoding':'GB18030'"))) {
            rig.drain();
            assertThat(rig.lines()).hasSize(2).contains("b");
            assertThat(count(rig, Count.DECODING_ERRORS)).isEqualTo(1);
        }
    }

    @Test
    void utf8IsPassedThroughAsItIsFromTheFirstLineOn() throws IOException {
        byte[] bytes = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF, '\n', (byte) 0xC3, '\n'};
        Files.write(log, bytes);
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain();
            assertThat(rig.records())
                    .extracting(SourceRecord::value)
                    .containsExactly(new byte[] {'a', (byte) 0xFF}, new byte[] {(byte) 0xC3});
            assertThat(count(rig, Count.DECODING_ERRORS)).isZero();
        }
    }

    @Test
    void aReplacementCharacterInTheFileIsNoError() throws IOException {
        append(log, "a \uFFFD\n");
        Files.write(log, new byte[] {'b', (byte) 0xFF, '\n'}, StandardOpenOption.APPEND);
        RecordFormat strings = new RecordFormat(false, false, true, Set.of());
        try (Rig rig = new Rig(settings -> settings.format(strings), Rig.entry(log))) {
            rig.drain();
            assertThat(rig.records()).extracting(SourceRecord::value).containsExactly("a \uFFFD", "b\uFFFD");
            assertThat(count(rig, Count.DECODING_ERRORS)).isEqualTo(1);
        }
    }

    @Test
    void aFileThatWasReadAndRemovedIsNoLoss() throws IOException {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log, "'close_idle':'2s'"))) {
            rig.drain();
            Files.delete(log);
            rig.drain();
            assertThat(count(rig, Count.LOSSES)).isZero();
            assertThat(count(rig, Count.ROTATIONS)).isEqualTo(1);
            assertThat(rig.progress().streams()).isEmpty();
        }
    }
}
