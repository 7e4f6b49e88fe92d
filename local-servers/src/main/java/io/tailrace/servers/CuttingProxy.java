package io.tailrace.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TCP proxy before a server that can lose its connections, refuse new ones, or let old ones fall silent. */
public final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final URI target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Optional<SSLContext> tls;
    private volatile boolean cut;

    private CuttingProxy(ServerSocket listening, URI target, Optional<SSLContext> tls) {
        this.listening = listening;
        this.target = target;
        this.tls = tls;
    }

    /**
     * Starts a proxy.
     *
     * @param endpoint of the server, {@code http://HOST:PORT}
     * @return a proxy that listens
     */
    public static CuttingProxy to(String endpoint) {
        return to(endpoint, Optional.empty());
    }

    /**
     * Starts a proxy that is a TLS server to its clients.
     *
     * @param endpoint of the server, {@code http://HOST:PORT}
     * @param tls its certificate, and which ones of clients it trusts; without one of those they aren't let in
     * @return a proxy that listens
     */
    public static CuttingProxy tlsTo(String endpoint, SSLContext tls) {
        return to(endpoint, Optional.of(tls));
    }

    private static CuttingProxy to(String endpoint, Optional<SSLContext> tls) {
        try {
            ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            CuttingProxy proxy = new CuttingProxy(listening, URI.create(endpoint), tls);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where clients connect.
     *
     * @return {@code http://127.0.0.1:PORT}
     */
    public String endpoint() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Closes what is open and, until {@link #mend}, whatever comes. */
    public void cut() {
        cut = true;
        links.forEach(Link::close);
    }

    /** Lets clients in again. */
    public void mend() {
        cut = false;
    }

    /**
     * Closes what is open, and shows another certificate from now on.
     *
     * @param other instead of the one before
     */
    public void present(SSLContext other) {
        tls = Optional.of(other);
        links.forEach(Link::close);
    }

    /** What the server says on connections that are open now is swallowed from now on; new ones are well. */
    public void freeze() {
        links.forEach(link -> link.frozen = true);
    }

    /**
     * How many connections there are.
     *
     * @return those that are open
     */
    public int connections() {
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
            Link link = new Link(secured(client), new Socket(target.getHost(), target.getPort()));
            links.add(link);
            link.start();
        } catch (IOException e) {
            client.close();
        }
    }

    private Socket secured(Socket client) throws IOException {
        Optional<SSLContext> context = tls;
        if (context.isEmpty()) {
            return client;
        }
        SSLSocket socket = (SSLSocket) context.get().getSocketFactory().createSocket(client, null, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        parameters.setNeedClientAuth(true);
        socket.setSSLParameters(parameters);
        return socket;
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
