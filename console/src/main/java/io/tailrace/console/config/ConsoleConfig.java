package io.tailrace.console.config;

import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.connect.filetail.FileTailSourceConfig;
import io.tailrace.connect.filetail.entries.KeyTemplates;
import io.tailrace.connect.filetail.entries.PathPolicy;
import io.tailrace.connect.filetail.entries.TopicPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The console's settings. One that doesn't exist is refused, so that a slip of the pen can't switch a safeguard off. */
public final class ConsoleConfig extends AbstractConfig {
    /** Address to listen on. */
    public static final String LISTEN_HOST = "listen.host";
    /** Port to listen on. */
    public static final String LISTEN_PORT = "listen.port";
    /** Certificate. */
    public static final String TLS_CERT_FILE = "tls.cert.file";
    /** Its key. */
    public static final String TLS_KEY_FILE = "tls.key.file";
    /** Trusted proxies. */
    public static final String PROXY_ADDRESSES = "proxy.addresses";
    /** How people are known. */
    public static final String AUTH_MODE = "auth.mode";
    /** Users and hashes. */
    public static final String AUTH_USERS_FILE = "auth.users.file";
    /** Header with the user. */
    public static final String AUTH_PROXY_USER_HEADER = "auth.proxy.user.header";
    /** Users that may change things. */
    public static final String AUTH_PROXY_EDITORS = "auth.proxy.editors";
    /** Length of a session. */
    public static final String SESSION_MINUTES = "session.minutes";
    /** Length of a session without requests. */
    public static final String SESSION_IDLE_MINUTES = "session.idle.minutes";
    /** Number of sessions. */
    public static final String SESSIONS_MAX = "sessions.max";
    /** A host's own list. */
    public static final String HOST_TEMPLATE = "host.template";
    /** Where the history is. */
    public static final String HISTORY_PATH = "history.path";
    /** How much of it is kept. */
    public static final String HISTORY_VERSIONS_MAX = "history.versions.max";
    /** etcd's limit. */
    public static final String TRANSACTION_OPERATIONS_MAX = "transaction.operations.max";
    /** Where the rest is. */
    public static final String CONSOLE_PATH = "console.path";
    /** How often changes are looked for. */
    public static final String POLL_INTERVAL_MS = "poll.interval.ms";
    /** Number of hosts. */
    public static final String HOSTS_MAX = "hosts.max";
    /** When offline hosts are forgotten. */
    public static final String HOSTS_FORGET_HOURS = "hosts.forget.hours";
    /** What is searched. */
    public static final String SEARCH_INDEX = "search.index";
    /** How long a search may take. */
    public static final String SEARCH_TIMEOUT_MS = "search.timeout.ms";
    /** How much a search may give. */
    public static final String SEARCH_HITS_MAX = "search.hits.max";
    /** How many searches there may be. */
    public static final String SEARCH_CONCURRENT_MAX = "search.concurrent.max";
    /** Before the settings of etcd. */
    public static final String ETCD_PREFIX = "etcd.";
    /** Before the settings of Elasticsearch. */
    public static final String ELASTICSEARCH_PREFIX = "elasticsearch.";

    private static final ConfigDef DEFINITION = ConsoleConfigDef.make();

    private final EtcdConfig etcd;
    private final Optional<ConnectionSettings> elasticsearch;
    private final Networks proxies;

    /** How people are known. */
    public enum AuthMode {
        /** By name and password. */
        USERS,
        /** A proxy in front says who they are. */
        PROXY,
        /** Not at all. */
        OFF
    }

    /**
     * Checks the settings; touches no network.
     *
     * @param settings by name
     * @throws ConfigException naming the setting that is unknown, malformed, or doesn't go with another
     */
    public ConsoleConfig(Map<String, String> settings) {
        super(DEFINITION, settings, false);
        refuseUnknown(settings);
        etcd = new EtcdConfig(below(ETCD_PREFIX, settings));
        Map<String, String> search = below(ELASTICSEARCH_PREFIX, settings);
        elasticsearch = search.isEmpty() ? Optional.empty() : Optional.of(ConnectionSettings.read(search));
        proxies = Networks.parse(getList(PROXY_ADDRESSES));
        checkEntries();
        checkAuth();
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

    private static Map<String, String> below(String prefix, Map<String, String> settings) {
        Map<String, String> found = new TreeMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private static void refuseUnknown(Map<String, String> settings) {
        TreeSet<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(DEFINITION.names());
        unknown.removeIf(name -> name.startsWith(ELASTICSEARCH_PREFIX + ConnectionSettings.HEADER_PREFIX));
        if (!unknown.isEmpty()) {
            throw new ConfigException("The console has no setting " + String.join(", ", unknown));
        }
    }

    private void checkEntries() {
        if (entriesPaths().isEmpty()) {
            throw new ConfigException(
                    FileTailSourceConfig.ENTRIES_PATHS,
                    "",
                    "must name the templates that agents have in " + FileTailSourceConfig.ENTRIES_PATHS);
        }
        for (String template : entriesPaths()) {
            if (!template.startsWith("/")) {
                throw new ConfigException(FileTailSourceConfig.ENTRIES_PATHS, template, "must begin with a slash");
            }
        }
        if (statusPath().isEmpty()) {
            throw new ConfigException(FileTailSourceConfig.STATUS_PATH, "", "must say where agents report");
        }
        String own = getString(HOST_TEMPLATE);
        if (!own.isEmpty() && !entriesPaths().contains(own)) {
            throw new ConfigException(HOST_TEMPLATE, own, "is none of " + FileTailSourceConfig.ENTRIES_PATHS);
        }
    }

    private void checkAuth() {
        AuthMode mode = authMode();
        if (mode == AuthMode.OFF && !isLoopback(listenHost())) {
            throw new ConfigException(
                    AUTH_MODE,
                    "off",
                    "would let everybody in who can reach " + LISTEN_HOST + " " + listenHost()
                            + "; it is possible only on a loopback address, such as 127.0.0.1");
        }
        if (mode == AuthMode.USERS && getString(AUTH_USERS_FILE).isEmpty()) {
            throw new ConfigException(
                    AUTH_USERS_FILE, "", "is needed with " + AUTH_MODE + "=users (or set " + AUTH_MODE + ")");
        }
        if (mode == AuthMode.PROXY && getList(PROXY_ADDRESSES).isEmpty()) {
            throw new ConfigException(
                    PROXY_ADDRESSES, "", "must name the proxy whose word is taken with " + AUTH_MODE + "=proxy");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigException(LISTEN_HOST, host, "is no address of this host");
        }
    }

    private void checkTls() {
        if (getString(TLS_CERT_FILE).isEmpty() != getString(TLS_KEY_FILE).isEmpty()) {
            String missing = getString(TLS_CERT_FILE).isEmpty() ? TLS_CERT_FILE : TLS_KEY_FILE;
            throw new ConfigException(missing, "", TLS_CERT_FILE + " and " + TLS_KEY_FILE + " go together");
        }
        for (String name : List.of(TLS_CERT_FILE, TLS_KEY_FILE, AUTH_USERS_FILE)) {
            String file = getString(name);
            if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
                throw new ConfigException(name, file, "is not a file that can be read");
            }
        }
    }

    /**
     * Address to listen on.
     *
     * @return a name or an address
     */
    public String listenHost() {
        return getString(LISTEN_HOST);
    }

    /**
     * Port to listen on.
     *
     * @return 0 for any
     */
    public int listenPort() {
        return getInt(LISTEN_PORT);
    }

    /**
     * The server's certificate.
     *
     * @return empty for plain HTTP; there is a key exactly if there is a certificate
     */
    public Optional<Path> tlsCertFile() {
        return file(TLS_CERT_FILE);
    }

    /**
     * The key of the server's certificate.
     *
     * @return empty for plain HTTP
     */
    public Optional<Path> tlsKeyFile() {
        return file(TLS_KEY_FILE);
    }

    /**
     * Proxies that are trusted.
     *
     * @return their networks
     */
    public Networks proxies() {
        return proxies;
    }

    /**
     * How people are known.
     *
     * @return the mode
     */
    public AuthMode authMode() {
        return AuthMode.valueOf(getString(AUTH_MODE).toUpperCase(Locale.ROOT));
    }

    /**
     * Users and hashes.
     *
     * @return there with mode users
     */
    public Optional<Path> usersFile() {
        return file(AUTH_USERS_FILE);
    }

    /**
     * The header that a trusted proxy names the user in.
     *
     * @return its name
     */
    public String proxyUserHeader() {
        return getString(AUTH_PROXY_USER_HEADER);
    }

    /**
     * Who may change things, of those that a proxy names.
     *
     * @return names, or a star for all
     */
    public List<String> proxyEditors() {
        return getList(AUTH_PROXY_EDITORS);
    }

    /**
     * How long a session lasts.
     *
     * @return above 0
     */
    public Duration sessionLength() {
        return Duration.ofMinutes(getInt(SESSION_MINUTES));
    }

    /**
     * How long a session lasts without requests.
     *
     * @return above 0
     */
    public Duration sessionIdle() {
        return Duration.ofMinutes(getInt(SESSION_IDLE_MINUTES));
    }

    /**
     * Number of sessions.
     *
     * @return above 0
     */
    public int sessionsMax() {
        return getInt(SESSIONS_MAX);
    }

    /**
     * The templates of keys, in order.
     *
     * @return at least one, each beginning with a slash
     */
    public List<String> entriesPaths() {
        return getList(FileTailSourceConfig.ENTRIES_PATHS);
    }

    /**
     * The same, to be filled in.
     *
     * @return the templates
     */
    public KeyTemplates templates() {
        return KeyTemplates.of(entriesPaths());
    }

    /**
     * The template of a host's own list.
     *
     * @return one of {@link #entriesPaths()}; empty if none is about a single host
     */
    public Optional<String> hostTemplate() {
        String own = getString(HOST_TEMPLATE);
        if (!own.isEmpty()) {
            return Optional.of(own);
        }
        Optional<String> named = last(template -> template.contains("{hostname}") || template.contains("{host.id}"));
        return named.or(() -> last(template -> template.contains("{ip}") || template.contains("%s")));
    }

    private Optional<String> last(Predicate<String> wanted) {
        return entriesPaths().stream().filter(wanted).reduce((first, second) -> second);
    }

    /**
     * Folders that agents may read from.
     *
     * @return absolute paths
     */
    public List<String> allowedPaths() {
        return getList(FileTailSourceConfig.ALLOWED_PATHS);
    }

    /**
     * What decides about paths.
     *
     * @return the policy
     */
    public PathPolicy pathPolicy() {
        return PathPolicy.of(allowedPaths());
    }

    /**
     * Which topics may be written to.
     *
     * @return a regular expression
     */
    public String allowedTopics() {
        return getString(FileTailSourceConfig.ALLOWED_TOPICS);
    }

    /**
     * What decides about topics.
     *
     * @return the policy
     */
    public TopicPolicy topicPolicy() {
        return TopicPolicy.of(allowedTopics());
    }

    /**
     * Where agents report.
     *
     * @return a key without a slash at its end
     */
    public String statusPath() {
        return getString(FileTailSourceConfig.STATUS_PATH);
    }

    /**
     * Where the history is.
     *
     * @return a key without a slash at its end
     */
    public String historyPath() {
        return getString(HISTORY_PATH);
    }

    /**
     * How many versions are kept.
     *
     * @return of each key, above 0
     */
    public int historyVersionsMax() {
        return getInt(HISTORY_VERSIONS_MAX);
    }

    /**
     * Operations in one transaction.
     *
     * @return at least 8
     */
    public int transactionOperationsMax() {
        return getInt(TRANSACTION_OPERATIONS_MAX);
    }

    /**
     * Where hosts, labels and requests are remembered.
     *
     * @return a key without a slash at its end
     */
    public String consolePath() {
        return getString(CONSOLE_PATH);
    }

    /**
     * How often changes are looked for.
     *
     * @return above 0
     */
    public Duration pollInterval() {
        return Duration.ofMillis(getInt(POLL_INTERVAL_MS));
    }

    /**
     * Number of hosts.
     *
     * @return above 0
     */
    public int hostsMax() {
        return getInt(HOSTS_MAX);
    }

    /**
     * When offline hosts are forgotten.
     *
     * @return above 0
     */
    public Duration hostsForget() {
        return Duration.ofHours(getInt(HOSTS_FORGET_HOURS));
    }

    /**
     * What is searched.
     *
     * @return names and patterns, separated by commas
     */
    public String searchIndex() {
        return getString(SEARCH_INDEX);
    }

    /**
     * How long a search may take.
     *
     * @return above 0
     */
    public Duration searchTimeout() {
        return Duration.ofMillis(getInt(SEARCH_TIMEOUT_MS));
    }

    /**
     * Documents on a page.
     *
     * @return above 0
     */
    public int searchHitsMax() {
        return getInt(SEARCH_HITS_MAX);
    }

    /**
     * Searches at a time.
     *
     * @return above 0
     */
    public int searchConcurrentMax() {
        return getInt(SEARCH_CONCURRENT_MAX);
    }

    /**
     * Where etcd is, and as whom.
     *
     * @return its settings
     */
    public EtcdConfig etcd() {
        return etcd;
    }

    /**
     * Where documents are searched.
     *
     * @return empty if nothing is said about it
     */
    public Optional<ConnectionSettings> elasticsearch() {
        return elasticsearch;
    }

    private Optional<Path> file(String name) {
        return Optional.of(getString(name)).filter(text -> !text.isEmpty()).map(Path::of);
    }
}
