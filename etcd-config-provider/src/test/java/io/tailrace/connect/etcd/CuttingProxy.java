package io.tailrace.connect.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy before a server that can lose its connections, refuse new ones, or let old ones fall silent. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final URI target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private CuttingProxy(ServerSocket listening, URI target) {
        this.listening = listening;
        this.target = target;
    }

    static CuttingProxy to(String endpoint) {
        try {
            CuttingProxy proxy =
                    new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(endpoint));
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Closes what is open and, until {@link #mend}, whatever comes. */
    void cut() {
        cut = true;
        links.forEach(Link::close);
    }

    void mend() {
        cut = false;
    }

    /** What the server says on connections that are open now is swallowed from now on; new ones are well. */
    void freeze() {
        links.forEach(link -> link.frozen = true);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (cut) {
                    client.close();
                } else {
                    links.add(new Link(client, new Socket(target.getHost(), target.getPort())).start());
                }
            }
        } catch (IOException e) {
            // The proxy was closed, or the server is gone; either way there is nothing to accept for.
            links.forEach(Link::close);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::close);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean frozen;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        Link start() {
            daemon(() -> pump(client, server, false));
            daemon(() -> pump(server, client, true));
            return this;
        }

        private void pump(Socket from, Socket to, boolean freezes) {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (!freezes || !frozen) {
                        out.write(buffer, 0, n);
                    }
                }
            } catch (IOException e) {
                // Closing is how a link ends.
            }
            close();
        }

        void close() {
            try (client;
                    server) {
                frozen = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
