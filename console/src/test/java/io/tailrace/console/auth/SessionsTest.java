package io.tailrace.console.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Sessions sessions = new Sessions(Duration.ofHours(8), Duration.ofHours(1), 3);

    @Test
    void aSessionEndsWhenItIsOldOrQuiet() {
        String id = sessions.begin("a", NOW);
        assertThat(sessions.find(id, NOW.plus(Duration.ofMinutes(61)))).isEmpty();
        String busy = sessions.begin("a", NOW);
        for (int minutes = 0; minutes < 480; minutes += 30) {
            assertThat(sessions.find(busy, NOW.plus(Duration.ofMinutes(minutes))))
                    .isPresent();
        }
        assertThat(sessions.find(busy, NOW.plus(Duration.ofHours(8)))).isEmpty();
    }

    @Test
    void theOneThatWasQuietForLongestMakesRoom() {
        String first = sessions.begin("a", NOW);
        String second = sessions.begin("b", NOW);
        sessions.begin("c", NOW);
        sessions.find(first, NOW);
        sessions.begin("d", NOW);
        assertThat(sessions.find(first, NOW)).isPresent();
        assertThat(sessions.find(second, NOW)).isEmpty();
        assertThat(sessions.size()).isEqualTo(3);
    }

    @Test
    void aTokenGoesWithItsCookieAlone() {
        CsrfTokens tokens = new CsrfTokens();
        String id = sessions.newId();
        assertThat(Sessions.isId(id)).isTrue();
        assertThat(tokens.fits(tokens.of(id), id)).isTrue();
        assertThat(tokens.fits(tokens.of(sessions.newId()), id)).isFalse();
        assertThat(new CsrfTokens().fits(tokens.of(id), id)).isFalse();
    }

    @Test
    void aHashFitsItsPasswordAndNoOther() throws InterruptedException {
        Passwords passwords = new Passwords();
        Optional<String> hash = Optional.of(Passwords.hash("correct horse"));
        assertThat(Passwords.isHash(hash.get())).isTrue();
        assertThat(passwords.fits("correct horse", hash)).hasValue(true);
        assertThat(passwords.fits("correct horse!", hash)).hasValue(false);
        assertThat(passwords.fits("correct horse", Optional.empty())).hasValue(false);
        assertThat(passwords.fits("x", Optional.empty())).hasValue(false);
        assertThat(passwords.fits("é".repeat(40), hash)).hasValue(false);
    }
}
