package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of an entry share its rate, whoever comes first and whatever happens to them meanwhile. */
class TailerRateTest extends TailerFixture {
    private static final int SECONDS = 20;

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
