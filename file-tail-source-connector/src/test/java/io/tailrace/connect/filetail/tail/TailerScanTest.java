package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are read, and what keeps them from being read. */
class TailerScanTest extends TailerFixture {
    @Test
    void findsFilesThatAppearLater() {
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            assertThat(rig.poll().newLines()).isEmpty();
            append(log, "one\n");
            append(dir.resolve("other.txt"), "not this\n");
            assertThat(rig.poll().newLines()).containsExactly("one");
        }
    }

    @Test
    void leavesCompressedFilesAlone() {
        append(dir.resolve("app.log.1.gz"), "\u001f\u008b\n");
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/app.log*"))) {
            assertThat(rig.drain().lines()).containsExactly("one");
        }
    }

    @Test
    void aFileOfTwoEntriesIsReadForEachIfTheirIdsDifferAndElseForOne() {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log), Rig.entry(dir + "/*.log"))) {
            assertThat(rig.drain().lines()).containsExactly("one");
        }
        try (Rig rig = new Rig(Rig.entry(log), Rig.entry(dir + "/*.log", "'id':'second'"))) {
            assertThat(rig.drain().lines()).containsExactly("one", "one");
        }
    }

    @Test
    void hasMoreFilesThanItMayKeepOpen() {
        try (Rig rig = new Rig(Rig.entry(dir + "/*.log"))) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 50; i++) {
                    append(dir.resolve(i + ".log"), round + " " + i + "\n");
                }
                rig.drain();
            }
            assertThat(rig.lines()).hasSize(150).doesNotHaveDuplicates();
        }
    }

    @Test
    void closesAnIdleFileAndStillSeesWhatIsAppended() {
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(log))) {
            rig.drain().pass(Duration.ofMinutes(6));
            rig.drain();
            append(log, "two\n");
            assertThat(rig.drain().lines()).containsExactly("one", "two");
        }
    }

    @Test
    void whatCannotBeLookedAtHidesNothingElse() throws IOException {
        Files.createSymbolicLink(dir.resolve("loop.log"), dir.resolve("loop.log"));
        Files.createSymbolicLink(dir.resolve("broken.log"), dir.resolve("nowhere"));
        Files.createDirectories(dir.resolve("folder.log"));
        append(log, "one\n");
        try (Rig rig = new Rig(Rig.entry(dir + "/**/*.log"))) {
            assertThat(rig.drain().lines()).containsExactly("one");
        }
    }

    @Test
    void anUnreadableFileKeepsNoOtherFromBeingRead() throws IOException {
        Files.createSymbolicLink(dir.resolve("a.log"), Path.of("/etc/hostname"));
        append(log, "one\n");
        try (Rig rig = new Rig(
                settings -> settings.allowed(path -> path.startsWith(dir)),
                Rig.entry(dir + "/*.log", "'start_position':'end'"))) {
            rig.poll();
            append(log, "two\n");
            assertThat(rig.drain().lines()).containsExactly("two");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*/*.log", "/**/*.log"})
    void aFolderOutsideThatALinkLeadsToIsNamedAndNotLookedInto(String glob, @TempDir Path outside) throws IOException {
        append(outside.resolve("secret.log"), "secret\n");
        Path link = Files.createSymbolicLink(dir.resolve("a"), outside);
        append(Files.createDirectory(dir.resolve("b")).resolve("b.log"), "one\n");
        try (Rig rig = new Rig(settings -> settings.allowed(path -> path.startsWith(dir)), Rig.entry(dir + glob))) {
            assertThat(rig.drain().lines()).containsExactly("one");
            assertThat(rig.progress().unreadable())
                    .containsOnly(Map.entry(link, "it leads to " + outside + ", which is not under allowed.paths"));
            Files.delete(link);
            assertThat(rig.drain().progress().unreadable()).isEmpty();
        }
    }

    @Test
    void noGlobHoldsUpTheTask() {
        append(dir.resolve("a".repeat(100)), "one\n");
        append(dir.resolve("a".repeat(100) + "b"), "two\n");
        try (Rig rig =
                new Rig(Rig.entry(dir + "/" + "*a".repeat(20) + "b", "'exclude':['" + "*a".repeat(20) + "c']"))) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), rig::poll);
            assertThat(rig.lines()).containsExactly("two");
        }
    }
}
