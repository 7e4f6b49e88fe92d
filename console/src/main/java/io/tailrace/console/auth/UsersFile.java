package io.tailrace.console.auth;

import io.tailrace.console.config.ConsoleConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users that a file names. It is read again when it has changed; if it is wrong then, what was last good goes on. */
public final class UsersFile {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_USERS = 10_000;

    private final Path file;
    private Map<String, User> users;
    private String stamp;
    private Instant looked;

    /**
     * A user.
     *
     * @param name their name
     * @param role what they may do
     * @param hash of their password
     */
    public record User(String name, Role role, String hash) {}

    /**
     * Reads the file.
     *
     * @param file its path
     * @param now the time
     * @throws ConfigException naming the file and what is wrong with it
     */
    public UsersFile(Path file, Instant now) {
        this.file = file;
        this.looked = now;
        try {
            stamp = stamp();
            users = parse(Files.readString(file));
        } catch (IOException e) {
            throw refused("can't be read: " + e);
        }
    }

    /**
     * Finds a user.
     *
     * @param name their name
     * @param now the time
     * @return as the file has them now
     */
    public synchronized Optional<User> find(String name, Instant now) {
        if (Duration.between(looked, now).abs().compareTo(LOOK_INTERVAL) >= 0) {
            looked = now;
            look();
        }
        return Optional.ofNullable(users.get(name));
    }

    private void look() {
        try {
            String there = stamp();
            if (!there.equals(stamp)) {
                stamp = there;
                users = parse(Files.readString(file));
                LOG.info("{} was read again: {} users", file, users.size());
            }
        } catch (IOException | ConfigException e) {
            LOG.error("The users stay those that {} had before: {}", file, e.getMessage());
        }
    }

    private String stamp() throws IOException {
        return Files.getLastModifiedTime(file) + " " + Files.size(file);
    }

    private Map<String, User> parse(String text) throws IOException {
        Properties lines = new Properties();
        try (StringReader reader = new StringReader(text)) {
            lines.load(reader);
        } catch (IllegalArgumentException e) {
            throw refused("is no properties file: " + e.getMessage());
        }
        Map<String, User> found = new LinkedHashMap<>();
        for (String name : lines.stringPropertyNames()) {
            found.put(name, user(name, lines.getProperty(name).strip()));
        }
        if (found.size() > MAX_USERS) {
            throw refused("has more than " + MAX_USERS + " users");
        }
        return found;
    }

    private User user(String name, String value) {
        String[] parts = value.split(":", 2);
        boolean role = parts[0].equals("viewer") || parts[0].equals("editor");
        if (parts.length < 2 || !role || name.length() > 100) {
            throw refused("user " + name + ": must be viewer:HASH or editor:HASH");
        }
        if (!Passwords.isHash(parts[1])) {
            throw refused("user " + name + ": has no bcrypt hash; tailrace-console hash-password makes one");
        }
        return new User(name, Role.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1]);
    }

    private ConfigException refused(String reason) {
        return new ConfigException(ConsoleConfig.AUTH_USERS_FILE, file, reason);
    }
}
