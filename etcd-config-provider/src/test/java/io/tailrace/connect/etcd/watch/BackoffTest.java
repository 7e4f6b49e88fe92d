package io.tailrace.connect.etcd.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration BRIEF = Duration.ofMillis(10);

    @Test
    void waitsDoubleUpToThreeSeconds() {
        Backoff backoff = Backoff.NONE;
        assertThat(backoff.delay(0)).isZero();
        for (long expectedMs : new long[] {100, 200, 400, 800, 1600, 3000, 3000}) {
            backoff = backoff.failed(BRIEF);
            assertThat(backoff.delay(0)).isEqualTo(Duration.ofMillis(expectedMs));
            assertThat(backoff.delay(1)).isEqualTo(Duration.ofMillis(expectedMs / 2));
        }
        for (int i = 0; i < 1000; i++) {
            backoff = backoff.failed(BRIEF);
        }
        assertThat(backoff.delay(0)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aConnectionThatLastedStartsAnew() {
        Backoff backoff = Backoff.NONE.failed(BRIEF).failed(BRIEF).failed(BRIEF);
        assertThat(backoff.failed(Duration.ofMinutes(1))).isEqualTo(new Backoff(1));
    }
}
