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
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

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
        return to(endpoint, ServerSocketFactory.getDefault());
    }

    /** A proxy that is a TLS server to its clients, which have to have a certificate that it trusts. */
    static CuttingProxy tlsTo(String endpoint, SSLContext tls) {
        CuttingProxy proxy = to(endpoint, tls.getServerSocketFactory());
        SSLServerSocket listening = (SSLServerSocket) proxy.listening;
        SSLParameters parameters = listening.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        parameters.setNeedClientAuth(true);
        listening.setSSLParameters(parameters);
        return proxy;
    }

    private static CuttingProxy to(String endpoint, ServerSocketFactory sockets) {
        try {
            CuttingProxy proxy = new CuttingProxy(
                    sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(endpoint));
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

    /** How many connections are open. */
    int connections() {
        return links.size();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (cut) {
                    client.close();
                } else {
                    link(client);
                }
            } catch (IOException e) {
                // The proxy was closed, or a client was gone before it was served.
                cut |= listening.isClosed();
            }
        }
    }

    private void link(Socket client) throws IOException {
        try {
            Link link = new Link(client, new Socket(target.getHost(), target.getPort()));
            links.add(link);
            link.start();
        } catch (IOException e) {
            client.close();
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

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean frozen;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            daemon(() -> pump(client, server, false));
            daemon(() -> pump(server, client, true));
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
            links.remove(this);
            try (client;
                    server) {
                frozen = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
