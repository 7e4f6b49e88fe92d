package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Count;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** What becomes of the lines of a file. */
class TailerLinesTest extends TailerFixture {
    @Test
    void readsWhatIsThereAndWhatIsAppended() {
        append(log, "one\ntwo\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            assertThat(rig.poll().newLines()).containsExactly("one", "two");
            append(log, "three\nfo");
            assertThat(rig.poll().newLines()).containsExactly("three");
            append(log, "ur\r\n\nfive\n");
            assertThat(rig.poll().newLines()).containsExactly("four", "five");
        }
    }

    @Test
    void cutsALineThatIsTooLongAndKeepsItsNeighboursWhole() {
        append(log, "before\n" + "ä".repeat(40_000) + "\nafter\n");
        try (Rig rig = new Rig(Rig.entry(log, "'max_line_bytes':10001"))) {
            assertThat(rig.drain().lines()).containsExactly("before", "ä".repeat(5000), "after");
            assertThat(rig.records().get(1).headers().lastWithName("tailrace").value())
                    .isEqualTo("{\"log.flags\":[\"truncated\"]}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void saysOfALastLineBothThatItWasCutAndThatItHasNoEnd() throws IOException {
        append(log, "x".repeat(20));
        try (Rig rig = new Rig(Rig.entry(log, "'max_line_bytes':16"))) {
            rig.poll();
            Files.delete(log);
            assertThat(rig.drain().lines()).containsExactly("x".repeat(16));
            assertThat(rig.records().get(0).headers().lastWithName("tailrace").value())
                    .isEqualTo("{\"log.flags\":[\"truncated\",\"unterminated\"]}".getBytes(StandardCharsets.UTF_8));
            assertThat(rig.progress().total().get(Count.TRUNCATED_LINES)).isEqualTo(1);
        }
    }

    @Test
    void aLineOfJustTheLimitIsWholeWhereverItsEndIsTornApart() throws IOException {
        try (Rig rig = new Rig(Rig.entry(log, "'max_line_bytes':16"))) {
            append(log, "x".repeat(16) + "\r");
            rig.poll();
            append(log, "\n" + "y".repeat(17));
            rig.poll();
            append(log, "\n" + "z".repeat(16) + "\r");
            assertThat(rig.poll().newLines()).containsExactly("x".repeat(16), "y".repeat(16));
            assertThat(rig.progress().total().get(Count.TRUNCATED_LINES)).isEqualTo(1);
            Files.delete(log);
            assertThat(rig.drain().newLines()).containsExactly("z".repeat(16));
            assertThat(rig.progress().total().get(Count.TRUNCATED_LINES)).isEqualTo(1);
        }
    }

    @Test
    void readsUtf16AndGbkByTheByte() throws IOException {
        Files.write(log, "\uFEFFone \u0a0a\r\ntwo\n".getBytes(StandardCharsets.UTF_16LE));
        Path gbk = dir.resolve("gbk.log");
        Files.write(gbk, "\u4e2d\u6587\n\u65e5\n".getBytes(Charset.forName("GBK")));
        try (Rig rig = new Rig(Rig.entry(log, "'encoding':'UTF-16LE'"), Rig.entry(gbk, "'encoding':'GBK'"))) {
            rig.poll().restart();
            Files.write(log, "three\n".getBytes(StandardCharsets.UTF_16LE), StandardOpenOption.APPEND);
            assertThat(rig.drain().lines())
                    .containsExactlyInAnyOrder("one \u0a0a", "two", "three", "\u4e2d\u6587", "\u65e5");
        }
    }

    @Test
    void keepsOnlyTheLinesThatAreWanted() {
        append(log, "INFO a\nDEBUG b\nERROR c\nERROR noise\n");
        try (Rig rig = new Rig(Rig.entry(log, "'include_lines':['^INFO','^ERROR']", "'exclude_lines':['noise']"))) {
            assertThat(rig.drain().lines()).containsExactly("INFO a", "ERROR c");
        }
    }

    @Test
    void aLimitedEntryHoldsUpNoOther() {
        Path limited = dir.resolve("limited.log");
        append(limited, numbered(0, 5000));
        append(log, "x".repeat(9) + "\n");
        append(log, ("y".repeat(9) + "\n").repeat(100_000));
        try (Rig alone = new Rig(Rig.entry(log));
                Rig rig = new Rig(Rig.entry(limited, "'send_rate':10", "'send_bytes':1000"), Rig.entry(log))) {
            int polls = 0;
            for (; alone.lines().size() < 100_001; polls++) {
                alone.pollAtOnce();
            }
            for (int i = 0; i <= polls + 1; i++) {
                rig.pollAtOnce();
            }
            assertThat(rig.lines().stream().filter(line -> line.length() == 9).count())
                    .isEqualTo(100_001);
        }
    }

    @Test
    void sendsEmptyLinesIfToldTo() throws IOException {
        Files.writeString(log, "one\n\n \r\n\r\ntwo\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            assertThat(rig.drain().lines()).containsExactly("one", " ", "two");
        }
        try (Rig rig = new Rig(Rig.entry(log, "'keep_empty_lines':true"))) {
            assertThat(rig.drain().lines()).containsExactly("one", "", " ", "", "two");
        }
        try (Rig rig = new Rig(Rig.entry(log, "'keep_empty_lines':true", "'exclude_lines':['^$']"))) {
            assertThat(rig.drain().lines()).containsExactly("one", " ", "two");
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        Path wide = dir.resolve("wide.log");
        Files.writeString(log, "\uFEFFone\n\uFEFFtwo\n");
        Files.writeString(wide, "\uFEFFone\nthree\n", StandardCharsets.UTF_16BE);
        String wanted = "'include_lines':['^one$','two']";
        try (Rig rig = new Rig(Rig.entry(log, wanted), Rig.entry(wide, wanted, "'encoding':'UTF-16BE'"))) {
            assertThat(rig.drain().lines()).containsExactlyInAnyOrder("one", "\uFEFFtwo", "one");
        }
    }

    @Test
    void passesOverTheHoleThatAWriterLeavesInATruncatedFile() throws IOException {
        try (Rig rig = new Rig(Rig.entry(log));
                FileChannel writer = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long old = 50_000_000;
            writer.write(ByteBuffer.wrap("before\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(rig.poll().newLines()).containsExactly("before");
            writer.truncate(0);
            writer.write(ByteBuffer.wrap("after\n".getBytes(StandardCharsets.UTF_8)), old);
            assertThat(rig.poll().poll().newLines()).isEmpty();
            assertThat(rig.restart().drain().newLines()).containsExactly("after");
            assertThat(rig.restart().drain().newLines()).isEmpty();
            writer.write(ByteBuffer.wrap("next\n".getBytes(StandardCharsets.UTF_8)), old + 6);
            assertThat(rig.restart().drain().newLines()).containsExactly("next");
        }
    }

    @Test
    void readsAFileThatWasAllocatedInAdvanceAsItFills() throws IOException {
        try (Rig rig = new Rig(Rig.entry(log, "'start_position':'end'"));
                FileChannel writer = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            writer.write(ByteBuffer.wrap("old\n".getBytes(StandardCharsets.UTF_8)));
            writer.write(ByteBuffer.wrap(new byte[1]), 30_000_000);
            assertThat(rig.drain().newLines()).isEmpty();
            writer.write(ByteBuffer.wrap("one\ntw".getBytes(StandardCharsets.UTF_8)), 4);
            assertThat(rig.poll().newLines()).containsExactly("one");
            writer.write(ByteBuffer.wrap("o\n".getBytes(StandardCharsets.UTF_8)), 10);
            assertThat(rig.restart().drain().newLines()).containsExactly("two");
            writer.truncate(12);
            assertThat(rig.drain().newLines()).isEmpty();
            append(log, "three\n");
            assertThat(rig.drain().newLines()).containsExactly("three");
        }
    }

    @Test
    void noPatternHoldsUpTheTask() {
        String hard = "a".repeat(5000) + "!";
        append(log, "a\n" + (hard + "\n").repeat(200));
        Path other = dir.resolve("other.log");
        append(other, "easy\n");
        try (Rig rig = new Rig(Rig.entry(log, "'exclude_lines':['a.*a.*a.*a.*b']"), Rig.entry(other))) {
            rig.poll();
            assertThat(rig.lines()).contains("easy").hasSizeLessThan(100);
            assertThat(rig.drain().lines()).containsOnly("a", "easy", hard).hasSize(202);
        }
    }

    @Test
    void aPollEndsWhenAPatternHasTakenLongEnough() {
        String hard = "a".repeat(700);
        append(log, (hard + "\n").repeat(2000));
        Path other = dir.resolve("other.log");
        append(other, "easy\n");
        try (Rig rig = new Rig(Rig.entry(log, "'include_lines':['a.*b.*c']"), Rig.entry(other))) {
            rig.poll();
            assertThat(rig.lines()).containsExactly("easy");
            assertThat(rig.progress().streams().get(0).position()).isBetween(701L, 100 * 701L);
            assertThat(rig.progress().total().get(Count.UNDECIDED_LINES)).isZero();
        }
    }

    @Test
    void comesBackFromAFileOfWhichNoLineIsWanted() {
        append(log, "no\n".repeat(10_000_000));
        append(log, "yes\n");
        try (Rig rig = new Rig(Rig.entry(log, "'include_lines':['yes']"))) {
            assertThat(rig.poll().lines()).isEmpty();
            assertThat(rig.drain().lines()).containsExactly("yes");
        }
    }
}
