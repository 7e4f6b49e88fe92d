package io.tailrace.quickstart;

import io.tailrace.servers.Connect;
import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.Etcd;
import io.tailrace.servers.Kafka;
import io.tailrace.servers.LocalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The four servers, started in the order in which they need each other and stopped in the opposite one. */
final class Servers {

    private final Screen screen;
    private final Stop stop;
    private final Etcd etcd;
    private final Kafka kafka;
    private final Elasticsearch elasticsearch;
    private final Connect connect;
    private final Deque<LocalServer> started = new ConcurrentLinkedDeque<>();

    Servers(Options options, Screen screen, Stop stop) {
        this.screen = screen;
        this.stop = stop;
        PortPlan ports = new PortPlan(options.portBase());
        Path directory = options.directory();
        etcd = Etcd.in(directory.resolve("etcd"), ports.etcd());
        kafka = Kafka.builder()
                .directory(directory.resolve("kafka"))
                .port(ports.kafka())
                .build();
        elasticsearch = Elasticsearch.builder()
                .directory(directory.resolve("elasticsearch"))
                .port(ports.elasticsearch())
                .build();
        connect = Connect.builder(kafka.bootstrapServers())
                .directory(directory.resolve("connect"))
                .port(ports.connect())
                .pluginPath(options.plugins())
                .properties(WorkerFile.read(options.configs().resolve("worker-agent.properties"), "quickstart"))
                .build();
    }

    Etcd etcd() {
        return etcd;
    }

    Kafka kafka() {
        return kafka;
    }

    Elasticsearch elasticsearch() {
        return elasticsearch;
    }

    Connect connect() {
        return connect;
    }

    void start() {
        start("etcd", etcd, etcd.endpoint());
        start("Kafka", kafka, kafka.bootstrapServers());
        start("Elasticsearch", elasticsearch, elasticsearch.url().toString());
        start("Connect", connect, connect.restUrl().toString());
    }

    private void start(String name, LocalServer server, String address) {
        if (stop.isRequested()) {
            throw new IllegalStateException("Stopped before " + name + " was started");
        }
        long startedNanos = System.nanoTime();
        server.start();
        started.push(server);
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        screen.say(String.format("%-14s %s (up in %.1f s)", name, address, took.toMillis() / 1000.0));
    }

    /** A server that should run and doesn't. */
    Optional<LocalServer> dead() {
        return started.stream().filter(server -> !server.isRunning()).findFirst();
    }

    /**
     * Stops those that are up. One that is just being started is not waited for: no server's process outlives this one.
     */
    void stopAll() {
        for (LocalServer server = started.poll(); server != null; server = started.poll()) {
            server.stop();
        }
    }
}
