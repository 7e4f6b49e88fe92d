package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    void comesBackFromAFileOfWhichNoLineIsWanted() {
        append(log, "no\n".repeat(10_000_000));
        append(log, "yes\n");
        try (Rig rig = new Rig(Rig.entry(log, "'include_lines':['yes']"))) {
            assertThat(rig.poll().lines()).isEmpty();
            assertThat(rig.drain().lines()).containsExactly("yes");
        }
    }

    @Test
    void honoursTheRate() {
        append(log, numbered(0, 3000));
        try (Rig rig = new Rig(Rig.entry(log, "'send_rate':100"))) {
            for (int i = 0; i < 10; i++) {
                rig.poll();
            }
            assertThat(rig.lines().size()).isBetween(890, 1010);
        }
    }
}
