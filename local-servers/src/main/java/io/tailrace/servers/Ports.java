package io.tailrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports for servers. They lie below the ranges from which systems take ports for outgoing connections, so that no
 * client's connection can take the port of a server that is down for a restart.
 */
final class Ports {

    private static final int LOWEST = 10_240;
    private static final int ABOVE_HIGHEST = 32_000;
    private static final int ATTEMPTS_MAX = 1_000;

    private Ports() {}

    /**
     * A port that nothing listens on now.
     *
     * @return a port of 127.0.0.1
     */
    static int free() {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE_HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port between " + LOWEST + " and " + ABOVE_HIGHEST);
    }

    private static boolean isFree(int port) {
        return canBind(new InetSocketAddress(port))
                && canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (java.net.BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look for a free port", e);
        }
    }
}
