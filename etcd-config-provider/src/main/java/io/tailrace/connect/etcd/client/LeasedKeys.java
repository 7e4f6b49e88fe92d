package io.tailrace.connect.etcd.client;

import com.google.common.collect.Iterables;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import io.tailrace.connect.etcd.client.EtcdFailure.Kind;
import io.tailrace.connect.etcd.config.EtcdConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys that are gone when nobody renews them. Each writing is under a lease of its own, and none is kept alive: what is
 * written anew all the time anyway needs no stream that could break, and a lease that etcd has forgotten does no harm. Blocks
 * for at most the configured timeout per request.
 */
public final class LeasedKeys {
    /** With texts of at most 64 KiB each, well below the 1.5 MiB that etcd takes in one request. */
    private static final int KEYS_PER_TRANSACTION = 10;

    private final Duration timeout;
    private final Answers answers;
    private Set<String> held = Set.of();
    /** The client that was of no use the last time. */
    private Client failed;

    /**
     * Holds nothing yet.
     *
     * @param config the timeout, and what error messages say about etcd
     */
    public LeasedKeys(EtcdConfig config) {
        timeout = config.timeout();
        answers = new Answers(config);
    }

    /**
     * Writes keys, and deletes those that were written by this object before and aren't among them.
     *
     * @param clients where the client comes from; one that lost its server is discarded when it fails again, since whoever
     *     has watches on it may be about to do so, and needs it until then
     * @param texts the texts by key
     * @param ttl how long they last
     * @throws EtcdFailure if etcd doesn't take them; some may have been written
     * @throws InterruptedException if the thread is interrupted
     */
    public synchronized void write(EtcdClients clients, Map<String, String> texts, Duration ttl)
            throws EtcdFailure, InterruptedException {
        Client client = clients.current();
        try {
            write(client, texts, ttl);
            failed = null;
        } catch (EtcdFailure e) {
            if (e.kind() == Kind.UNREACHABLE && client.equals(failed)) {
                clients.discard(client);
            }
            failed = client;
            throw e;
        }
    }

    private void write(Client client, Map<String, String> texts, Duration ttl)
            throws EtcdFailure, InterruptedException {
        long lease = answers.await(client.getLeaseClient().grant(ttl.toSeconds()), timeout, "granting a lease")
                .getID();
        PutOption leased = PutOption.builder().withLeaseId(lease).build();
        List<Op> changes = new ArrayList<>();
        texts.forEach((key, text) -> changes.add(Op.put(EtcdClients.bytes(key), EtcdClients.bytes(text), leased)));
        Set<String> before = new HashSet<>(held);
        before.removeAll(texts.keySet());
        before.forEach(key -> changes.add(Op.delete(EtcdClients.bytes(key), DeleteOption.DEFAULT)));
        Set<String> all = new HashSet<>(held);
        all.addAll(texts.keySet());
        held = all;
        String what = "writing " + texts.keySet().stream().findFirst().orElse("nothing");
        for (List<Op> some : Iterables.partition(changes, KEYS_PER_TRANSACTION)) {
            answers.await(
                    client.getKVClient().txn().Then(some.toArray(Op[]::new)).commit(), timeout, what);
        }
        held = Set.copyOf(texts.keySet());
    }
}
