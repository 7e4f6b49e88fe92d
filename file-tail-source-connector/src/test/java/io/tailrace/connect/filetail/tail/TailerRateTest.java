package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of an entry share its rate, whoever comes first and whatever happens to them meanwhile. */
class TailerRateTest extends TailerFixture {
    private static final int SECONDS = 20;
    private static final String LINE = "a line of 20 bytes..\n";

    /** In any ten seconds as many as are due, to the line. */
    @ParameterizedTest
    @CsvSource({
        "send_rate, 1, 1",
        "send_rate, 100, 1",
        "send_rate, 3333, 1",
        "send_bytes, 40, 20",
        "send_bytes, 2000, 20",
        "send_bytes, 70001, 20"
    })
    void aRateIsKeptToTheLine(String limit, int perSecond, int perLine) {
        int due = 10 * perSecond / perLine;
        append(log, LINE.repeat(4 * due));
        try (Rig rig = new Rig(s -> usual(s, 500), Rig.entry(log, "'" + limit + "':" + perSecond))) {
            rig.withClockStopped();
            List<Integer> sent = new ArrayList<>(List.of(0));
            for (int second = 0; second < 30; second++) {
                pollForASecond(rig);
                sent.add(rig.records().size());
            }
            for (int second = 10; second <= 30; second++) {
                assertThat(sent.get(second) - sent.get(second - 10)).isBetween(due - 1, due + 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"send_rate, 100, 1", "send_bytes, 2000, 20"})
    void whatWasNotSentIsMadeUpForByOneSecondAtMost(String limit, int perSecond, int perLine) {
        int due = perSecond / perLine;
        append(log, LINE);
        try (Rig rig = new Rig(s -> usual(s, 500), Rig.entry(log, "'" + limit + "':" + perSecond))) {
            rig.withClockStopped();
            for (int second = 0; second < 60; second++) {
                rig.poll();
            }
            assertThat(rig.newLines()).hasSize(1);
            append(log, LINE.repeat(10 * due));
            assertThat(rig.poll().newLines()).hasSize(due);
            pollForASecond(rig);
            assertThat(rig.newLines().size()).isBetween(due - 1, due);
        }
    }

    private static void pollForASecond(Rig rig) {
        for (int poll = 0; poll < 20; poll++) {
            rig.pass(Duration.ofMillis(50));
            rig.pollNow();
        }
    }

    /** No file gets less than half of its share, with polls as the task makes them. */
    @ParameterizedTest
    @CsvSource({
        "2, 500, false",
        "2, 500, true",
        "50, 500, false",
        "50, 500, true",
        "1000, 500, false",
        "1000, 1, false",
        "50, 1, true"
    })
    void filesShareTheRate(int rate, int batchMaxRecords, boolean oneIsWritten) {
        int files = 3;
        for (int file = 0; file < files; file++) {
            append(file(file), (file + " some text\n").repeat(rate * SECONDS + rate));
        }
        try (Rig rig = new Rig(s -> usual(s, batchMaxRecords), Rig.entry(dir + "/*.log", "'send_rate':" + rate))) {
            if (oneIsWritten) {
                rig.watching();
            }
            int lines = pollForAWhile(rig, oneIsWritten);
            Map<Character, Long> perFile =
                    rig.lines().stream().collect(Collectors.groupingBy(line -> line.charAt(0), Collectors.counting()));
            assertThat(lines).isBetween(rate * SECONDS * 8 / 10, rate * (SECONDS + 1));
            assertThat(perFile).hasSize(files);
            assertThat(perFile.values()).allMatch(got -> got >= rate * SECONDS / files / 2);
        }
    }

    private Path file(int number) {
        return dir.resolve("f" + number + ".log");
    }

    private int pollForAWhile(Rig rig, boolean oneIsWritten) {
        long end = rig.now().nanos() + Duration.ofSeconds(SECONDS).toNanos();
        long written = rig.now().nanos();
        while (rig.now().nanos() < end) {
            if (oneIsWritten && rig.now().nanos() >= written) {
                append(file(1), "1 more\n");
                written += Duration.ofMillis(50).toNanos();
            }
            int before = rig.records().size();
            rig.pollNow();
            long wait = rig.records().size() > before
                    ? 0
                    : Math.min(Duration.ofMillis(100).toNanos(), rig.waitNanos());
            rig.pass(Duration.ofNanos(wait + 200_000));
        }
        return rig.records().size();
    }

    /** With batches of so many, and a read buffer that holds many lines. */
    private static RigSettings usual(RigSettings settings, int batchMaxRecords) {
        return settings.batchMaxRecords(batchMaxRecords).readBufferBytes(256 << 10);
    }
}
