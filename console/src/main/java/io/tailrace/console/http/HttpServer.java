package io.tailrace.console.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.tailrace.connect.elasticsearch.http.Pem;
import io.tailrace.console.config.ConsoleConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server: Jetty, by way of Javalin, with limits on connections, threads, times and sizes. */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_THREADS = 100;
    private static final int MIN_THREADS = 8;
    private static final int IDLE_MILLIS = 15_000;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final char[] IN_MEMORY = {};

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts it.
     *
     * @param config where to listen
     * @param api what to answer
     * @param routes what can be asked
     * @return a server that answers
     * @throws ConfigException naming the key if the address can't be listened on, or the certificate is unusable
     */
    public static HttpServer start(ConsoleConfig config, HttpApi api, List<Route> routes) {
        Javalin javalin = Javalin.create(javalinConfig -> configure(javalinConfig, config, api, routes));
        try {
            javalin.start();
        } catch (RuntimeException e) {
            javalin.stop();
            ConfigException refused = new ConfigException(
                    ConsoleConfig.LISTEN_PORT, config.listenPort(), "can't be listened on: " + root(e).getMessage());
            refused.initCause(e);
            throw refused;
        }
        return new HttpServer(javalin);
    }

    private static void configure(JavalinConfig javalin, ConsoleConfig config, HttpApi api, List<Route> routes) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.http.prefer405over404 = true;
        javalin.http.generateEtags = false;
        javalin.jetty.threadPool = threads();
        javalin.jetty.modifyServer(HttpServer::configure);
        SslContextFactory.Server tls = config.tlsCertFile().isPresent()
                ? tls(config.tlsCertFile().get(), config.tlsKeyFile().orElseThrow())
                : null;
        javalin.jetty.addConnector((server, ignored) -> connector(server, config, tls));
        api.register(javalin.routes, routes);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("console-http");
        return threads;
    }

    private static void configure(Server server) {
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setErrorHandler(new ErrorPages());
        server.setStopTimeout(2_000);
    }

    private static Connector connector(Server server, ConsoleConfig config, SslContextFactory.Server tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.addCustomizer(new SecurityHeaders(tls != null));
        if (tls != null) {
            // A name isn't asked for: whoever comes by address is welcome too.
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
        HttpConnectionFactory factory = new HttpConnectionFactory(http);
        ServerConnector connector = tls == null
                ? new ServerConnector(server, 1, 1, factory)
                : new ServerConnector(server, 1, 1, new SslConnectionFactory(tls, factory.getProtocol()), factory);
        connector.setHost(config.listenHost());
        connector.setPort(config.listenPort());
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    private static SslContextFactory.Server tls(Path certificate, Path key) {
        Certificate[] chain =
                Pem.certificates(ConsoleConfig.TLS_CERT_FILE, certificate).toArray(Certificate[]::new);
        PrivateKey own = Pem.privateKey(ConsoleConfig.TLS_KEY_FILE, key);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("console", own, IN_MEMORY, chain);
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStore(store);
            tls.setKeyStorePassword("");
            tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
            return tls;
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigException(ConsoleConfig.TLS_CERT_FILE, certificate, "can't be used: " + e.getMessage());
        }
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /**
     * The port.
     *
     * @return the one that is listened on
     */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
