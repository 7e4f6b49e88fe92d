package io.tailrace.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Kafka Connect worker in a process of its own, with the plugin isolation of a real installation, and the requests of
 * its REST interface. A request that the worker answers with 409, because its group is rebalancing, is made again for a
 * while.
 */
public final class Connect extends AbstractServer {

    private final boolean standalone;
    private final URI restUrl;
    private final List<String> jvmOptions;
    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private final ConnectRest rest;

    private Connect(Builder builder) {
        super("connect", builder.home("connect"));
        this.standalone = builder.standalone;
        this.restUrl = URI.create("http://127.0.0.1:" + builder.port());
        this.jvmOptions = builder.jvmOptions();
        this.environment = builder.environment();
        this.properties = new WorkerProperties(home(), restUrl, builder.bootstrapServers, builder.pluginPaths)
                .with(standalone, builder.properties());
        this.rest = new ConnectRest(restUrl, builder.requestTimeout, this::endedWithin);
    }

    /**
     * For a worker of a Kafka cluster.
     *
     * @param bootstrapServers as in the worker's configuration
     * @return a new builder, of a distributed worker
     */
    public static Builder builder(String bootstrapServers) {
        return new Builder(bootstrapServers);
    }

    /**
     * A plugin path with Kafka's own FileStreamSource and FileStreamSink, for tests that want a plain connector.
     *
     * @return a folder
     */
    public static Path fileConnectors() {
        return ServerFiles.get("connect-file");
    }

    /** Chooses how a worker runs. */
    public static final class Builder extends ServerBuilder<Builder> {

        private final String bootstrapServers;
        private final List<Path> pluginPaths = new ArrayList<>();
        private boolean standalone;
        private Duration requestTimeout = Duration.ofSeconds(30);

        private Builder(String bootstrapServers) {
            super("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
            this.bootstrapServers = bootstrapServers;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Adds folders to {@code plugin.path}.
         *
         * @param paths each holds plugins: folders or zips' contents one level below, or jars
         * @return this
         */
        public Builder pluginPath(Path... paths) {
            pluginPaths.addAll(List.of(paths));
            return this;
        }

        /**
         * Runs a standalone worker, which keeps offsets in a file and knows no group.
         *
         * @return this
         */
        public Builder standalone() {
            standalone = true;
            return this;
        }

        /**
         * How long a REST request may take; 30 s if not set.
         *
         * @param timeout for each request
         * @return this
         */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = timeout;
            return this;
        }

        /**
         * Makes the worker.
         *
         * @return a server that isn't started yet
         */
        public Connect build() {
            return new Connect(this);
        }
    }

    /**
     * Where the REST interface is.
     *
     * @return {@code http://127.0.0.1:PORT}
     */
    public URI restUrl() {
        return restUrl;
    }

    /**
     * Sets a connector's configuration; makes the connector if it isn't there.
     *
     * @param name of the connector
     * @param configJson a JSON object of configuration keys and values
     * @return what the worker answered
     * @throws ServerResponseException if the worker refuses it
     */
    public JsonNode createOrUpdate(String name, String configJson) {
        return rest.send("PUT", rest.connector(name, "/config"), configJson);
    }

    /**
     * States of a connector and its tasks.
     *
     * @param name of the connector
     * @return what the worker answered
     * @throws ServerResponseException with 404 if the worker doesn't know of it yet
     */
    public JsonNode status(String name) {
        return rest.send("GET", rest.connector(name, "/status"));
    }

    /**
     * Waits until a connector and all its tasks run.
     *
     * @param name of the connector
     * @param tasksMin how many tasks there must be at least
     * @param timeout how long to wait
     * @throws IllegalStateException if one has failed, or they don't run in time; the message holds the status
     */
    public void awaitRunning(String name, int tasksMin, Duration timeout) {
        rest.awaitRunning(name, tasksMin, timeout);
    }

    /**
     * The names of all connectors.
     *
     * @return a JSON array
     */
    public JsonNode connectors() {
        return rest.send("GET", "/connectors");
    }

    /**
     * The configurations of a connector's tasks.
     *
     * @param name of the connector
     * @return a JSON array of objects with {@code id} and {@code config}
     */
    public JsonNode tasks(String name) {
        return rest.send("GET", rest.connector(name, "/tasks"));
    }

    /**
     * Deletes a connector.
     *
     * @param name of the connector
     */
    public void delete(String name) {
        rest.send("DELETE", rest.connector(name, ""));
    }

    /**
     * Asks for a pause of a connector; its tasks stay in memory.
     *
     * @param name of the connector
     */
    public void pauseConnector(String name) {
        rest.send("PUT", rest.connector(name, "/pause"));
    }

    /**
     * Asks a paused or stopped connector to go on.
     *
     * @param name of the connector
     */
    public void resumeConnector(String name) {
        rest.send("PUT", rest.connector(name, "/resume"));
    }

    /**
     * Asks for a connector's stop; its tasks end, and its offsets can be changed.
     *
     * @param name of the connector
     */
    public void stopConnector(String name) {
        rest.send("PUT", rest.connector(name, "/stop"));
    }

    /**
     * Starts a connector again, and those of its tasks that have failed.
     *
     * @param name of the connector
     */
    public void restartFailed(String name) {
        rest.send("POST", rest.connector(name, "/restart?includeTasks=true&onlyFailed=true"));
    }

    /**
     * A connector's offsets.
     *
     * @param name of the connector
     * @return what the worker answered: an object with an array {@code offsets}
     */
    public JsonNode offsets(String name) {
        return rest.send("GET", rest.connector(name, "/offsets"));
    }

    /**
     * Changes the offsets of a stopped connector.
     *
     * @param name of the connector
     * @param offsetsJson as {@link #offsets} gives them
     * @return what the worker answered
     */
    public JsonNode alterOffsets(String name, String offsetsJson) {
        return rest.send("PATCH", rest.connector(name, "/offsets"), offsetsJson);
    }

    /**
     * Forgets the offsets of a stopped connector.
     *
     * @param name of the connector
     * @return what the worker answered
     */
    public JsonNode resetOffsets(String name) {
        return rest.send("DELETE", rest.connector(name, "/offsets"));
    }

    /**
     * All plugins that the worker found, of every kind.
     *
     * @return a JSON array of objects with {@code class}, {@code type} and {@code version}
     */
    public JsonNode connectorPlugins() {
        return rest.send("GET", "/connector-plugins?connectorsOnly=false");
    }

    /**
     * Has a plugin check a configuration.
     *
     * @param pluginClass class name of the connector
     * @param configJson a JSON object of configuration keys and values
     * @return what the worker answered: {@code error_count}, and each key with its errors
     */
    public JsonNode validate(String pluginClass, String configJson) {
        return rest.send("PUT", "/connector-plugins/" + pluginClass + "/config/validate", configJson);
    }

    @Override
    void prepare() throws IOException {
        KafkaRuntime.configure(home(), "worker.properties", properties);
    }

    @Override
    List<String> command() {
        String mainClass = "org.apache.kafka.connect.cli." + (standalone ? "ConnectStandalone" : "ConnectDistributed");
        List<String> arguments = List.of(home().resolve("worker.properties").toString());
        return KafkaRuntime.command(home(), jvmOptions, mainClass, arguments);
    }

    @Override
    Map<String, String> environment() {
        return environment;
    }

    @Override
    boolean isReady() throws IOException {
        return rest.isHealthy();
    }

    /** A worker with exactly once waits for the end of transactions that a killed one left open. */
    @Override
    Duration startTimeout() {
        return Duration.ofMinutes(3);
    }

    @Override
    Duration stopTimeout() {
        return Duration.ofSeconds(40);
    }
}
