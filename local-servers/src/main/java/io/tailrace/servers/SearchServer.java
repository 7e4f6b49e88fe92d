package io.tailrace.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Elasticsearch and OpenSearch have in common: one node, without security unless that is asked for. Neither runs as root; if the caller is
 * root, the node runs as nobody, and if nobody cannot enter the node's folder, its files are elsewhere and the folder
 * holds a link {@code files} to them.
 */
public abstract sealed class SearchServer extends AbstractServer permits Elasticsearch, OpenSearch {
    /** Service unavailable, such as a search in an index whose shards are still being started. */
    private static final int NOT_READY = 503;

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private static final Pattern FILE_OF_THE_JVM = Pattern.compile("^[^#]*(logs/|=data|gc\\.log)");

    private final String product;
    private final Path zip;
    private final ServerUser user = ServerUser.current();
    private final int port;
    private final int transportPort = Ports.free();
    private final Path javaHome;
    private final Map<String, String> properties;
    private final Map<String, String> environment;
    private final List<String> jvmOptions;
    private final Optional<NodeSecurity> security;
    private final JsonHttp http;
    private final Path files;

    SearchServer(String product, SearchServerBuilder<?> builder, IntFunction<JavaHomes.Range> javaOfMajor) {
        this(product, ServerFiles.zip(product, builder.version()), builder, javaOfMajor);
    }

    private SearchServer(
            String product, Path zip, SearchServerBuilder<?> builder, IntFunction<JavaHomes.Range> javaOfMajor) {
        this(product, zip, java(product, zip, javaOfMajor), builder);
    }

    private SearchServer(String product, Path zip, Path javaHome, SearchServerBuilder<?> builder) {
        super(product, home(product, builder));
        this.product = product;
        this.zip = zip;
        this.javaHome = javaHome;
        this.security = builder.security();
        this.port = builder.port();
        this.jvmOptions = builder.jvmOptions();
        this.environment = builder.environment();
        this.properties = builder.properties();
        this.files = files();
        this.http = new JsonHttp(
                url(),
                REQUEST_TIMEOUT,
                client -> security.ifPresent(one -> one.trust(client, authority())),
                security.map(one -> Map.of("Authorization", one.authorization()))
                        .orElse(Map.of()));
    }

    private static Path java(String product, Path zip, IntFunction<JavaHomes.Range> ofMajor) {
        String version = zip.getFileName().toString().substring(product.length() + 1);
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        return JavaHomes.find(ofMajor.apply(major), ServerUser.current()::reaches);
    }

    private static Home home(String product, ServerBuilder<?> builder) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        boolean usual = builder.directory().isPresent() || ServerUser.current().reaches(temporary);
        return usual ? builder.home(product) : Home.temporary(product, cache());
    }

    private static Path cache() {
        try {
            return Distribution.cache();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path files() {
        Path folder = directory();
        if (home().temporary() || user.reaches(folder)) {
            return folder;
        }
        UUID place = UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8));
        return cache().resolve(product + "-files-" + place);
    }

    /**
     * Where clients connect.
     *
     * @return {@code http://127.0.0.1:PORT}, or with https
     */
    public final URI url() {
        return URI.create((security.isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
    }

    /**
     * The authority that the node's certificate comes from.
     *
     * @return file with its certificate, PEM; there is none unless the node is secured
     */
    public final Path authority() {
        return directory().resolve("authority.crt");
    }

    /**
     * A bearer token that a secured Elasticsearch takes: of a service that may write to {@code logs-*}, and do little else.
     *
     * @return the token
     * @throws java.util.NoSuchElementException if the node isn't secured
     */
    public final String bearerToken() {
        return security.orElseThrow().bearerToken();
    }

    /**
     * Sends a request.
     *
     * @param method such as GET
     * @param path with its query, beginning with a slash
     * @param body JSON, or lines of JSON; empty or null for none
     * @return the answer's JSON; a missing node if it has no body
     * @throws ServerResponseException if the status isn't 2xx
     * @throws UncheckedIOException if there is no answer within 10 s
     */
    public final JsonNode request(String method, String path, String body) {
        return http.send(method, path, Optional.ofNullable(body).filter(text -> !text.isEmpty()));
    }

    /**
     * Makes all that was indexed visible to searches.
     *
     * @param index name or pattern; may be missing
     */
    public final void refresh(String index) {
        request("POST", "/" + index + "/_refresh?ignore_unavailable=true", "");
    }

    /**
     * Counts the documents that searches see: those before the last refresh.
     *
     * @param index name or pattern
     * @return how many there are; 0 if there is no such index, or one that has just been made and isn't ready
     */
    public final long count(String index) {
        try {
            return request("GET", "/" + index + "/_count?ignore_unavailable=true", "")
                    .path("count")
                    .asLong();
        } catch (ServerResponseException e) {
            if (e.status() == NOT_READY) {
                return 0;
            }
            throw e;
        }
    }

    /** Settings that only one of the two knows. */
    abstract Map<String, String> ownSettings();

    /** How its environment variables begin. */
    abstract String variablePrefix();

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cluster.name", "tailrace");
        settings.put("node.name", "local");
        settings.put("path.data", files.resolve("data").toString());
        settings.put("path.logs", files.resolve("logs").toString());
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", Integer.toString(port));
        settings.put("transport.port", Integer.toString(transportPort));
        settings.put("discovery.type", "single-node");
        settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        settings.put("node.store.allow_mmap", "false");
        settings.putAll(ownSettings());
        security.ifPresent(one -> settings.putAll(one.settings()));
        settings.putAll(properties);
        return settings;
    }

    private Path distribution() throws IOException {
        return Distribution.unpacked(zip);
    }

    @Override
    final void prepare() throws IOException {
        Path config = Files.createDirectories(files.resolve("config"));
        Files.createDirectories(files.resolve("tmp"));
        if (!files.equals(directory()) && !Files.exists(home().resolve("files"))) {
            Files.createSymbolicLink(home().resolve("files"), files);
        }
        try (Stream<Path> originals = Files.list(distribution().resolve("config"))) {
            for (Path original : originals.filter(Files::isRegularFile).toList()) {
                Path copy = config.resolve(original.getFileName().toString());
                Files.deleteIfExists(copy);
                Files.copy(original, copy);
            }
        }
        String yaml = settings().entrySet().stream()
                .map(setting -> setting.getKey() + ": " + quoted(setting.getValue()) + "\n")
                .collect(Collectors.joining());
        Files.writeString(config.resolve(product + ".yml"), yaml);
        dropFilesOfTheJvm(config.resolve("jvm.options"));
        if (security.isPresent()) {
            security.get().write(config, authority());
        }
        user.own(files);
    }

    /** The options for garbage collection logs and the like name files in the distribution, which the node can't write. */
    private static void dropFilesOfTheJvm(Path options) throws IOException {
        List<String> kept = Files.readAllLines(options).stream()
                .filter(option -> !FILE_OF_THE_JVM.matcher(option).find())
                .toList();
        Files.write(options, kept);
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    @Override
    final List<String> command() {
        try {
            return user.command(List.of(distribution().resolve("bin/" + product).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    final Path workingDirectory() {
        return files;
    }

    @Override
    final Map<String, String> environment() {
        Map<String, String> changes = new HashMap<>();
        changes.put("HOME", files.toString());
        // The launchers are JVMs too, and would leave files in the machine's temporary folder.
        changes.put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + files.resolve("tmp"));
        changes.put("CLI_JAVA_OPTS", "-Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        changes.put(variablePrefix() + "_JAVA_HOME", javaHome.toString());
        changes.put(variablePrefix() + "_PATH_CONF", files.resolve("config").toString());
        changes.put(variablePrefix() + "_TMPDIR", files.resolve("tmp").toString());
        changes.put(variablePrefix() + "_JAVA_OPTS", String.join(" ", jvmOptions));
        changes.putAll(environment);
        return changes;
    }

    @Override
    final boolean isReady() throws IOException {
        return !request("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s", "")
                .path("status")
                .asText("red")
                .equals("red");
    }

    @Override
    final Duration startTimeout() {
        return Duration.ofMinutes(3);
    }

    @Override
    final Duration stopTimeout() {
        return Duration.ofSeconds(30);
    }
}
