package io.tailrace.connect.filetail.tail.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Rates in simulated time: what is sent in any ten seconds, whatever the rate, and however uneven the polls are. */
class RatePropertiesTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);
    private static final long WINDOWS = 2;

    @Provide
    Arbitrary<Integer> rates() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 100),
                Arbitraries.integers().between(100, 10_000),
                Arbitraries.of(100_000, 1_000_000));
    }

    @Property(tries = 40)
    void linesAreAtTheirRateWithinOnePercent(
            @ForAll("rates") int rate, @ForAll @IntRange(min = 1, max = 95) int maxGapMillis, @ForAll long seed) {
        Random random = new Random(seed);
        long[] sent = simulate(new RateLimit(rate, 0, 0), () -> 1, () -> 1 + random.nextInt(maxGapMillis));
        assertWithinOnePercent(sent, rate, 1);
    }

    @Property(tries = 40)
    void bytesAreAtTheirRateWithinOnePercent(
            @ForAll("rates") int linesPerSecond,
            @ForAll @IntRange(min = 1, max = 95) int maxGapMillis,
            @ForAll long seed) {
        Random random = new Random(seed);
        long rate = linesPerSecond * 50L;
        long[] sent =
                simulate(new RateLimit(0, rate, 0), () -> random.nextInt(100), () -> 1 + random.nextInt(maxGapMillis));
        assertWithinOnePercent(sent, rate, 100);
    }

    @Property(tries = 40)
    void afterAnyPauseNoMoreThanOneSecondIsMadeUpFor(
            @ForAll("rates") int rate, @ForAll @IntRange(min = 1, max = 20_000) int maxGapMillis, @ForAll long seed) {
        Random random = new Random(seed);
        for (long sent : simulate(new RateLimit(rate, 0, 0), () -> 1, () -> 1 + random.nextInt(maxGapMillis))) {
            assertThat(sent).isLessThanOrEqualTo(11L * rate + 1);
        }
    }

    private static void assertWithinOnePercent(long[] sent, long rate, long granularity) {
        for (long inWindow : sent) {
            assertThat((double) inWindow).isBetween(rate * 10 * 0.99 - granularity, rate * 10 * 1.01 + granularity);
        }
    }

    /** How much is sent in each of some windows after the first, with more to send than may be. */
    private static long[] simulate(RateLimit limit, LongSupplier size, LongSupplier gapMillis) {
        long[] sent = new long[(int) WINDOWS + 1];
        for (long now = 0; now < (WINDOWS + 1) * WINDOW; now += gapMillis.getAsLong() * MILLI) {
            for (boolean may = limit.waitNanos(now) == 0; may; may = limit.allows()) {
                int bytes = (int) size.getAsLong();
                limit.sent(bytes);
                sent[(int) (now / WINDOW)] += bytes;
            }
        }
        return Arrays.copyOfRange(sent, 1, sent.length);
    }
}
