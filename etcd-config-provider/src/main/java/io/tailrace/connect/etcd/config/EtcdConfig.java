package io.tailrace.connect.etcd.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The settings of the provider. A setting that doesn't exist is refused, so that a slip of the pen can't switch a limit off. */
public final class EtcdConfig extends AbstractConfig {
    /** Where etcd is. */
    public static final String ENDPOINTS = "endpoints";
    /** The etcd user. */
    public static final String USER = "user";
    /** The etcd user's password. */
    public static final String PASSWORD = "password";
    /** Certificates that sign the server's. */
    public static final String TLS_CA_FILE = "tls.ca.file";
    /** The client's own certificate. */
    public static final String TLS_CERT_FILE = "tls.cert.file";
    /** The key of the client's certificate. */
    public static final String TLS_KEY_FILE = "tls.key.file";
    /** The name to expect in the server's certificate. */
    public static final String TLS_AUTHORITY = "tls.authority";
    /** What goes before every key. */
    public static final String NAMESPACE = "namespace";
    /** Which keys may be read at all. */
    public static final String ALLOWED_PREFIXES = "allowed.prefixes";
    /** How long one read may take. */
    public static final String TIMEOUT_MS = "timeout.ms";
    /** How often a silent connection is probed. */
    public static final String KEEPALIVE_MS = "keepalive.ms";
    /** How often subscribed keys are read again. */
    public static final String REREAD_INTERVAL_MS = "reread.interval.ms";
    /** For how long Connect may use a value. */
    public static final String TTL_MS = "ttl.ms";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    ENDPOINTS,
                    ConfigDef.Type.LIST,
                    List.of("http://127.0.0.1:2379"),
                    Endpoints.VALIDATOR,
                    Importance.HIGH,
                    "The members of the etcd cluster, each as http://host:port or https://host:port, all with the same"
                            + " scheme. One that is down doesn't matter as long as another answers.")
            .define(
                    USER,
                    ConfigDef.Type.STRING,
                    null,
                    Importance.HIGH,
                    "The etcd user, where etcd has authentication on.")
            .define(
                    PASSWORD,
                    ConfigDef.Type.PASSWORD,
                    null,
                    Importance.HIGH,
                    "The password of the etcd user. It is never logged and is in no error message.")
            .define(
                    TLS_CA_FILE,
                    ConfigDef.Type.STRING,
                    null,
                    Importance.MEDIUM,
                    "PEM file with the certificates that the servers' certificates are checked against. Without it, those"
                            + " that the Java runtime trusts.")
            .define(
                    TLS_CERT_FILE,
                    ConfigDef.Type.STRING,
                    null,
                    Importance.MEDIUM,
                    "PEM file with this client's certificate, for servers that ask for one.")
            .define(
                    TLS_KEY_FILE,
                    ConfigDef.Type.STRING,
                    null,
                    Importance.MEDIUM,
                    "PEM file with the private key of the client's certificate: PKCS#8, without a passphrase.")
            .define(
                    TLS_AUTHORITY,
                    ConfigDef.Type.STRING,
                    null,
                    Importance.LOW,
                    "The host name to expect in the servers' certificates, where it isn't the one in the endpoints.")
            .define(
                    NAMESPACE,
                    ConfigDef.Type.STRING,
                    "",
                    Importance.LOW,
                    "Goes before every key. With /prod here, the path /db is the etcd key /prod/db.")
            .define(
                    ALLOWED_PREFIXES,
                    ConfigDef.Type.LIST,
                    List.of(),
                    Importance.MEDIUM,
                    "Only paths that start with one of these are read; empty allows all. They are compared as text, without"
                            + " the namespace: end a folder with a slash.")
            .define(
                    TIMEOUT_MS,
                    ConfigDef.Type.INT,
                    5_000,
                    Range.between(100, 300_000),
                    Importance.LOW,
                    "How long a read may take, with connecting and logging in, in milliseconds.")
            .define(
                    KEEPALIVE_MS,
                    ConfigDef.Type.INT,
                    10_000,
                    Range.between(10_000, 3_600_000),
                    Importance.LOW,
                    "After so many milliseconds of silence the connection is probed; it counts as dead when the probe isn't"
                            + " answered within timeout.ms. gRPC allows no less than 10 seconds.")
            .define(
                    REREAD_INTERVAL_MS,
                    ConfigDef.Type.INT,
                    30_000,
                    Range.between(1_000, 3_600_000),
                    Importance.LOW,
                    "Subscribed keys are read again so often, in milliseconds, whatever the watch says; a watch that missed"
                            + " something is replaced.")
            .define(
                    TTL_MS,
                    ConfigDef.Type.LONG,
                    null,
                    new AtLeastOneOrNone(),
                    Importance.LOW,
                    "Tells Connect to restart a connector that uses a value, for a new look at it, after so many"
                            + " milliseconds. Off when not set.");

    private final Endpoints endpoints;

    /**
     * Checks the settings; touches neither the network nor the contents of a file.
     *
     * @param settings the settings by name
     * @throws ConfigException naming the setting that is unknown, malformed, or doesn't go with another
     */
    public EtcdConfig(Map<String, ?> settings) {
        super(DEFINITION, settings, false);
        refuseUnknown(settings);
        endpoints = Endpoints.parse(getList(ENDPOINTS));
        checkCredentials();
        checkTls();
    }

    /**
     * The declaration of the settings, for documentation.
     *
     * @return a copy
     */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    private static void refuseUnknown(Map<String, ?> settings) {
        TreeSet<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(DEFINITION.names());
        if (!unknown.isEmpty()) {
            throw new ConfigException("The etcd provider has no setting " + String.join(", ", unknown) + "; it has "
                    + String.join(", ", new TreeSet<>(DEFINITION.names())));
        }
    }

    private void checkCredentials() {
        if (user().isPresent() != password().isPresent()) {
            String missing = user().isPresent() ? PASSWORD : USER;
            String given = user().isPresent() ? USER : PASSWORD;
            throw new ConfigException("Setting " + given + " is given but " + missing + " is not; etcd needs both");
        }
    }

    private void checkTls() {
        for (String name : List.of(TLS_CA_FILE, TLS_CERT_FILE, TLS_KEY_FILE, TLS_AUTHORITY)) {
            if (text(name).isPresent() && !endpoints.tls()) {
                throw new ConfigException(
                        "Setting " + name + " needs endpoints with https://, but they are " + endpoints);
            }
        }
        for (String name : List.of(TLS_CA_FILE, TLS_CERT_FILE, TLS_KEY_FILE)) {
            file(name).ifPresent(file -> checkReadable(name, file));
        }
        if (tlsCertFile().isPresent() != tlsKeyFile().isPresent()) {
            throw new ConfigException("Settings " + TLS_CERT_FILE + " and " + TLS_KEY_FILE + " go together; only "
                    + (tlsCertFile().isPresent() ? TLS_CERT_FILE : TLS_KEY_FILE) + " is given");
        }
    }

    private static void checkReadable(String name, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ConfigException(name, file, "is not a file that can be read");
        }
    }

    /**
     * Where etcd is.
     *
     * @return at least one
     */
    public Endpoints endpoints() {
        return endpoints;
    }

    /**
     * The etcd user.
     *
     * @return empty for none; there is a password exactly if there is a user
     */
    public Optional<String> user() {
        return text(USER);
    }

    /**
     * The etcd user's password.
     *
     * @return empty for none
     */
    public Optional<Password> password() {
        return Optional.ofNullable(getPassword(PASSWORD)).filter(p -> !p.value().isEmpty());
    }

    /**
     * PEM file of trusted certificates.
     *
     * @return empty for the Java runtime's own
     */
    public Optional<Path> tlsCaFile() {
        return file(TLS_CA_FILE);
    }

    /**
     * PEM file of the client's certificate.
     *
     * @return empty for none; there is a key file exactly if there is a certificate file
     */
    public Optional<Path> tlsCertFile() {
        return file(TLS_CERT_FILE);
    }

    /**
     * PEM file of the client's key.
     *
     * @return empty for none
     */
    public Optional<Path> tlsKeyFile() {
        return file(TLS_KEY_FILE);
    }

    /**
     * The host name to expect in the servers' certificates.
     *
     * @return empty for the endpoint's own
     */
    public Optional<String> tlsAuthority() {
        return text(TLS_AUTHORITY);
    }

    /**
     * What goes before every key.
     *
     * @return empty text for nothing
     */
    public String namespace() {
        return getString(NAMESPACE);
    }

    /**
     * How long a read may take, and a probe of the connection.
     *
     * @return 100 ms to 5 minutes
     */
    public Duration timeout() {
        return Duration.ofMillis(getInt(TIMEOUT_MS));
    }

    /**
     * How long a connection may be silent before it is probed.
     *
     * @return 10 s to 1 hour
     */
    public Duration keepalive() {
        return Duration.ofMillis(getInt(KEEPALIVE_MS));
    }

    /**
     * How often subscribed keys are read again.
     *
     * @return 1 s to 1 hour
     */
    public Duration rereadInterval() {
        return Duration.ofMillis(getInt(REREAD_INTERVAL_MS));
    }

    /**
     * For how long Connect may use a value.
     *
     * @return milliseconds, or null for no end, as Kafka's ConfigData wants it
     */
    public Long ttlMs() {
        return getLong(TTL_MS);
    }

    /**
     * Checks that a path may be read.
     *
     * @param path an etcd key without the namespace
     * @throws ConfigException if it is empty, or starts with none of the allowed prefixes
     */
    public void checkAllowed(String path) {
        if (path == null || path.isEmpty()) {
            throw new ConfigException("An etcd key is missing: write ${<provider>:<etcd key>:<field>}");
        }
        List<String> prefixes = getList(ALLOWED_PREFIXES);
        if (!prefixes.isEmpty() && prefixes.stream().noneMatch(path::startsWith)) {
            throw new ConfigException("The etcd key " + path + " may not be read: " + ALLOWED_PREFIXES + " has only "
                    + String.join(", ", prefixes));
        }
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(getString(name)).filter(text -> !text.isEmpty());
    }

    private Optional<Path> file(String name) {
        return text(name).map(Path::of);
    }

    private static final class AtLeastOneOrNone implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            if (value != null && (Long) value < 1) {
                throw new ConfigException(name, value, "must be at least 1");
            }
        }

        @Override
        public String toString() {
            return "[1,...]";
        }
    }
}
