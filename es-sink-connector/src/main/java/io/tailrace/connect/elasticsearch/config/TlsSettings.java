package io.tailrace.connect.elasticsearch.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * Whom we trust, and by which certificate the server may know us. Each is given as PEM files or as a key store.
 *
 * @param caFile certificates of authorities, PEM; or null
 * @param certFile our certificate and its chain, PEM; or null
 * @param keyFile its private key, PKCS#8 PEM without a password; null if there is no certificate
 * @param trustStore certificates of authorities; or null
 * @param keyStore our certificate and private key; or null
 * @param verifyHostname whether the server's certificate must name the host
 */
public record TlsSettings(
        Path caFile, Path certFile, Path keyFile, Store trustStore, Store keyStore, boolean verifyHostname) {

    /** Authorities, PEM. */
    public static final String CA_FILE = "tls.ca.file";
    /** Our certificate, PEM. */
    public static final String CERT_FILE = "tls.cert.file";
    /** Our key, PEM. */
    public static final String KEY_FILE = "tls.key.file";
    /** Check of the host's name. */
    public static final String VERIFY_HOSTNAME = "tls.verify.hostname";

    private static final String STORE_PREFIX = "elastic.https.ssl.";
    /** Authorities in a store. */
    public static final String TRUST_STORE = STORE_PREFIX + "truststore";
    /** Our certificate in a store. */
    public static final String KEY_STORE = STORE_PREFIX + "keystore";

    private static final String KEY_PASSWORD = STORE_PREFIX + "key.password";
    private static final String LOCATION = ".location";
    private static final String PASSWORD = ".password";
    private static final String STORE_TYPE = ".type";

    /**
     * A key store in a file.
     *
     * @param location where
     * @param type JKS or PKCS12
     * @param password of the store, or null
     * @param keyPassword of the key in it, or null if it is that of the store
     */
    public record Store(Path location, String type, Password password, Password keyPassword) {}

    static void define(ConfigDef def) {
        Group group = new Group(def, "TLS")
                .add(
                        CA_FILE,
                        ConfigDef.Type.STRING,
                        null,
                        "Authorities",
                        "File with the certificates, PEM, of the authorities that the server's certificate may come"
                                + " from. Without it, and without a trust store, those that Java knows.")
                .add(
                        CERT_FILE,
                        ConfigDef.Type.STRING,
                        null,
                        "Certificate",
                        "File with our certificate and its chain, PEM, for servers that ask for one (mutual TLS). Needs "
                                + KEY_FILE + ".")
                .add(
                        KEY_FILE,
                        ConfigDef.Type.STRING,
                        null,
                        "Private key",
                        "File with the private key of " + CERT_FILE + ": PKCS#8, PEM, without a password.")
                .add(
                        VERIFY_HOSTNAME,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        "Check host name",
                        "Whether the server's certificate must name the host that we connect to.");
        store(group, TRUST_STORE, "authorities that the server's certificate may come from", CA_FILE);
        store(group, KEY_STORE, "our certificate and private key", CERT_FILE);
        group.add(
                KEY_PASSWORD,
                ConfigDef.Type.PASSWORD,
                null,
                "Key password",
                "Password of the private key in the key store, if it is not that of the store.");
    }

    private static void store(Group group, String prefix, String content, String alternative) {
        group.add(
                        prefix + LOCATION,
                        ConfigDef.Type.STRING,
                        null,
                        "Store",
                        "Key store file with " + content + ", instead of `" + alternative + "`.")
                .add(prefix + PASSWORD, ConfigDef.Type.PASSWORD, null, "Store password", "Password of that store.")
                .add(
                        prefix + STORE_TYPE,
                        ConfigDef.Type.STRING,
                        "JKS",
                        ConfigDef.CaseInsensitiveValidString.in("JKS", "PKCS12"),
                        ConfigDef.Importance.LOW,
                        "Store type",
                        "Type of that store: JKS or PKCS12.");
    }

    static TlsSettings of(AbstractConfig config) {
        return new TlsSettings(
                path(config, CA_FILE),
                path(config, CERT_FILE),
                path(config, KEY_FILE),
                storeOf(config, TRUST_STORE),
                storeOf(config, KEY_STORE),
                config.getBoolean(VERIFY_HOSTNAME));
    }

    static void check(AbstractConfig config, Problems problems) {
        together(config, problems, CERT_FILE, KEY_FILE);
        together(config, problems, KEY_FILE, CERT_FILE);
        alternatives(config, problems, CA_FILE, TRUST_STORE + LOCATION);
        alternatives(config, problems, CERT_FILE, KEY_STORE + LOCATION);
        passwordNeeds(config, problems, TRUST_STORE + PASSWORD, TRUST_STORE + LOCATION);
        passwordNeeds(config, problems, KEY_STORE + PASSWORD, KEY_STORE + LOCATION);
        passwordNeeds(config, problems, KEY_PASSWORD, KEY_STORE + LOCATION);
        boolean isPlain = config.getList(ConnectionSettings.URL).stream().noneMatch(url -> url.startsWith("https:"));
        for (String key : List.of(CA_FILE, CERT_FILE, KEY_FILE, TRUST_STORE + LOCATION, KEY_STORE + LOCATION)) {
            Path path = path(config, key);
            if (path != null && !Files.isReadable(path)) {
                problems.add(key, "there is no file " + path + " that the worker can read");
            } else if (path != null && isPlain) {
                problems.add(key, "has no use: no URL in " + ConnectionSettings.URL + " begins with https");
            }
        }
    }

    private static void together(AbstractConfig config, Problems problems, String one, String other) {
        if (config.getString(one) != null && config.getString(other) == null) {
            problems.add(other, "is needed because " + one + " is set");
        }
    }

    private static void passwordNeeds(AbstractConfig config, Problems problems, String password, String location) {
        if (config.getPassword(password) != null && path(config, location) == null) {
            problems.add(password, "needs " + location);
        }
    }

    private static void alternatives(AbstractConfig config, Problems problems, String one, String other) {
        if (config.getString(one) != null && config.getString(other) != null) {
            problems.add(one, "can't be set together with " + other);
        }
    }

    private static Path path(AbstractConfig config, String key) {
        String value = config.getString(key);
        return value == null || value.isBlank() ? null : Path.of(value);
    }

    private static Store storeOf(AbstractConfig config, String prefix) {
        Path location = path(config, prefix + LOCATION);
        if (location == null) {
            return null;
        }
        String type = config.getString(prefix + STORE_TYPE).toUpperCase(Locale.ROOT);
        return new Store(location, type, config.getPassword(prefix + PASSWORD), config.getPassword(KEY_PASSWORD));
    }
}
