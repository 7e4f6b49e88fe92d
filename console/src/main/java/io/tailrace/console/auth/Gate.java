package io.tailrace.console.auth;

import com.fasterxml.jackson.databind.node.LongNode;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.tailrace.console.audit.Audit;
import io.tailrace.console.auth.UsersFile.User;
import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.console.config.ConsoleConfig.AuthMode;
import io.tailrace.console.http.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells who asks, by a session's cookie, a proxy's header, or name and password in the request, and whether a change was
 * asked for by a page of ours.
 */
public final class Gate {
    /** The header that the token against requests of other sites comes in. */
    public static final String CSRF_HEADER = "X-CSRF-Token";

    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final int MAX_NAME_CHARS = 100;
    private static final int MAX_PASSWORD_CHARS = 1_000;

    private final ConsoleConfig config;
    private final Optional<UsersFile> users;
    private final Audit audit;
    private final Sessions sessions;
    private final CsrfTokens tokens = new CsrfTokens();
    private final LoginLimiter limiter = new LoginLimiter();
    private final Passwords passwords = new Passwords();

    /**
     * Makes a gate.
     *
     * @param config how people are known
     * @param users there with mode users
     * @param audit is told of logins
     */
    public Gate(ConsoleConfig config, Optional<UsersFile> users, Audit audit) {
        this.config = config;
        this.users = users;
        this.audit = audit;
        this.sessions = new Sessions(config.sessionLength(), config.sessionIdle(), config.sessionsMax());
    }

    /**
     * Who asks. Blocks for a fraction of a second if it is told by name and password.
     *
     * @param context the request
     * @param now the time
     * @return the caller, who may be nobody
     * @throws InterruptedException if the thread is interrupted
     */
    public Caller caller(Context context, Instant now) throws InterruptedException {
        String address = address(context);
        return switch (config.authMode()) {
            case OFF -> new Caller("local", Role.EDITOR, address);
            case PROXY -> named(context, address);
            case USERS -> {
                Optional<String[]> basic = basic(context);
                yield basic.isPresent()
                        ? login(basic.get()[0], basic.get()[1], address, now)
                        : bySession(cookie(context), address, now);
            }
        };
    }

    private Caller named(Context context, String address) {
        String user = context.header(config.proxyUserHeader());
        boolean trusted = config.proxies().contains(context.req().getRemoteAddr());
        if (!trusted || user == null || user.isBlank() || user.length() > MAX_NAME_CHARS) {
            return new Caller("", Role.NOBODY, address);
        }
        boolean editor =
                config.proxyEditors().contains("*") || config.proxyEditors().contains(user);
        return new Caller(user, editor ? Role.EDITOR : Role.VIEWER, address);
    }

    private Caller bySession(String id, String address, Instant now) {
        // A user who was removed, or may do less now, can do no more by a session of before.
        return sessions.find(id, now)
                .flatMap(session -> users.orElseThrow().find(session.user(), now))
                .map(user -> new Caller(user.name(), user.role(), address))
                .orElse(new Caller("", Role.NOBODY, address));
    }

    /**
     * Checks name and password. Blocks for a fraction of a second.
     *
     * @param name of a user
     * @param password theirs
     * @param address from where
     * @param now the time
     * @return the user
     * @throws Problem 401 if they don't fit, 429 if there were too many that didn't
     * @throws InterruptedException if the thread is interrupted
     */
    public Caller login(String name, String password, String address, Instant now) throws InterruptedException {
        if (name.length() > MAX_NAME_CHARS || password.length() > MAX_PASSWORD_CHARS) {
            throw failed();
        }
        Optional<Duration> wait = limiter.take(name, address, now);
        if (wait.isPresent()) {
            throw tooMany(wait.get());
        }
        Optional<User> user = users.orElseThrow().find(name, now);
        boolean fits = passwords.fits(password, user.map(User::hash)).orElseThrow(() -> tooMany(Duration.ofSeconds(5)));
        if (!fits) {
            audit.log(new Caller(name, Role.NOBODY, address), "login", "", "wrong user or password");
            throw failed();
        }
        limiter.giveBack(name, address, now);
        return new Caller(name, user.orElseThrow().role(), address);
    }

    private static Problem failed() {
        return new Problem(401, "login-failed", "Login failed", "User or password are wrong");
    }

    private static Problem tooMany(Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        return new Problem(
                        429,
                        "too-many-requests",
                        "Too many logins",
                        "There were too many wrong logins; try again in " + seconds + " seconds")
                .with("retry_after", LongNode.valueOf(seconds));
    }

    /**
     * Begins a session, under a new id whatever the cookie was before.
     *
     * @param context the request, whose answer gets the cookie
     * @param user who has logged in
     * @param now the time
     * @return the token for changes
     */
    public String begin(Context context, String user, Instant now) {
        sessions.end(cookie(context));
        String id = sessions.begin(user, now);
        send(context, id, (int) config.sessionLength().toSeconds());
        return tokens.of(id);
    }

    /**
     * Ends a session.
     *
     * @param context the request, whose answer takes the cookie away
     */
    public void end(Context context) {
        sessions.end(cookie(context));
        send(context, "", 0);
    }

    /**
     * When the session ends.
     *
     * @param context the request
     * @param now the time
     * @return empty if there is none
     */
    public Optional<Instant> expires(Context context, Instant now) {
        return sessions.find(cookie(context), now).map(Sessions.Session::expires);
    }

    /**
     * The token that changes must come with. Without a cookie the answer gets one, which is no login.
     *
     * @param context the request
     * @return the token
     */
    public String token(Context context) {
        String id = cookie(context);
        if (id.isEmpty()) {
            id = sessions.newId();
            send(context, id, -1);
        }
        return tokens.of(id);
    }

    /**
     * Checks that a change was asked for by a page of ours, or by a program that says by itself who it is.
     *
     * @param context the request
     * @throws Problem 403 if it may be that another site has made a browser ask
     */
    public void checkOrigin(Context context) {
        String site = context.header("Sec-Fetch-Site");
        boolean browser = site != null || context.header("Origin") != null;
        if (site != null && !OWN_SITE.contains(site)) {
            throw csrf("This was asked for by another site");
        }
        if (config.authMode() == AuthMode.USERS && !browser && basic(context).isPresent()) {
            return;
        }
        String id = cookie(context);
        String token = Optional.ofNullable(context.header(CSRF_HEADER)).orElse("");
        if (id.isEmpty() || !tokens.fits(token, id)) {
            throw csrf("The header " + CSRF_HEADER + " must have the token that /api/v1/session tells");
        }
    }

    private static Problem csrf(String detail) {
        return new Problem(403, "csrf", "Not asked for by a page of the console", detail);
    }

    /**
     * Refuses requests by a name that isn't this host's, as another site's name may be made to lead here.
     *
     * @param context the request
     * @throws Problem 403 with mode off, where being on this host is all it takes
     */
    public void checkHost(Context context) {
        if (config.authMode() != AuthMode.OFF) {
            return;
        }
        String host = Optional.ofNullable(context.header("Host"))
                .orElse("")
                .replaceFirst(":[0-9]*$", "")
                .toLowerCase(Locale.ROOT);
        boolean own = host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.[0-9.]+")
                || host.equals(config.listenHost());
        if (!own) {
            throw new Problem(
                    403,
                    "forbidden",
                    "Not by this name",
                    "With auth.mode=off the console is reached as localhost only, not as " + host);
        }
    }

    private String address(Context context) {
        String peer = context.req().getRemoteAddr();
        String forwarded = context.header("X-Forwarded-For");
        if (forwarded == null || !config.proxies().contains(peer)) {
            return peer;
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.matches("[0-9A-Fa-f.:]{2,45}") ? last : peer;
    }

    private boolean isSecure(Context context) {
        boolean proxied = config.proxies().contains(context.req().getRemoteAddr())
                && "https".equals(context.header("X-Forwarded-Proto"));
        return config.tlsCertFile().isPresent() || proxied;
    }

    private String cookieName() {
        return config.tlsCertFile().isPresent() ? "__Host-tailrace" : "tailrace_session";
    }

    private String cookie(Context context) {
        String value = context.cookie(cookieName());
        return value != null && Sessions.isId(value) ? value : "";
    }

    private void send(Context context, String id, int maxAgeSeconds) {
        Cookie cookie = new Cookie(cookieName(), id);
        cookie.setPath("/");
        cookie.setMaxAge(maxAgeSeconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(isSecure(context));
        cookie.setSameSite(SameSite.STRICT);
        context.cookie(cookie);
    }

    /** Name and password, as programs send them; they are never asked for, so that browsers don't. */
    private static Optional<String[]> basic(Context context) {
        String header = context.header("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return Optional.of(new String[] {pair.substring(0, Math.max(0, colon)), pair.substring(colon + 1)});
        } catch (IllegalArgumentException e) {
            throw failed();
        }
    }
}
