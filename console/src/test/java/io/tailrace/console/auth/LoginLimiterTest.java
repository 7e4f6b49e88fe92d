package io.tailrace.console.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginLimiterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LoginLimiter limiter = new LoginLimiter();

    private int tried(int count, String user, String address, Instant now) {
        int tried = 0;
        for (int i = 0; i < count; i++) {
            tried += limiter.take(user, address, now).isEmpty() ? 1 : 0;
        }
        return tried;
    }

    @Test
    void aUserHasFiveTriesFromAnAddressAndOneMoreEachMinute() {
        assertThat(tried(10, "a", "10.0.0.1", NOW)).isEqualTo(5);
        assertThat(limiter.take("a", "10.0.0.1", NOW)).hasValue(Duration.ofSeconds(60));
        assertThat(tried(10, "a", "10.0.0.1", NOW.plusSeconds(61))).isEqualTo(1);
        assertThat(tried(10, "a", "10.0.0.2", NOW)).isEqualTo(5);
    }

    @Test
    void anAddressHasTwentyWhateverTheNames() {
        int tried = 0;
        for (int i = 0; i < 100; i++) {
            tried += tried(1, "user" + i, "10.0.0.1", NOW);
        }
        assertThat(tried).isEqualTo(20);
        assertThat(tried(1, "a", "10.0.0.2", NOW)).isEqualTo(1);
    }

    @Test
    void aUserHasAHundredWhateverTheAddresses() {
        int tried = 0;
        for (int i = 0; i < 1_000; i++) {
            tried += tried(1, "a", "10.0." + i / 250 + "." + i % 250, NOW);
        }
        assertThat(tried).isEqualTo(100);
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        int tried = 0;
        for (int i = 0; i < 100; i++) {
            tried += tried(1, "user" + i, "2001:db8:0:1:0:0:0:" + Integer.toHexString(i), NOW);
        }
        assertThat(tried).isEqualTo(20);
    }

    @Test
    void whatWasRightDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.take("a", "10.0.0.1", NOW)).isEmpty();
            limiter.giveBack("a", "10.0.0.1", NOW);
        }
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 20_000; i++) {
            limiter.take("user" + i, "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, NOW);
        }
        assertThat(limiter.size()).isLessThanOrEqualTo(10_000);
    }
}
