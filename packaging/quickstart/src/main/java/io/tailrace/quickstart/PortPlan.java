package io.tailrace.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which server listens where, on 127.0.0.1.
 *
 * @param base the lowest port
 */
record PortPlan(int base) {

    static final int COUNT = 4;

    int etcd() {
        return base;
    }

    int kafka() {
        return base + 1;
    }

    int elasticsearch() {
        return base + 2;
    }

    int connect() {
        return base + 3;
    }

    /**
     * Makes sure that the servers can have their ports.
     *
     * @throws IllegalStateException naming the port that is taken
     */
    void requireFree() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("etcd", etcd());
        ports.put("Kafka", kafka());
        ports.put("Elasticsearch", elasticsearch());
        ports.put("Connect", connect());
        ports.forEach(PortPlan::requireFree);
    }

    private static void requireFree(String server, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port " + port + ", meant for " + server + ", is taken (" + e.getMessage()
                            + "). Is another quickstart running? Otherwise choose other ports with --port-base N.",
                    e);
        }
    }
}
