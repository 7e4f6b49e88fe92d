package io.tailrace.console.auth;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Hashes of passwords (bcrypt), and whether a password fits one. A check takes a fraction of a second of one processor. */
public final class Passwords {
    /** What bcrypt looks at. Longer ones are refused, as it would take what it doesn't look at for right. */
    public static final int MAX_BYTES = 72;

    private static final int MIN_CHARS = 8;
    private static final int ROUNDS = 12;
    private static final long MAX_WAIT_SECONDS = 5;

    /** Strangers must not be able to keep all processors busy. */
    private final Semaphore slots = new Semaphore(2, true);

    /** It is compared with where there is no user, so that this takes as long. */
    private final String nobodys = BCrypt.hashpw(UUID.randomUUID().toString(), BCrypt.gensalt("$2b", ROUNDS));

    /** Takes a fraction of a second. */
    public Passwords() {}

    /**
     * Makes a hash.
     *
     * @param password from 8 characters to 72 bytes
     * @return as it stands in the file of users
     * @throws IllegalArgumentException saying what is wrong with the password
     */
    public static String hash(String password) {
        if (password.length() < MIN_CHARS) {
            throw new IllegalArgumentException("A password has at least " + MIN_CHARS + " characters");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("A password has at most " + MAX_BYTES + " bytes");
        }
        return BCrypt.hashpw(password, BCrypt.gensalt("$2b", ROUNDS));
    }

    /**
     * Whether a text is a hash.
     *
     * @param hash anything
     * @return true if passwords can be compared with it
     */
    public static boolean isHash(String hash) {
        return hash.matches("\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");
    }

    /**
     * Compares. Waits for its turn for at most 5 s.
     *
     * @param password anything
     * @param hash that of the user; empty if there is no such user, which takes as long as if there were
     * @return whether it fits; empty if there are too many others who want to know
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<Boolean> fits(String password, Optional<String> hash) throws InterruptedException {
        if (!slots.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
            boolean known = hash.isPresent() && bytes.length <= MAX_BYTES;
            boolean fits = BCrypt.checkpw(known ? password : "x", hash.orElse(nobodys));
            return Optional.of(known && fits);
        } finally {
            slots.release();
        }
    }
}
