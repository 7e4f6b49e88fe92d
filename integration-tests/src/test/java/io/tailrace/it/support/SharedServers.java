package io.tailrace.it.support;

import io.tailrace.servers.Connect;
import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.Kafka;
import io.tailrace.servers.LocalServer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The servers that all tests of a run share. Each is started when it is first asked for, and again when it is asked for
 * after a test left it dead; all end with the run. Workers have
 * the unpacked zips as their plugins and nothing else, and work as the shipped properties say.
 *
 * <p>Not safe for several threads: tests that share servers run one after the other.
 */
public final class SharedServers implements AutoCloseable {

    /** Here workers' logs outlive the run. */
    private static final Path WORKERS = Path.of("target", "workers").toAbsolutePath();

    /**
     * Servers that live for seconds and die often are up in half the time if little is compiled. In the nightly profile they
     * live longer, and figures are wanted of a worker as it is used.
     */
    private static final String[] JVM_OPTIONS = {
        "-Xms256m",
        "-Xmx1g",
        "-XX:+UseSerialGC",
        Boolean.getBoolean("tailrace.nightly") ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1"
    };

    private final Deque<LocalServer> all = new ArrayDeque<>();
    private final Map<String, Connect> workers = new HashMap<>();
    private Etcd etcd;
    private Kafka kafka;
    private Elasticsearch elasticsearch;

    private SharedServers() {}

    /** Gives a test method or constructor that has a parameter of this type the run's one object. */
    public static final class Extension implements ParameterResolver {

        /** Made by JUnit. */
        public Extension() {}

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SharedServers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(SharedServers.class))
                    .getOrComputeIfAbsent(SharedServers.class, type -> new SharedServers());
        }
    }

    /**
     * The run's etcd.
     *
     * @return running
     */
    public Etcd etcd() {
        if (etcd == null) {
            etcd = owned(Etcd.create());
        }
        return running(etcd);
    }

    /**
     * The run's Kafka.
     *
     * @return running
     */
    public Kafka kafka() {
        if (kafka == null) {
            kafka = owned(Kafka.builder()
                    .jvmOptions(JVM_OPTIONS)
                    .property("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")
                    .build());
        }
        return running(kafka);
    }

    /**
     * The run's Elasticsearch.
     *
     * @return running
     */
    public Elasticsearch elasticsearch() {
        if (elasticsearch == null) {
            elasticsearch = owned(Elasticsearch.create());
        }
        return running(elasticsearch);
    }

    /**
     * The run's worker for sources.
     *
     * @param delivery what it promises
     * @return running
     */
    public Connect worker(Delivery delivery) {
        return running(workers.computeIfAbsent(
                delivery.group(),
                group -> owned(builder(group, "worker-agent.properties")
                        .properties(delivery.workerProperties())
                        .build())));
    }

    /**
     * The topic that a worker keeps its connectors' offsets in.
     *
     * @param delivery which worker
     * @return its name
     */
    public static String offsetsTopic(Delivery delivery) {
        return delivery.group() + "-offsets";
    }

    /**
     * Another worker, in a group of its own, for sinks that are to live and die apart from the source.
     *
     * @return running
     */
    public Connect sinkWorker() {
        return running(workers.computeIfAbsent(
                "sinks",
                group -> owned(builder(group, "worker-sinks.properties").build())));
    }

    private Connect.Builder builder(String group, String shippedProperties) {
        return Connect.builder(kafka().bootstrapServers())
                .directory(WORKERS.resolve(group + "-" + ProcessHandle.current().pid()))
                .pluginPath(Plugins.folder())
                .jvmOptions(JVM_OPTIONS)
                .properties(Plugins.workerProperties(shippedProperties))
                .property("group.id", group)
                // The transaction that a killed worker left open holds up its successor, and readers, for that long. A
                // worker that gets no processor for longer fails its task.
                .property("producer.transaction.timeout.ms", "20000")
                .property("config.providers", "etcd")
                .property("config.providers.etcd.class", "io.tailrace.connect.etcd.EtcdConfigProvider")
                .property("config.providers.etcd.param.endpoints", etcd().endpoint());
    }

    private <S extends LocalServer> S owned(S server) {
        all.push(server);
        return server;
    }

    private static <S extends LocalServer> S running(S server) {
        if (!server.isRunning()) {
            server.start();
        }
        return server;
    }

    /** Ends them all, the last one first. */
    @Override
    public void close() {
        all.forEach(LocalServer::close);
    }
}
