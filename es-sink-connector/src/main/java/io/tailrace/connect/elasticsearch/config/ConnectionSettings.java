package io.tailrace.connect.elasticsearch.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Where the server is and who we are to it.
 *
 * @param urls one or more hosts of one cluster, all with the same path
 * @param username for basic authentication, or null
 * @param password its password, or null
 * @param apiKey encoded API key, or null
 * @param bearerToken token for bearer authentication, or null
 * @param headers sent with every request
 * @param connectTimeoutMillis how long to wait for a connection, above 0
 * @param readTimeoutMillis how long to wait for an answer, above 0
 * @param compressed whether bodies are sent compressed
 * @param tls whom to trust
 * @param proxy on the way there, or null
 */
public record ConnectionSettings(
        List<URI> urls,
        String username,
        Password password,
        Password apiKey,
        Password bearerToken,
        Map<String, Password> headers,
        long connectTimeoutMillis,
        long readTimeoutMillis,
        boolean compressed,
        TlsSettings tls,
        ProxySettings proxy) {

    /** Hosts. */
    public static final String URL = "connection.url";
    /** User. */
    public static final String USERNAME = "connection.username";
    /** Password. */
    public static final String PASSWORD = "connection.password";
    /** API key. */
    public static final String API_KEY = "connection.api.key";
    /** Bearer token. */
    public static final String BEARER_TOKEN = "connection.bearer.token";
    /** Beginning of keys for headers. */
    public static final String HEADER_PREFIX = "connection.header.";
    /** Gzip. */
    public static final String COMPRESSION = "connection.compression";
    /** Whether validation connects. */
    public static final String VALIDATE = "validate.connection";
    /** Time to connect. */
    public static final String CONNECT_TIMEOUT = "connection.timeout.ms";
    /** Time to answer. */
    public static final String READ_TIMEOUT = "read.timeout.ms";

    private static final String GROUP = "Connection";
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "authorization",
            "content-type",
            "content-length",
            "content-encoding",
            "transfer-encoding",
            "host",
            "expect");

    /**
     * The declaration of these settings alone, for programs beside the sink.
     *
     * @return a definition of its own
     */
    public static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        define(def);
        return def;
    }

    /**
     * Reads these settings alone, for programs beside the sink.
     *
     * @param settings by key
     * @return the settings, checked as the sink checks them
     * @throws ConfigException naming the keys that are wrong
     */
    public static ConnectionSettings read(Map<String, String> settings) {
        AbstractConfig config = new AbstractConfig(definition(), settings, false);
        Problems problems = new Problems();
        check(config, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.toString());
        }
        return of(config);
    }

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                        URL,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> urls((List<?>) value), () -> "URLs of one cluster"),
                        Importance.HIGH,
                        "URLs of the Elasticsearch or OpenSearch cluster, separated by commas, such as"
                                + " http://es1:9200,http://es2:9200. Requests go to all of them in turn; a host that"
                                + " fails is left out for a while.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.LONG,
                        "URLs")
                .define(
                        USERNAME,
                        ConfigDef.Type.STRING,
                        null,
                        Importance.MEDIUM,
                        "User for basic authentication. Needs " + PASSWORD + ".",
                        GROUP,
                        ++order,
                        ConfigDef.Width.MEDIUM,
                        "User")
                .define(
                        PASSWORD,
                        ConfigDef.Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "Password for basic authentication. Needs " + USERNAME + ".",
                        GROUP,
                        ++order,
                        ConfigDef.Width.MEDIUM,
                        "Password")
                .define(
                        API_KEY,
                        ConfigDef.Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "API key in its encoded form (base64 of id:api_key), instead of user and password.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.LONG,
                        "API key")
                .define(
                        CONNECT_TIMEOUT,
                        ConfigDef.Type.INT,
                        5_000,
                        Range.between(1, 600_000),
                        Importance.LOW,
                        "How long to wait for a connection, in milliseconds.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Connect timeout")
                .define(
                        READ_TIMEOUT,
                        ConfigDef.Type.INT,
                        60_000,
                        Range.between(1, 3_600_000),
                        Importance.LOW,
                        "How long a connection may be silent before the answer is given up and the request sent"
                                + " again, in milliseconds. Sending again is harmless where documents are new or have"
                                + " versions.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Read timeout");
        new Group(def, GROUP)
                .add(
                        BEARER_TOKEN,
                        ConfigDef.Type.PASSWORD,
                        null,
                        "Bearer token",
                        "Token for bearer authentication, such as a service account's, instead of user and password."
                                + " Other headers can be sent with keys " + HEADER_PREFIX + "NAME.")
                .add(
                        COMPRESSION,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        "Compression",
                        "Whether the bodies of requests are compressed (gzip, fastest level, as they are sent).")
                .add(
                        VALIDATE,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        "Validate connection",
                        "Whether a configuration is accepted only if the server can be reached with it at that time."
                                + " It matters when the connector is made or changed; a connector that exists starts"
                                + " and waits whatever this says.");
        TlsSettings.define(def);
        ProxySettings.define(def);
    }

    static ConnectionSettings of(AbstractConfig config) {
        return new ConnectionSettings(
                config.getList(URL).stream().map(URI::create).toList(),
                config.getString(USERNAME),
                config.getPassword(PASSWORD),
                config.getPassword(API_KEY),
                config.getPassword(BEARER_TOKEN),
                headers(config),
                config.getInt(CONNECT_TIMEOUT),
                config.getInt(READ_TIMEOUT),
                config.getBoolean(COMPRESSION),
                TlsSettings.of(config),
                ProxySettings.of(config));
    }

    static void check(AbstractConfig config, Problems problems) {
        boolean hasUser = config.getString(USERNAME) != null;
        boolean hasPassword = config.getPassword(PASSWORD) != null;
        if (hasUser && !hasPassword) {
            problems.add(PASSWORD, "is needed because " + USERNAME + " is set");
        }
        if (hasPassword && !hasUser) {
            problems.add(USERNAME, "is needed because " + PASSWORD + " is set");
        }
        boolean hasKey = config.getPassword(API_KEY) != null;
        if (hasKey && (hasUser || hasPassword)) {
            problems.add(API_KEY, "can't be set together with " + USERNAME + " and " + PASSWORD);
        }
        if (config.getPassword(BEARER_TOKEN) != null && (hasUser || hasPassword || hasKey)) {
            problems.add(BEARER_TOKEN, "can't be set together with other credentials");
        }
        headers(config).forEach((name, value) -> checkHeader(name, value.value(), problems));
        TlsSettings.check(config, problems);
        ProxySettings.check(config, problems);
    }

    /** In the order of their names. Values may be secrets, so they aren't shown. */
    private static Map<String, Password> headers(AbstractConfig config) {
        Map<String, Password> headers = new TreeMap<>();
        config.originalsWithPrefix(HEADER_PREFIX)
                .forEach((name, value) -> headers.put(name, new Password(String.valueOf(value))));
        return headers;
    }

    private static void checkHeader(String name, String value, Problems problems) {
        String key = HEADER_PREFIX + name;
        if (!HEADER_NAME.matcher(name).matches()) {
            problems.add(key, "'" + name + "' is no name of an HTTP header");
        } else if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            problems.add(key, "is set by the sink itself");
        }
        if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F)) {
            problems.add(key, "its value holds a control character, such as a line break");
        }
    }

    private static void urls(List<?> values) {
        if (values == null || values.isEmpty()) {
            throw new ConfigException(URL, values, "at least one URL is needed");
        }
        values.forEach(value -> url((String) value));
        long paths = values.stream()
                .map(value ->
                        Objects.requireNonNullElse(URI.create((String) value).getPath(), ""))
                .distinct()
                .count();
        if (paths > 1) {
            throw new ConfigException(URL, values, "all URLs must have the same path");
        }
        if (new LinkedHashSet<>(values).size() < values.size()) {
            throw new ConfigException(URL, values, "a URL is there twice");
        }
    }

    private static void url(String value) {
        if (holdsCredentials(value)) {
            // Legal or not, the value isn't repeated: it holds a password, and this message is logged.
            throw new ConfigException(URL + ": a URL holds credentials; use " + USERNAME + " and " + PASSWORD);
        }
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(URL, value, "not a URL: " + e.getMessage());
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new ConfigException(
                    URL,
                    value,
                    "must look like http://host:9200 or https://host:9200, and a host's name has letters, digits, - and ."
                            + " in it");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw new ConfigException(URL, value, "must not have a query or a fragment");
        }
    }

    /** Before an at sign, unless that is in the path of a URL that is right; a password may make it a wrong one. */
    private static boolean holdsCredentials(String value) {
        if (value.indexOf('@') < 0) {
            return false;
        }
        try {
            URI uri = new URI(value);
            return uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawPath().indexOf('@') < 0
                    || uri.getRawFragment() != null;
        } catch (URISyntaxException e) {
            return true;
        }
    }
}
