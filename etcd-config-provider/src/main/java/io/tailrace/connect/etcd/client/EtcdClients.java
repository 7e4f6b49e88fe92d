package io.tailrace.connect.etcd.client;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.tailrace.connect.etcd.config.EtcdConfig;
import java.nio.charset.StandardCharsets;

/**
 * The one client of a provider: made when first asked for, and replaced when it failed.
 *
 * <p>Replaced, because a channel that lost its server tries again only after up to two minutes, and jetcd has no way to
 * hurry it; because closing the client ends every stream on it for certain; and because it looks host names up anew.
 */
public final class EtcdClients implements AutoCloseable {
    private static final int LARGEST_ANSWER_BYTES = 16 << 20;

    private final EtcdConfig config;
    private Client current;
    private boolean closed;

    /**
     * Makes no client yet.
     *
     * @param config where etcd is and how to log in
     */
    public EtcdClients(EtcdConfig config) {
        this.config = config;
    }

    /**
     * The client to use now. It isn't connected before it is used.
     *
     * @return a client, which stays owned by this object
     * @throws org.apache.kafka.common.config.ConfigException if the TLS files are unusable
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized Client current() {
        if (closed) {
            throw new IllegalStateException("The etcd provider is closed");
        }
        if (current == null) {
            current = build();
        }
        return current;
    }

    /**
     * Closes a client that failed; the next {@link #current()} makes another. Does nothing if it was already replaced.
     *
     * @param failed the client
     */
    public synchronized void discard(Client failed) {
        if (current == failed) {
            current.close();
            current = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            discard(current);
        }
    }

    private Client build() {
        FrameLog.silence();
        String authority = config.tlsAuthority().orElse("");
        ClientBuilder builder = Client.builder()
                .target(config.endpoints().target(authority))
                .namespace(bytes(config.namespace()))
                // Failing at once is what tells a refused connection or a wrong certificate from a slow server.
                .waitForReady(false)
                .connectTimeout(config.timeout())
                .keepaliveTime(config.keepalive())
                .keepaliveTimeout(config.timeout())
                .maxInboundMessageSize(LARGEST_ANSWER_BYTES)
                .interceptor(new CallPolicy(config.timeout()));
        config.user().ifPresent(user -> builder.user(bytes(user)));
        config.password().ifPresent(password -> builder.password(bytes(password.value())));
        config.tlsAuthority().ifPresent(builder::authority);
        if (config.endpoints().tls()) {
            builder.sslContext(Tls.context(config));
        }
        return builder.build();
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
