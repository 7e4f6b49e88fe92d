package io.tailrace.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A member of etcd, mostly the only one, with the few requests that tests make, over its own HTTP gateway. */
public final class Etcd extends AbstractServer {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final int clientPort;
    private final int peerPort = Ports.free();
    private final String name;
    private final List<String> arguments;
    private final JsonHttp http;

    private List<Etcd> cluster = List.of(this);

    private Etcd(Home home, int clientPort, String... arguments) {
        this("local", home, clientPort, arguments);
    }

    private Etcd(String name, Home home, int clientPort, String... arguments) {
        super("etcd", home);
        this.name = name;
        this.clientPort = clientPort;
        this.arguments = List.of(arguments);
        this.http = new JsonHttp(URI.create(endpoint()), REQUEST_TIMEOUT);
    }

    /**
     * An etcd that keeps its data in a given folder, which stays when it is closed.
     *
     * @param directory made if it isn't there
     * @param arguments more arguments for etcd; they win over those that this class sets
     * @return a server that isn't started yet
     */
    public static Etcd in(Path directory, String... arguments) {
        return in(directory, Ports.free(), arguments);
    }

    /**
     * An etcd that keeps its data in a given folder, which stays when it is closed.
     *
     * @param directory made if it isn't there
     * @param clientPort where it listens for clients
     * @param arguments more arguments for etcd; they win over those that this class sets
     * @return a server that isn't started yet
     */
    public static Etcd in(Path directory, int clientPort, String... arguments) {
        return new Etcd(Home.in(directory), clientPort, arguments);
    }

    /**
     * An etcd in a temporary folder of its own, deleted on close.
     *
     * @param arguments more arguments for etcd; they win over those that this class sets
     * @return a server that isn't started yet
     */
    public static Etcd create(String... arguments) {
        return new Etcd(Home.temporary("etcd"), Ports.free(), arguments);
    }

    /** The members of a cluster, each in a temporary folder of its own, deleted on close. */
    static List<Etcd> members(int count, String... arguments) {
        List<Etcd> members = IntStream.range(0, count)
                .mapToObj(number -> new Etcd("member" + number, Home.temporary("etcd"), Ports.free(), arguments))
                .toList();
        members.forEach(member -> member.cluster = members);
        return members;
    }

    /** Whether this member leads its cluster. */
    boolean isLeader() {
        JsonNode status = call("/v3/maintenance/status", Map.of());
        return status.path("leader")
                .asText()
                .equals(status.path("header").path("member_id").asText());
    }

    private String peer() {
        return "http://127.0.0.1:" + peerPort;
    }

    /**
     * Where clients connect.
     *
     * @return {@code http://127.0.0.1:PORT}
     */
    public String endpoint() {
        return "http://127.0.0.1:" + clientPort;
    }

    /**
     * Writes a key.
     *
     * @param key any text
     * @param value any text
     * @return the revision that the write made
     */
    public long put(String key, String value) {
        return revision(call("/v3/kv/put", Map.of("key", encode(key), "value", encode(value))));
    }

    /**
     * Reads a key.
     *
     * @param key any text
     * @return its value, if it is there
     */
    public Optional<String> get(String key) {
        JsonNode found = call("/v3/kv/range", Map.of("key", encode(key))).path("kvs");
        // The gateway leaves out fields with empty values.
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(decode(found.get(0).path("value").asText("")));
    }

    /**
     * Deletes a key.
     *
     * @param key any text
     * @return the store's revision after it
     */
    public long delete(String key) {
        return revision(call("/v3/kv/deleterange", Map.of("key", encode(key))));
    }

    /**
     * Forgets what was before a revision, as etcd's own compaction does.
     *
     * @param revision from {@link #put} or {@link #delete}
     */
    public void compact(long revision) {
        call("/v3/kv/compaction", Map.of("revision", Long.toString(revision), "physical", true));
    }

    private JsonNode call(String path, Map<String, ?> request) {
        return http.send(
                "POST", path, Optional.of(http.mapper().valueToTree(request).toString()));
    }

    private static long revision(JsonNode answer) {
        return answer.path("header").path("revision").asLong();
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    @Override
    List<String> command() {
        String peers = cluster.stream()
                .map(member -> member.name + "=" + member.peer())
                .collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of(
                EtcdBinary.find().toString(),
                "--name=" + name,
                "--data-dir=" + home().resolve("data"),
                "--listen-client-urls=" + endpoint(),
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=" + peer(),
                "--initial-advertise-peer-urls=" + peer(),
                "--initial-cluster=" + peers));
        command.addAll(arguments);
        return command;
    }

    /** Without the caller's ETCD_ variables, which etcd would take for its own. */
    @Override
    Map<String, String> environment() {
        Map<String, String> changes = new HashMap<>();
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("ETCD_"))
                .forEach(name -> changes.put(name, null));
        if (System.getProperty("os.arch").equals("aarch64")) {
            changes.put("ETCD_UNSUPPORTED_ARCH", "arm64");
        }
        return changes;
    }

    @Override
    boolean isReady() throws IOException {
        return http.send("GET", "/health", Optional.empty())
                .path("health")
                .asText()
                .equals("true");
    }

    @Override
    Duration startTimeout() {
        return Duration.ofSeconds(30);
    }

    @Override
    Duration stopTimeout() {
        return Duration.ofSeconds(10);
    }
}
