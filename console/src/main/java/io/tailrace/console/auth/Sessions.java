package io.tailrace.console.auth;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who has logged in, in memory: as many as there may be, the one that was quiet for longest makes room. For any thread. */
public final class Sessions {
    private static final int ID_BYTES = 32;

    private final Duration length;
    private final Duration idle;
    private final int max;
    private final SecureRandom random = new SecureRandom();
    /** The one that was quiet for longest comes first. */
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A login.
     *
     * @param user who
     * @param expires when it ends at the latest
     * @param seen when it was last used
     */
    public record Session(String user, Instant expires, Instant seen) {}

    /**
     * None yet.
     *
     * @param length of a session
     * @param idle how long it may be quiet
     * @param max how many at a time
     */
    public Sessions(Duration length, Duration idle, int max) {
        this.length = length;
        this.idle = idle;
        this.max = max;
    }

    /**
     * An id that nobody can guess, which is no session's.
     *
     * @return 43 characters
     */
    public String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Whether a text can be an id.
     *
     * @param text anything
     * @return true if it looks like one
     */
    public static boolean isId(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    /**
     * Begins a session.
     *
     * @param user who has logged in
     * @param now the time
     * @return its id, a new one
     */
    public synchronized String begin(String user, Instant now) {
        String id = newId();
        sessions.put(id, new Session(user, now.plus(length), now));
        Iterator<Session> eldest = sessions.values().iterator();
        while (sessions.size() > max) {
            eldest.next();
            eldest.remove();
        }
        return id;
    }

    /**
     * Finds a session that hasn't ended, and notes that it is used.
     *
     * @param id of a cookie
     * @param now the time
     * @return the session
     */
    public synchronized Optional<Session> find(String id, Instant now) {
        Session session = sessions.get(id);
        if (session == null) {
            return Optional.empty();
        }
        if (!now.isBefore(session.expires()) || now.isAfter(session.seen().plus(idle))) {
            sessions.remove(id);
            return Optional.empty();
        }
        Session used = new Session(session.user(), session.expires(), now);
        sessions.put(id, used);
        return Optional.of(used);
    }

    /**
     * Ends a session.
     *
     * @param id of a cookie
     */
    public synchronized void end(String id) {
        sessions.remove(id);
    }

    /**
     * How many there are, with those that have ended and weren't asked for since.
     *
     * @return a number up to the most that there may be
     */
    public synchronized int size() {
        return sessions.size();
    }
}
