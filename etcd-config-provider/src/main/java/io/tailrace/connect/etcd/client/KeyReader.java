package io.tailrace.connect.etcd.client;

import com.google.common.collect.Iterables;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.tailrace.connect.etcd.client.EtcdFailure.Kind;
import io.tailrace.connect.etcd.config.EtcdConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads keys, all of them as they were at one moment. Blocks for at most the configured timeout per request. */
public final class KeyReader {
    /** etcd takes 128 operations in a transaction unless told otherwise. */
    static final int KEYS_PER_TRANSACTION = 100;

    private final Duration timeout;
    private final Answers answers;
    /** The last key that could be read. */
    private volatile Optional<String> readable = Optional.empty();

    private volatile long lastRevision;

    /**
     * Makes a reader.
     *
     * @param config the timeout, and what error messages say about etcd
     */
    public KeyReader(EtcdConfig config) {
        timeout = config.timeout();
        answers = new Answers(config);
    }

    /**
     * Reads one key, and does so again on a new client if the one at hand has lost its server.
     *
     * @param clients where the client comes from
     * @param path the key
     * @return the key
     * @throws EtcdFailure if it can't be read within the timeout
     * @throws InterruptedException if the thread is interrupted
     */
    public Reading read(EtcdClients clients, String path) throws EtcdFailure, InterruptedException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        Client client = clients.current();
        try {
            return single(client, path, timeout);
        } catch (EtcdFailure e) {
            Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
            if (e.kind() != Kind.UNREACHABLE || left.isNegative()) {
                throw e;
            }
            clients.discard(client);
            return single(clients.current(), path, left);
        }
    }

    /**
     * Reads keys: up to 100 in one transaction, more in several. A key that the user may not read doesn't spoil the others.
     *
     * @param client the client
     * @param paths the keys, at least one
     * @return every key, either read or refused
     * @throws EtcdFailure if etcd can't be used at all
     * @throws InterruptedException if the thread is interrupted
     */
    public Snapshot read(Client client, Collection<String> paths) throws EtcdFailure, InterruptedException {
        Snapshot all = new Snapshot(Map.of(), Map.of());
        for (List<String> some : Iterables.partition(paths, KEYS_PER_TRANSACTION)) {
            all = all.plus(together(client, some));
        }
        return all;
    }

    /**
     * Reads how far the whole of etcd has got.
     *
     * @param clients where the client comes from
     * @return the store's revision: at least as much as that of any change that was there when this was called
     * @throws EtcdFailure if it can't be read within the timeout
     * @throws InterruptedException if the thread is interrupted
     */
    public long revision(EtcdClients clients) throws EtcdFailure, InterruptedException {
        Optional<String> path = readable;
        if (path.isPresent()) {
            return read(clients, path.get()).revision();
        }
        // It needs no permission on any key; but each member answers it by itself, and one may lag behind others.
        Txn nothing = clients.current().getKVClient().txn();
        return answers.await(nothing.commit(), timeout, "reading its revision")
                .getHeader()
                .getRevision();
    }

    /**
     * How far the whole of etcd had got at the last reading.
     *
     * @return the store's revision; 0 before the first reading
     */
    public long lastRevision() {
        return lastRevision;
    }

    private Snapshot together(Client client, List<String> paths) throws EtcdFailure, InterruptedException {
        try {
            return new Snapshot(transaction(client, paths, timeout), Map.of());
        } catch (EtcdFailure e) {
            if (!e.concernsSomeKeysOnly()) {
                throw e;
            }
            return paths.size() == 1 ? new Snapshot(Map.of(), Map.of(paths.get(0), e)) : oneByOne(client, paths);
        }
    }

    private Snapshot oneByOne(Client client, List<String> paths) throws EtcdFailure, InterruptedException {
        Snapshot all = new Snapshot(Map.of(), Map.of());
        for (String path : paths) {
            all = all.plus(together(client, List.of(path)));
        }
        return all;
    }

    private Reading single(Client client, String path, Duration left) throws EtcdFailure, InterruptedException {
        return transaction(client, List.of(path), left).get(path);
    }

    private Map<String, Reading> transaction(Client client, List<String> paths, Duration left)
            throws EtcdFailure, InterruptedException {
        Op[] gets = paths.stream()
                .map(path -> Op.get(EtcdClients.bytes(path), GetOption.DEFAULT))
                .toArray(Op[]::new);
        String what = "reading " + (paths.size() == 1 ? paths.get(0) : paths.size() + " keys");
        TxnResponse response =
                answers.await(client.getKVClient().txn().Then(gets).commit(), left, what);
        long revision = response.getHeader().getRevision();
        lastRevision = revision;
        readable = Optional.of(paths.get(0));
        List<GetResponse> answers = new ArrayList<>(response.getGetResponses());
        Map<String, Reading> readings = new LinkedHashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            readings.put(
                    paths.get(i),
                    new Reading(
                            revision,
                            answers.get(i).getKvs().stream().findFirst().map(KeyReader::stored)));
        }
        return readings;
    }

    private static Stored stored(KeyValue found) {
        return Stored.of(found.getModRevision(), found.getValue().getBytes());
    }
}
