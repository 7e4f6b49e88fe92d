package io.tailrace.connect.elasticsearch.retry;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final double LONGEST = Math.nextDown(1.0);

    @Property
    void waitsAreWithinBounds(
            @ForAll @IntRange(min = 0) int attempt,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        long delay = Backoff.DEFAULT.delayMillis(attempt, random);
        assertThat(delay).isBetween(1L, 30_000L);
        assertThat(delay).isLessThanOrEqualTo(Math.round(250 * Math.pow(2, Math.min(attempt, 20))));
        assertThat(Backoff.DEFAULT.delayMillis(attempt, 0)).isEqualTo(1);
    }

    @Test
    void boundsDouble() {
        assertThat(Backoff.DEFAULT.delayMillis(0, LONGEST)).isEqualTo(250);
        assertThat(Backoff.DEFAULT.delayMillis(1, LONGEST)).isEqualTo(500);
        assertThat(Backoff.DEFAULT.delayMillis(6, LONGEST)).isEqualTo(16_000);
        assertThat(Backoff.DEFAULT.delayMillis(7, LONGEST)).isEqualTo(30_000);
        assertThat(Backoff.DEFAULT.delayMillis(Integer.MAX_VALUE, LONGEST)).isEqualTo(30_000);
    }

    @Test
    void aFailureLetsOneRequestTryAfterAWait() {
        Throttle throttle = new Throttle(4, Backoff.DEFAULT);
        assertThat(throttle.permits(3, 0)).isTrue();
        assertThat(throttle.permits(4, 0)).isFalse();
        throttle.failed(1000, LONGEST);
        throttle.failed(1001, LONGEST);
        assertThat(throttle.failures()).isEqualTo(1);
        assertThat(throttle.permits(0, 1249)).isFalse();
        assertThat(throttle.permits(0, 1250)).isTrue();
        assertThat(throttle.permits(1, 1250)).isFalse();
        throttle.failed(1250, LONGEST);
        assertThat(throttle.closedUntilMillis()).isEqualTo(1750);
    }

    @Test
    void successesOpenItOneByOne() {
        Throttle throttle = new Throttle(3, Backoff.DEFAULT);
        throttle.failed(0, LONGEST);
        throttle.succeeded();
        assertThat(throttle.permits(1, 250)).isTrue();
        assertThat(throttle.permits(2, 250)).isFalse();
        throttle.succeeded();
        throttle.succeeded();
        assertThat(throttle.permits(2, 250)).isTrue();
        assertThat(throttle.permits(3, 250)).isFalse();
        assertThat(throttle.failures()).isZero();
    }

    @Test
    void overloadHalves() {
        Throttle throttle = new Throttle(8, Backoff.DEFAULT);
        throttle.overloaded(0, 0);
        assertThat(throttle.permits(3, 1)).isTrue();
        assertThat(throttle.permits(4, 1)).isFalse();
        throttle.strained();
        assertThat(throttle.permits(1, 1)).isTrue();
        assertThat(throttle.permits(2, 1)).isFalse();
        throttle.strained();
        throttle.strained();
        assertThat(throttle.permits(0, 1)).isTrue();
    }
}
