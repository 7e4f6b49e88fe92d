package io.tailrace.connect.filetail.tail.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTest {
    private final Lag lag = new Lag();

    @Test
    void isNothingWhileNothingIsUnread() {
        lag.seen(10, 10, 5);
        assertThat(lag.isBehind()).isFalse();
        assertThat(lag.nanos(1000)).isZero();
    }

    @Test
    void countsFromWhenUnreadBytesWereNoticed() {
        lag.seen(10, 10, 5);
        lag.seen(10, 20, 100);
        lag.seen(10, 30, 200);
        assertThat(lag.nanos(350)).isEqualTo(250);
        lag.seen(30, 30, 400);
        assertThat(lag.nanos(500)).isZero();
    }

    @Test
    void doesNotGrowInAFileThatIsReadAsFastAsItGrows() {
        for (long now = 0; now < 1000; now += 10) {
            lag.seen(now, now + 15, now);
            assertThat(lag.nanos(now)).isLessThanOrEqualTo(30);
        }
    }

    @Test
    void growsInAFileThatIsNotRead() {
        lag.seen(0, 100, 0);
        lag.seen(0, 200, 50);
        assertThat(lag.nanos(1_000_000)).isEqualTo(1_000_000);
    }
}
