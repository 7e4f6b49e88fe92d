package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines that are joined into events. */
class TailerMultilineTest extends TailerFixture {
    private static final String TRACE = "'multiline':{'pattern':'^\\\\s','match':'after'}";
    private static final String TRACE_OF_AN_HOUR = TRACE.replace("}", ",'timeout_ms':3600000}");

    @Test
    void joinsTheLinesOfAStackTrace() {
        append(log, "one\nboom\n  at a\n\tat b\ntwo\n  at c\n");
        try (Rig rig = new Rig(Rig.entry(log, TRACE))) {
            assertThat(rig.poll().newLines()).containsExactly("one", "boom\n  at a\n\tat b");
            append(log, "  at d\n");
            assertThat(rig.drain().newLines()).containsExactly("two\n  at c\n  at d");
        }
    }

    @Test
    void readsAnEventAgainWholeAfterARestartInItsMidst() {
        append(log, "one\nboom\n  at a\n");
        try (Rig rig = new Rig(Rig.entry(log, TRACE))) {
            rig.poll().restart();
            append(log, "  at b\ntwo\n");
            assertThat(rig.drain().lines()).containsExactly("one", "boom\n  at a\n  at b", "two");
        }
    }

    /** Whatever is committed when: each event comes whole, in order, and none is left out. */
    @Test
    void noRestartSplitsAnEvent() {
        Random random = new Random(20);
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            events.add("event " + i + "\n  at x".repeat(random.nextInt(5)));
        }
        byte[] bytes = (String.join("\n", events) + "\nend\n").getBytes(StandardCharsets.UTF_8);
        try (Rig rig = new Rig(Rig.entry(log, TRACE.replace("}", ",'timeout_ms':3600000}")))) {
            List<String> got = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, random.nextInt(300));
                append(log, new String(bytes, at, length, StandardCharsets.UTF_8));
                at += length;
                rig.poll();
                if (random.nextInt(3) == 0) {
                    rig.commit();
                }
                if (random.nextInt(3) == 0) {
                    got.addAll(rig.crash().newLines());
                }
            }
            got.addAll(rig.poll().newLines());
            assertThat(events).containsAll(got);
            assertThat(new LinkedHashSet<>(got)).containsExactlyElementsOf(events);
        }
    }

    @Test
    void joinsLinesToTheOneThatFollowsThem() {
        append(log, "one \\\ntwo \\\nthree\nfour\n");
        try (Rig rig = new Rig(Rig.entry(log, "'multiline':{'pattern':'\\\\\\\\$','match':'before'}"))) {
            assertThat(rig.poll().lines()).containsExactly("one \\\ntwo \\\nthree", "four");
        }
    }

    @Test
    void endsAnEventWithItsFile() throws IOException {
        append(log, "boom\n  at a\n");
        try (Rig rig = new Rig(Rig.entry(log, TRACE.replace("}", ",'timeout_ms':3600000}")))) {
            rig.poll();
            Files.move(log, dir.resolve("app.log.1"));
            append(log, "  at b\n");
            assertThat(rig.drain().newLines()).containsExactly("boom\n  at a");
            Files.writeString(log, "x\n", StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(rig.drain().newLines()).containsExactly("  at b");
        }
    }

    @Test
    void saysOfTheLastEventOfAFileThatItHasNoEnd() throws IOException {
        append(log, "one\nboom\n  at a\n  at b");
        try (Rig rig = new Rig(Rig.entry(log, TRACE.replace("}", ",'timeout_ms':3600000}")))) {
            rig.poll();
            Files.move(log, dir.resolve("app.log.1"));
            assertThat(rig.drain().lines()).containsExactly("one", "boom\n  at a\n  at b");
            assertThat(rig.records().get(0).headers()).isEmpty();
            assertThat(rig.records().get(1).headers().lastWithName("tailrace").value())
                    .isEqualTo("{\"log.flags\":[\"unterminated\"]}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void dropsWhatIsBeyondTheLimitsOfAnEvent() {
        append(log, "boom\n  at a\n  at b\n  at c\nend\n");
        try (Rig rig = new Rig(Rig.entry(log, TRACE.replace("}", ",'max_lines':3}")))) {
            assertThat(rig.drain().lines()).containsExactly("boom\n  at a\n  at b", "end");
            assertThat(new String(
                            (byte[]) rig.records()
                                    .get(0)
                                    .headers()
                                    .lastWithName("tailrace")
                                    .value(),
                            StandardCharsets.UTF_8))
                    .isEqualTo("{\"log.flags\":[\"truncated\"]}");
        }
    }

    @Test
    void sendsTheEventOfAFileThatIsRemovedWhileItIsClosed() throws IOException {
        append(log, "boom\n  at a\n");
        try (Rig rig = new Rig(settings -> settings.openFilesMax(1), Rig.entry(dir + "/*.log", TRACE_OF_AN_HOUR))) {
            rig.poll();
            append(dir.resolve("b.log"), "other\n");
            rig.poll();
            Files.delete(log);
            assertThat(rig.drain().lines()).containsExactly("boom\n  at a");
        }
    }

    @Test
    void sendsTheEventOfAFileThatCannotBeReadAnyMore() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        append(log, "boom\n  at a\n");
        try (Rig rig = new Rig(settings -> settings, disk, Rig.entry(log, TRACE_OF_AN_HOUR))) {
            rig.poll();
            disk.broken.add(log);
            append(log, "  at b\n");
            rig.poll().poll();
            Files.delete(log);
            assertThat(rig.drain().lines()).containsExactly("boom\n  at a");
        }
    }

    /** While the memory for events is used up, and the oldest of them is of an entry that has to wait for its rate. */
    @Test
    void isNotDelayedByAnEventThatWaitsForItsRate() {
        Path limited = dir.resolve("limited.log");
        append(limited, "y".repeat(900_000) + "\nnext\n");
        try (Rig rig = new Rig(
                settings -> settings.openFilesMax(512),
                Rig.entry(limited, "'send_bytes':1000", TRACE),
                Rig.entry(dir + "/f*.log", TRACE))) {
            pollTimes(rig, 5);
            assertThat(rig.newLines()).hasSize(1);
            fillMemory(rig, "");
            assertThat(rig.lines()).contains("e1", "e2");
        }
    }

    /** The same when the limited entry itself has used up the memory. */
    @Test
    void isNotDelayedByManyEventsThatWaitForTheirRate() {
        for (int file = 0; file < 40; file++) {
            append(dir.resolve("limited" + file + ".log"), "y".repeat(900_000) + "\nnext\n");
        }
        try (Rig rig = new Rig(
                settings -> settings.openFilesMax(512),
                Rig.entry(dir + "/limited*.log", "'send_bytes':1000", TRACE),
                Rig.entry(dir + "/f*.log", TRACE))) {
            pollTimes(rig, 5);
            fillMemory(rig, "");
            assertThat(rig.lines()).contains("e1", "e2");
        }
    }

    @Test
    void isNotDelayedByAnEventWhoseFileCannotBeRead() {
        FaultyDisk disk = new FaultyDisk();
        Path bad = dir.resolve("fbad.log");
        append(bad, "boom\n");
        try (Rig rig =
                new Rig(settings -> settings.openFilesMax(512), disk, Rig.entry(dir + "/f*.log", TRACE_OF_AN_HOUR))) {
            rig.poll();
            disk.broken.add(bad);
            append(bad, "  at a\n");
            rig.poll();
            fillMemory(rig, "end\n");
            assertThat(rig.lines()).contains("e1", "e2");
        }
    }

    /** However long it waits, beyond the timeout too. */
    @Test
    void splitsNoEventThatWaitsForMemory() {
        for (int file = 0; file < 60; file++) {
            append(dir.resolve("f" + file + ".log"), file + "x".repeat(900_000) + "\n  at a\n  at b\n");
        }
        try (Rig rig = new Rig(settings -> settings.openFilesMax(512), Rig.entry(dir + "/f*.log", TRACE))) {
            assertThat(rig.drain().lines()).hasSize(60).allMatch(line -> line.endsWith("\n  at a\n  at b"));
        }
    }

    /** More events than there is memory for; then a file with short ones comes. */
    private void fillMemory(Rig rig, String end) {
        for (int file = 0; file < 40; file++) {
            append(dir.resolve("f" + file + ".log"), "x".repeat(900_000) + "\n  at a\n" + end);
        }
        pollTimes(rig, 3);
        append(dir.resolve("fe.log"), "e1\ne2\ne3\n");
        pollTimes(rig, 40);
    }

    private static void pollTimes(Rig rig, int times) {
        for (int i = 0; i < times; i++) {
            rig.poll();
        }
    }
}
