package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which of the files that all have something to read comes first. */
class TailerTurnsTest extends TailerFixture {
    @Test
    void aFileThatIsNewComesFirstWhenATaskStarts() {
        for (int number = 0; number < 8; number++) {
            append(dir.resolve("a" + number + ".log"), "busy\n".repeat(10_000));
        }
        try (Rig rig = new Rig(s -> s.batchMaxRecords(500).readBufferBytes(2_000), Rig.entry(dir.resolve("*.log")))) {
            for (int poll = 0; poll < 20; poll++) {
                rig.poll();
            }
            assertThat(rig.commit().newLines()).containsOnly("busy").hasSize(20 * 500);
            append(dir.resolve("b.log"), "new\n");
            rig.restart().poll();
            assertThat(rig.newLines()).startsWith("new", "busy");
            assertThat(rig.drain().newLines()).containsOnly("busy").hasSize(80_000 - 20 * 500 - 499);
        }
    }
}
