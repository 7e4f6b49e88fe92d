package io.tailrace.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One Kafka node, broker and controller in one process, in KRaft mode. */
public final class Kafka extends AbstractServer {

    private static final Duration FORMAT_TIMEOUT = Duration.ofSeconds(60);

    private final int port;
    private final int controllerPort = Ports.free();
    private final List<String> jvmOptions;
    private final Map<String, String> environment;
    private final Map<String, String> properties;

    private Kafka(Builder builder) {
        super("kafka", builder.home("kafka"));
        this.port = builder.port();
        this.jvmOptions = builder.jvmOptions();
        this.environment = builder.environment();
        this.properties = new LinkedHashMap<>(defaults());
        this.properties.putAll(builder.properties());
    }

    /**
     * A broker that keeps its data in a given folder, which stays when it is closed.
     *
     * @param directory made if it isn't there
     * @return a server that isn't started yet
     */
    public static Kafka in(Path directory) {
        return builder().directory(directory).build();
    }

    /**
     * A broker in a temporary folder of its own, deleted on close.
     *
     * @return a server that isn't started yet
     */
    public static Kafka create() {
        return builder().build();
    }

    /**
     * For a broker with other properties.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Chooses how a broker runs. */
    public static final class Builder extends ServerBuilder<Builder> {

        private Builder() {
            super("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Makes the server.
         *
         * @return a server that isn't started yet
         */
        public Kafka build() {
            return new Kafka(this);
        }
    }

    /**
     * Where clients connect.
     *
     * @return {@code 127.0.0.1:PORT}
     */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Alone, with little to keep, and quick to form groups. */
    private Map<String, String> defaults() {
        String controller = "127.0.0.1:" + controllerPort;
        String listeners = "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller;
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + controller),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", listeners),
                Map.entry("advertised.listeners", listeners),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", home().resolve("data").toString()),
                Map.entry("num.partitions", "1"),
                Map.entry("auto.create.topics.enable", "true"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                // A broker that was killed may come back only when its old self has timed out.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                // The default would take a quarter of the heap.
                Map.entry("log.cleaner.dedupe.buffer.size", "8388608"));
    }

    @Override
    void prepare() throws IOException {
        Path configuration = KafkaRuntime.configure(home(), "server.properties", properties);
        if (!Files.exists(Path.of(properties.get("log.dirs")).resolve("meta.properties"))) {
            format(configuration);
        }
    }

    private void format(Path configuration) throws IOException {
        List<String> arguments = List.of("format", "-t", clusterId(), "-c", configuration.toString());
        List<String> command = KafkaRuntime.command(home(), jvmOptions, "kafka.tools.StorageTool", arguments);
        ChildProcess tool = ChildProcess.start(command, environment, home().path(), log());
        boolean ended = tool.waitFor(FORMAT_TIMEOUT);
        tool.kill();
        if (!ended || tool.exitValue() != 0) {
            throw new ServerStartException("Kafka's storage could not be formatted" + logTail());
        }
    }

    private static String clusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // The tool would take it for an option.
        return text.startsWith("-") ? clusterId() : text;
    }

    @Override
    List<String> command() {
        List<String> arguments = List.of(home().resolve("server.properties").toString());
        return KafkaRuntime.command(home(), jvmOptions, "kafka.Kafka", arguments);
    }

    @Override
    Map<String, String> environment() {
        return environment;
    }

    @Override
    boolean isReady() throws IOException {
        return KafkaProbe.answers(port);
    }

    @Override
    Duration startTimeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    Duration stopTimeout() {
        return Duration.ofSeconds(30);
    }
}
