package io.tailrace.connect.filetail.tail.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Property
    void linesAreSentAsTheyAreDue(
            @ForAll @IntRange(min = 1, max = 100_000) int rate, @ForAll @IntRange(min = 1, max = 200) int pollMillis) {
        assertThat(sent(new RateLimit(rate, 0, 0), 1, pollMillis))
                .isBetween(due(rate, pollMillis) - 1, due(rate, pollMillis));
    }

    @Property
    void bytesAreSentAsTheyAreDue(
            @ForAll @IntRange(min = 1, max = 100_000) int rate,
            @ForAll @IntRange(min = 1, max = 1000) int line,
            @ForAll @IntRange(min = 1, max = 200) int pollMillis) {
        assertThat(sent(new RateLimit(0, rate, 0), line, pollMillis))
                .isBetween(due(rate, pollMillis) - 1, due(rate, pollMillis) + line);
    }

    /** What is sent in ten seconds, with more to send than may be. */
    private static long sent(RateLimit limit, int line, int pollMillis) {
        long sent = 0;
        for (long now = 0; now <= 10 * SECOND; now += TimeUnit.MILLISECONDS.toNanos(pollMillis)) {
            for (boolean may = limit.waitNanos(now) == 0; may; may = limit.allows()) {
                limit.sent(line);
                sent += line;
            }
        }
        return sent;
    }

    /** Up to the last poll in ten seconds. */
    private static long due(int rate, int pollMillis) {
        long lastMillis = 10_000L - 10_000L % pollMillis;
        return rate * lastMillis / 1000;
    }

    @Test
    void savesUpOneSecondAtMost() {
        RateLimit limit = new RateLimit(100, 0, 0);
        assertThat(limit.waitNanos(3600 * SECOND)).isZero();
        int burst = 0;
        while (limit.allows()) {
            limit.sent(1);
            burst++;
        }
        assertThat(burst).isEqualTo(100);
    }

    @Test
    void letsALinePassThatIsLargerThanASecondsWorthAndWaitsForItAfterwards() {
        RateLimit limit = new RateLimit(0, 1000, 0);
        assertThat(limit.waitNanos(SECOND)).isZero();
        limit.sent(5000);
        assertThat(limit.allows()).isFalse();
        assertThat(limit.waitNanos(SECOND)).isBetween(4 * SECOND, 4 * SECOND + SECOND / 100);
    }

    @Test
    void withoutRatesNothingIsLimited() {
        RateLimit limit = new RateLimit(0, 0, 0);
        limit.sent(Integer.MAX_VALUE);
        assertThat(limit.waitNanos(0)).isZero();
        assertThat(limit.allows()).isTrue();
    }
}
