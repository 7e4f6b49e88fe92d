package io.tailrace.connect.etcd;

import io.tailrace.connect.etcd.client.EtcdClients;
import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.connect.etcd.client.KeyReader;
import io.tailrace.connect.etcd.client.LeasedKeys;
import io.tailrace.connect.etcd.client.Stored;
import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.connect.etcd.value.KeyData;
import io.tailrace.connect.etcd.watch.Subscription;
import io.tailrace.connect.etcd.watch.WatchLoop;
import io.tailrace.connect.store.AgentStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigChangeCallback;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Configuration data from etcd, for {@code ${etcd:/path:key}} in any connector, and for code that wants to be told when
 * it changes.
 *
 * <p><b>Paths and keys.</b> A path is an etcd key. If its value is a JSON object, the keys are the object's top-level
 * fields: strings as they are, other values as compact JSON text. The whole value is under the key {@code value}, unless
 * the object has a field of that name. Any other value, such as a JSON array or plain text, is under {@code value} alone.
 *
 * <p><b>What doesn't exist.</b> {@link #get(String)} of a path that doesn't exist is empty data, since having nothing is
 * an answer for whoever asks what there is; {@link #get(String, Set)} is an error naming path and key if either doesn't
 * exist, since whoever asks for a certain key can't go on without.
 *
 * <p><b>Changes.</b> A subscriber is told once what is there at subscription, and then whenever what it asked for
 * changes; data without any key says that the path doesn't exist (or has none of the keys asked for). It is told on one
 * thread for all subscribers, which it may block; only the newest data waits, so quick changes may be told as one, but
 * the last one always is. Exceptions of a subscriber are logged. Subscribing never fails because etcd is away: it is
 * tried again until it answers, and everything is read anew then, and also every {@code reread.interval.ms}. A value
 * that isn't UTF-8 text is logged and not told. Who asks for {@code mod_revision} by name is told the revision that wrote the
 * value too, and so also of a write that leaves the value as it was.
 *
 * <p><b>Errors.</b> An etcd that can't be reached within {@code timeout.ms}, a failed TLS handshake, refused credentials
 * and missing permission are each a {@link ConfigException} of their own, which names the endpoints but no password.
 *
 * <p>Configuring connects to nothing; the one client is made when first needed. The settings are those of
 * {@link EtcdConfig}. Objects are safe for use by several threads.
 */
public final class EtcdConfigProvider implements ConfigProvider, AgentStore {
    private EtcdConfig config;
    private EtcdClients clients;
    private KeyReader reader;
    private LeasedKeys leased;
    private WatchLoop loop;
    private boolean closed;

    /** Makes a provider that is yet to be configured. */
    public EtcdConfigProvider() {}

    /**
     * Takes the settings. Touches neither the network nor the contents of a file. A provider that was configured before
     * drops its client and subscriptions.
     *
     * @param settings the settings by name
     * @throws ConfigException naming the setting that is unknown or wrong
     */
    @Override
    public synchronized void configure(Map<String, ?> settings) {
        EtcdConfig checked = new EtcdConfig(settings);
        release();
        config = checked;
        clients = new EtcdClients(checked);
        reader = new KeyReader(checked);
        leased = new LeasedKeys(checked);
    }

    /**
     * Reads all data at a path. Blocks for at most {@code timeout.ms}.
     *
     * @param path an etcd key
     * @return the data; empty if the path doesn't exist
     * @throws ConfigException if the path isn't allowed, its value is not text, or etcd can't be used
     */
    @Override
    public ConfigData get(String path) {
        Source source = source();
        return new ConfigData(KeyData.of(source.read(path)), source.config.ttlMs());
    }

    /**
     * Reads certain data at a path. Blocks for at most {@code timeout.ms}.
     *
     * @param path an etcd key
     * @param keys the keys wanted
     * @return exactly these
     * @throws ConfigException if path or key doesn't exist, the path isn't allowed, its value is not text, or etcd can't
     *     be used
     */
    @Override
    public ConfigData get(String path, Set<String> keys) {
        Source source = source();
        Optional<String> text = source.read(path);
        Map<String, String> data = KeyData.of(text);
        Set<String> missing = new TreeSet<>(keys);
        missing.removeAll(data.keySet());
        if (!missing.isEmpty()) {
            throw new ConfigException(source.missing(path, missing, text.isPresent() ? data.keySet() : Set.of()));
        }
        return new ConfigData(KeyData.only(data, keys), source.config.ttlMs());
    }

    /**
     * Tells a callback what is at a path, once now and then at every change. Doesn't wait for etcd.
     *
     * @param path an etcd key
     * @param keys the keys wanted; empty for all
     * @param callback is called on the provider's own thread; subscribing it again for the same does nothing
     * @throws ConfigException if the path isn't allowed, or there are too many subscriptions
     */
    @Override
    public synchronized void subscribe(String path, Set<String> keys, ConfigChangeCallback callback) {
        source().config.checkAllowed(path);
        if (loop == null) {
            loop = new WatchLoop(config, clients, reader);
        }
        loop.subscribe(new Subscription(path, keys, callback));
    }

    /**
     * Ends a subscription. No call of the callback begins after this; one that has begun may still be running.
     *
     * @param path as subscribed
     * @param keys as subscribed
     * @param callback as subscribed
     */
    @Override
    public synchronized void unsubscribe(String path, Set<String> keys, ConfigChangeCallback callback) {
        if (loop != null) {
            loop.unsubscribe(new Subscription(path, keys, callback));
        }
    }

    /** Ends all subscriptions. */
    @Override
    public synchronized void unsubscribeAll() {
        if (loop != null) {
            loop.unsubscribeAll();
        }
    }

    /** Ends all subscriptions and closes the client. Doesn't wait for a callback that is under way. */
    @Override
    public synchronized void close() {
        closed = true;
        release();
    }

    @Override
    public long revision() {
        Source source = source();
        return source.ask("its revision", () -> source.reader.revision(source.clients));
    }

    @Override
    public long lastRevision() {
        return source().reader.lastRevision();
    }

    /** {@inheritDoc} The keys may be outside of {@code allowed.prefixes}, which is about reading. */
    @Override
    public void report(Map<String, String> texts, Duration ttl) {
        Source source = source();
        source.ask("status keys", () -> {
            source.leased.write(source.clients, texts, ttl);
            return null;
        });
    }

    private void release() {
        if (loop != null) {
            loop.close();
            loop = null;
        }
        if (clients != null) {
            clients.close();
        }
    }

    private synchronized Source source() {
        if (closed || config == null) {
            throw new IllegalStateException("The etcd provider is " + (closed ? "closed" : "not configured"));
        }
        return new Source(config, clients, reader, leased);
    }

    /** What it takes to read, held together so that a read needs no lock. */
    private record Source(EtcdConfig config, EtcdClients clients, KeyReader reader, LeasedKeys leased) {
        Optional<String> read(String path) {
            config.checkAllowed(path);
            Optional<Stored> stored =
                    ask("key " + path, () -> reader.read(clients, path).stored());
            return stored.map(found -> text(path, found));
        }

        <T> T ask(String about, Question<T> question) {
            try {
                return question.ask();
            } catch (EtcdFailure e) {
                ConfigException error = new ConfigException(e.getMessage());
                error.initCause(e);
                throw error;
            } catch (InterruptedException e) {
                throw new InterruptException("Interrupted while asking etcd about " + about, e);
            }
        }

        private String text(String path, Stored stored) {
            return stored.text()
                    .orElseThrow(() -> new ConfigException("The value at etcd key " + path + " (etcd at "
                            + config.endpoints() + ") is not UTF-8 text"));
        }

        String missing(String path, Set<String> missing, Set<String> present) {
            String names = String.join(", ", missing);
            String at = " (etcd at " + config.endpoints() + ")";
            return present.isEmpty()
                    ? "There is no etcd key " + path + ", so no " + names + " in it" + at
                    : "The etcd key " + path + " has no field " + names + at + "; it has "
                            + String.join(", ", new TreeSet<>(present));
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws EtcdFailure, InterruptedException;
    }
}
