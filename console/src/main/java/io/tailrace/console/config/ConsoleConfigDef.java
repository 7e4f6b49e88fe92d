package io.tailrace.console.config;

import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.connect.filetail.FileTailSourceConfig;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Declares every key of the console once; the reference page is made from it. Documentation is Markdown. */
final class ConsoleConfigDef {
    private static final int MAX_PATH_CHARS = 250;
    /** What only a provider for connectors needs. */
    private static final Set<String> NOT_OF_ETCD =
            Set.of(EtcdConfig.ALLOWED_PREFIXES, EtcdConfig.REREAD_INTERVAL_MS, EtcdConfig.TTL_MS);

    private static final Set<String> NOT_OF_ELASTICSEARCH = Set.of(ConnectionSettings.VALIDATE);

    private final ConfigDef def = new ConfigDef();
    private String group = "";
    private int orderInGroup;

    private ConsoleConfigDef() {}

    static ConfigDef make() {
        ConsoleConfigDef keys = new ConsoleConfigDef();
        keys.listening();
        keys.login();
        keys.entries();
        keys.hosts();
        keys.logs();
        keys.embed("etcd", ConsoleConfig.ETCD_PREFIX, EtcdConfig.definition(), NOT_OF_ETCD);
        keys.embed(
                "Elasticsearch or OpenSearch",
                ConsoleConfig.ELASTICSEARCH_PREFIX,
                ConnectionSettings.definition(),
                NOT_OF_ELASTICSEARCH);
        return keys.def;
    }

    private void listening() {
        group("Listening");
        key(
                ConsoleConfig.LISTEN_HOST,
                ConfigDef.Type.STRING,
                "127.0.0.1",
                new ConfigDef.NonEmptyString(),
                "The address that is listened on; `0.0.0.0` for all.");
        key(
                ConsoleConfig.LISTEN_PORT,
                ConfigDef.Type.INT,
                8090,
                Range.between(0, 65_535),
                "The port; 0 for any that is free, which the log says.");
        key(
                ConsoleConfig.TLS_CERT_FILE,
                ConfigDef.Type.STRING,
                "",
                null,
                "PEM file with the certificate and its chain. With it, the console speaks HTTPS alone.");
        key(
                ConsoleConfig.TLS_KEY_FILE,
                ConfigDef.Type.STRING,
                "",
                null,
                "PEM file with the private key of that certificate: PKCS#8, without a password.");
        key(
                ConsoleConfig.PROXY_ADDRESSES,
                ConfigDef.Type.LIST,
                "",
                listOf("addresses or networks, such as 10.0.0.5 or 10.0.0.0/24", Networks::parse),
                "Reverse proxies that are trusted. Of a request that comes from one of these, the last address in `X-Forwarded-For` is the "
                        + "client's, and `X-Forwarded-Proto` says whether it came over HTTPS.");
    }

    private void login() {
        group("Login");
        key(
                ConsoleConfig.AUTH_MODE,
                ConfigDef.Type.STRING,
                "users",
                ConfigDef.ValidString.in("users", "proxy", "off"),
                "`users`: people log in with a name and password of `auth.users.file`. `proxy`: one of `proxy.addresses` says in a header who "
                        + "it is. `off`: everybody may do everything; refused unless `listen.host` is a loopback address.");
        key(
                ConsoleConfig.AUTH_USERS_FILE,
                ConfigDef.Type.STRING,
                "",
                null,
                "Properties file with a line for each user: `alice=editor:$2b$12$…`, or `viewer:` instead of `editor:`. "
                        + "`tailrace-console hash-password` makes the part behind the colon (bcrypt). It is read again when it changes.");
        key(
                ConsoleConfig.AUTH_PROXY_USER_HEADER,
                ConfigDef.Type.STRING,
                "X-Forwarded-User",
                new ConfigDef.NonEmptyString(),
                "With `auth.mode=proxy`: the header with the user's name. The proxy must remove it from what clients send.");
        key(
                ConsoleConfig.AUTH_PROXY_EDITORS,
                ConfigDef.Type.LIST,
                "",
                null,
                "With `auth.mode=proxy`: users that may change things; `*` for all. Others may look.");
        key(
                ConsoleConfig.SESSION_MINUTES,
                ConfigDef.Type.INT,
                480,
                Range.between(1, 10_080),
                "A session ends so many minutes after the login; the user logs in again.");
        key(
                ConsoleConfig.SESSION_IDLE_MINUTES,
                ConfigDef.Type.INT,
                60,
                Range.between(1, 10_080),
                "A session ends after so many minutes without a request.");
        key(
                ConsoleConfig.SESSIONS_MAX,
                ConfigDef.Type.INT,
                1_000,
                Range.between(1, 100_000),
                "Most sessions at a time; the one that was quiet for longest makes room.");
    }

    private void entries() {
        group("Entries");
        likeTheConnectors(FileTailSourceConfig.ENTRIES_PATHS);
        likeTheConnectors(FileTailSourceConfig.ALLOWED_PATHS);
        likeTheConnectors(FileTailSourceConfig.ALLOWED_TOPICS);
        key(
                ConsoleConfig.HOST_TEMPLATE,
                ConfigDef.Type.STRING,
                "",
                null,
                "Which of `entries.paths` is a host's own list, for what is written for many hosts at once. If empty: the last one with "
                        + "`{hostname}` or `{host.id}`, else the last one with `{ip}`.");
        key(
                ConsoleConfig.HISTORY_PATH,
                ConfigDef.Type.STRING,
                "/tailrace/history",
                path(),
                "Below which key of etcd the history is kept.");
        key(
                ConsoleConfig.HISTORY_VERSIONS_MAX,
                ConfigDef.Type.INT,
                100,
                Range.between(1, 1_000),
                "Most versions that are kept of each key; the oldest are deleted.");
        key(
                ConsoleConfig.TRANSACTION_OPERATIONS_MAX,
                ConfigDef.Type.INT,
                128,
                Range.between(8, 10_000),
                "Most operations in one transaction: etcd's own `--max-txn-ops`. What is written for many hosts is one transaction if it "
                        + "fits; each host takes 4.");
    }

    private void hosts() {
        group("Hosts");
        likeTheConnectors(FileTailSourceConfig.STATUS_PATH);
        key(
                ConsoleConfig.CONSOLE_PATH,
                ConfigDef.Type.STRING,
                "/tailrace/console",
                path(),
                "Below which key of etcd the console keeps what else it has to remember: hosts that it has seen, labels, what was asked for "
                        + "many hosts at once.");
        key(
                ConsoleConfig.POLL_INTERVAL_MS,
                ConfigDef.Type.INT,
                2_000,
                Range.between(100, 60_000),
                "How often etcd is asked which status and entries have changed, in milliseconds; only what has changed is read.");
        key(
                ConsoleConfig.HOSTS_MAX,
                ConfigDef.Type.INT,
                10_000,
                Range.between(1, 100_000),
                "Most hosts that are known at a time; offline ones are forgotten first.");
        key(
                ConsoleConfig.HOSTS_FORGET_HOURS,
                ConfigDef.Type.INT,
                168,
                Range.between(1, 87_600),
                "A host that has been offline for so many hours is forgotten.");
    }

    private void logs() {
        group("Logs");
        key(
                ConsoleConfig.SEARCH_INDEX,
                ConfigDef.Type.STRING,
                "*,-.*",
                new ConfigDef.NonEmptyString(),
                "Indices, aliases, data streams and patterns that are searched.");
        key(
                ConsoleConfig.SEARCH_TIMEOUT_MS,
                ConfigDef.Type.INT,
                10_000,
                Range.between(100, 120_000),
                "After so many milliseconds a search answers with what it has found by then.");
        key(
                ConsoleConfig.SEARCH_HITS_MAX,
                ConfigDef.Type.INT,
                200,
                Range.between(1, 1_000),
                "Most documents on a page of results.");
        key(
                ConsoleConfig.SEARCH_CONCURRENT_MAX,
                ConfigDef.Type.INT,
                8,
                Range.between(1, 16),
                "Most searches under way at a time; others are refused with 429.");
    }

    /** The same key as the connector's, with the same check and default. */
    private void likeTheConnectors(String name) {
        ConfigKey key = FileTailSourceConfig.definition().configKeys().get(name);
        define(name, key.type, key.defaultValue, key.validator, key.importance, documentation(name));
    }

    private static String documentation(String name) {
        return switch (name) {
            case FileTailSourceConfig.ENTRIES_PATHS ->
                "The templates of keys that agents read, in order, as in the agents' configuration; each begins with `/`. Keys that match one "
                        + "can be edited, and no others. Required.";
            case FileTailSourceConfig.ALLOWED_PATHS ->
                "Folders that agents may read from, as in the agents' configuration. Entries that lie outside are refused before "
                        + "they are written. A relative path is taken from the console's working directory.";
            case FileTailSourceConfig.ALLOWED_TOPICS ->
                "Regular expression that the whole name of a topic must match, as in the agents' configuration.";
            default -> "Below which key of etcd agents report their status, as in the agents' configuration.";
        };
    }

    private void embed(String title, String prefix, ConfigDef child, Set<String> without) {
        group(title);
        for (ConfigKey key : child.configKeys().values()) {
            if (!without.contains(key.name)) {
                // Nothing of Elasticsearch is required, as there needn't be one.
                Object defaultValue = key.hasDefault() ? key.defaultValue : null;
                Validator validator = key.validator == null || !key.hasDefault() ? null : renamed(key);
                define(prefix + key.name, key.type, defaultValue, validator, key.importance, key.documentation);
            }
        }
    }

    /** Checked again, with messages for the whole key, by whoever reads these settings. */
    private static Validator renamed(ConfigKey key) {
        return LambdaValidator.with((name, value) -> {}, key.validator::toString);
    }

    private static Validator listOf(String description, Consumer<List<String>> parse) {
        return LambdaValidator.with(
                (name, value) -> parse.accept(
                        ((Collection<?>) value).stream().map(String::valueOf).toList()),
                () -> description);
    }

    private static Validator path() {
        return LambdaValidator.with(
                (name, value) -> {
                    String path = (String) value;
                    boolean odd = path.codePoints().anyMatch(Character::isISOControl);
                    if (!path.startsWith("/") || path.endsWith("/") || path.length() > MAX_PATH_CHARS || odd) {
                        throw new ConfigException(name, value, "must begin with a slash, end with none, and be short");
                    }
                },
                () -> "a key that begins with / and doesn't end with one");
    }

    private void group(String name) {
        group = name;
        orderInGroup = 0;
    }

    private void key(String name, ConfigDef.Type type, Object defaultValue, Validator validator, String documentation) {
        define(name, type, defaultValue, validator, Importance.MEDIUM, documentation);
    }

    private void define(
            String name,
            ConfigDef.Type type,
            Object defaultValue,
            Validator validator,
            Importance importance,
            String documentation) {
        orderInGroup++;
        def.define(
                name, type, defaultValue, validator, importance, documentation, group, orderInGroup, Width.LONG, name);
    }
}
