package io.tailrace.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StampedLineTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void beginsWithItsTimeAndEndsWithALineEnd() {
        assertThat(StampedLine.of(4711, bytes("GET /"))).isEqualTo(bytes("t4711 GET /\n"));
    }

    @Test
    void tellsWhenItWasWritten() {
        assertThat(StampedLine.stamp(bytes("t4711 GET /"))).isEqualTo(4711);
        assertThat(StampedLine.stamp(bytes(" t4711 GET /"))).isEqualTo(4711);
        assertThat(StampedLine.stamp(StampedLine.of(Long.MIN_VALUE, bytes("x"))))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(StampedLine.stamp(bytes("{\"message\":\"t12 x\"}"), 12)).isEqualTo(12);
    }

    @Test
    void quotesALineWithoutAStamp() {
        for (String wrong : new String[] {"", "t", "t12", "t x", "12 x", "x12 x"}) {
            assertThatThrownBy(() -> StampedLine.stamp(bytes(wrong))).hasMessage("No stamp is at 0 in: " + wrong);
        }
    }
}
