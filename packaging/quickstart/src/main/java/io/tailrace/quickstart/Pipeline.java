package io.tailrace.quickstart;

import io.tailrace.servers.Connect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Source and sink, as connect-configs has them, in the worker. */
final class Pipeline {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Servers servers;
    private final ConnectorFile source;
    private final ConnectorFile sink;

    Pipeline(Options options, Servers servers) {
        this.servers = servers;
        Path configs = options.configs();
        Path directory = options.directory();
        source = ConnectorFile.read(configs.resolve("source-from-etcd.json"))
                .at(Map.of(
                        "entries.provider.param.endpoints", servers.etcd().endpoint(),
                        "allowed.paths", directory.resolve("logs").toString(),
                        "state.dir", directory.resolve("state").toString()));
        sink = ConnectorFile.read(configs.resolve("sink-elasticsearch.json"))
                .at(Map.of("connection.url", servers.elasticsearch().url().toString()));
    }

    String sourceName() {
        return source.name();
    }

    void start() {
        start(source);
        start(sink);
    }

    private void start(ConnectorFile connector) {
        Connect connect = servers.connect();
        connect.createOrUpdate(connector.name(), connector.config().toString());
        connect.awaitRunning(connector.name(), 1, START_TIMEOUT);
    }

    /** What the worker says of both, for messages. */
    String status() {
        Connect connect = servers.connect();
        return connect.status(source.name()) + "\n" + connect.status(sink.name());
    }
}
