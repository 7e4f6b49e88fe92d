package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** Lines that are joined into events. */
class TailerMultilineTest extends TailerFixture {
    private static final String TRACE = "'multiline':{'pattern':'^\\\\s','match':'after'}";

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
}
