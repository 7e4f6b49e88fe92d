package io.tailrace.console.store;

import com.google.common.collect.Iterables;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.tailrace.connect.etcd.client.Answers;
import io.tailrace.connect.etcd.client.EtcdClients;
import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.connect.etcd.client.EtcdFailure.Kind;
import io.tailrace.connect.etcd.client.Stored;
import io.tailrace.connect.etcd.config.EtcdConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * etcd. Every call blocks, for at most twice the configured timeout; reads are tried again once on a new client if the one at
 * hand has lost its server. For any thread.
 */
public final class Store implements AutoCloseable {
    /** Keys without values; far below what one answer may hold. */
    private static final int KEYS_PER_PAGE = 5_000;

    private final EtcdClients clients;
    private final Answers answers;
    private final Duration timeout;

    /** What came of a transaction. */
    public sealed interface Outcome {
        /**
         * It was carried out.
         *
         * @param revision of all that it wrote
         */
        record Done(long revision) implements Outcome {}

        /** Nothing was written: a guard didn't hold. */
        record Refused() implements Outcome {}
    }

    /**
     * Connects to nothing yet.
     *
     * @param config where etcd is, and as whom
     */
    public Store(EtcdConfig config) {
        clients = new EtcdClients(config);
        answers = new Answers(config);
        timeout = config.timeout();
    }

    /**
     * Reads a key.
     *
     * @param key the key
     * @return what is there
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<Item> get(String key) throws EtcdFailure, InterruptedException {
        return Optional.ofNullable(get(List.of(key), 1).get(key));
    }

    /**
     * Reads keys, so many at a time in a transaction.
     *
     * @param keys the keys
     * @param perTransaction above 0, so many that their values are less than 16 MiB together
     * @return what is there, by key; keys that aren't there are left out
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public Map<String, Item> get(Collection<String> keys, int perTransaction) throws EtcdFailure, InterruptedException {
        Map<String, Item> found = new LinkedHashMap<>();
        for (List<String> some : Iterables.partition(keys, perTransaction)) {
            Op[] gets = some.stream()
                    .map(key -> Op.get(bytes(key), GetOption.DEFAULT))
                    .toArray(Op[]::new);
            String what = "reading " + (some.size() == 1 ? some.get(0) : some.size() + " keys");
            TxnResponse response =
                    ask(what, client -> client.getKVClient().txn().Then(gets).commit());
            for (GetResponse answer : response.getGetResponses()) {
                answer.getKvs().stream().map(kv -> item(kv, false)).forEach(item -> found.put(item.key(), item));
            }
        }
        return found;
    }

    /**
     * Lists all keys with a common beginning, without values.
     *
     * @param prefix the beginning, not empty
     * @param max most keys
     * @return the keys in ascending order, as they were at one moment
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public Listing keys(String prefix, int max) throws EtcdFailure, InterruptedException {
        List<Item> items = new ArrayList<>();
        ByteSequence from = bytes(prefix);
        long revision = 0;
        long total = 0;
        while (true) {
            GetOption option = GetOption.builder()
                    .withRange(end(prefix))
                    .withKeysOnly(true)
                    .withRevision(revision)
                    .withLimit(Math.min(KEYS_PER_PAGE, max - items.size()))
                    .build();
            ByteSequence start = from;
            GetResponse page =
                    ask("listing " + prefix, client -> client.getKVClient().get(start, option));
            page.getKvs().forEach(kv -> items.add(item(kv, true)));
            if (revision == 0) {
                revision = page.getHeader().getRevision();
                total = page.getCount();
            }
            if (!page.isMore() || items.size() >= max) {
                return new Listing(revision, items, total);
            }
            KeyValue last = page.getKvs().get(page.getKvs().size() - 1);
            from = ByteSequence.from(
                    Arrays.copyOf(last.getKey().getBytes(), last.getKey().size() + 1));
        }
    }

    /**
     * Lists keys with a common beginning and their values, the last ones first.
     *
     * @param prefix the beginning, not empty
     * @param before only keys less than this one; empty text for all
     * @param limit so many that their values are less than 16 MiB together
     * @return the keys in descending order
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public Listing newest(String prefix, String before, int limit) throws EtcdFailure, InterruptedException {
        GetOption option = GetOption.builder()
                .withRange(before.isEmpty() ? end(prefix) : bytes(before))
                .withSortField(GetOption.SortTarget.KEY)
                .withSortOrder(GetOption.SortOrder.DESCEND)
                .withLimit(limit)
                .build();
        GetResponse page =
                ask("listing " + prefix, client -> client.getKVClient().get(bytes(prefix), option));
        List<Item> items = page.getKvs().stream().map(kv -> item(kv, false)).toList();
        return new Listing(page.getHeader().getRevision(), items, page.getCount());
    }

    /**
     * Writes, all or nothing.
     *
     * @param transaction what
     * @param witness one of the keys that it writes, which nobody else ever writes: if the answer is lost, it tells what came of
     *     it; empty if there is none
     * @return whether it was carried out
     * @throws EtcdFailure if etcd doesn't answer, or refuses; then it may or may not have been carried out
     * @throws InterruptedException if the thread is interrupted
     */
    public Outcome commit(Transaction transaction, Optional<String> witness) throws EtcdFailure, InterruptedException {
        Cmp[] guards = transaction.guards().entrySet().stream()
                .map(guard -> new Cmp(bytes(guard.getKey()), Cmp.Op.EQUAL, CmpTarget.modRevision(guard.getValue())))
                .toArray(Cmp[]::new);
        List<Op> changes = new ArrayList<>();
        transaction
                .puts()
                .forEach((key, text) -> changes.add(Op.put(bytes(key), bytes(text), option(transaction, key))));
        transaction.deletes().forEach(key -> changes.add(Op.delete(bytes(key), DeleteOption.DEFAULT)));
        Client client = clients.current();
        try {
            TxnResponse response = answers.await(
                    client.getKVClient()
                            .txn()
                            .If(guards)
                            .Then(changes.toArray(Op[]::new))
                            .commit(),
                    timeout,
                    "writing " + String.join(", ", transaction.guards().keySet()));
            return response.isSucceeded()
                    ? new Outcome.Done(response.getHeader().getRevision())
                    : new Outcome.Refused();
        } catch (EtcdFailure e) {
            if (e.kind() != Kind.UNREACHABLE) {
                throw e;
            }
            clients.discard(client);
            Optional<Item> written = witness.isPresent() ? get(witness.get()) : Optional.empty();
            return new Outcome.Done(written.orElseThrow(() -> e).revision());
        }
    }

    private static PutOption option(Transaction transaction, String key) {
        Long lease = transaction.leases().get(key);
        return lease == null
                ? PutOption.DEFAULT
                : PutOption.builder().withLeaseId(lease).build();
    }

    /**
     * Makes a lease.
     *
     * @param ttl how long it lasts
     * @return its id
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public long grant(Duration ttl) throws EtcdFailure, InterruptedException {
        return ask("granting a lease", client -> client.getLeaseClient().grant(ttl.toSeconds()))
                .getID();
    }

    /**
     * Writes keys, whatever is there, so many at a time.
     *
     * @param texts by key
     * @param perTransaction above 0
     * @throws EtcdFailure if etcd doesn't answer, or refuses; some may have been written
     * @throws InterruptedException if the thread is interrupted
     */
    public void put(Map<String, String> texts, int perTransaction) throws EtcdFailure, InterruptedException {
        for (List<String> some : Iterables.partition(texts.keySet(), perTransaction)) {
            Op[] puts = some.stream()
                    .map(key -> Op.put(bytes(key), bytes(texts.get(key)), PutOption.DEFAULT))
                    .toArray(Op[]::new);
            ask(
                    "writing " + some.get(0),
                    client -> client.getKVClient().txn().Then(puts).commit());
        }
    }

    /**
     * Deletes keys, so many at a time.
     *
     * @param keys the keys
     * @param perTransaction above 0
     * @throws EtcdFailure if etcd doesn't answer, or refuses; some may have been deleted
     * @throws InterruptedException if the thread is interrupted
     */
    public void delete(Collection<String> keys, int perTransaction) throws EtcdFailure, InterruptedException {
        for (List<String> some : Iterables.partition(keys, perTransaction)) {
            Op[] deletes = some.stream()
                    .map(key -> Op.delete(bytes(key), DeleteOption.DEFAULT))
                    .toArray(Op[]::new);
            ask(
                    "deleting " + some.get(0),
                    client -> client.getKVClient().txn().Then(deletes).commit());
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    /** What may be done twice. */
    private <T> T ask(String what, Function<Client, CompletableFuture<T>> question)
            throws EtcdFailure, InterruptedException {
        Client client = clients.current();
        try {
            return answers.await(question.apply(client), timeout, what);
        } catch (EtcdFailure e) {
            if (e.kind() != Kind.UNREACHABLE) {
                throw e;
            }
            clients.discard(client);
            return answers.await(question.apply(clients.current()), timeout, what);
        }
    }

    private static Item item(KeyValue found, boolean keyOnly) {
        String key = found.getKey().toString(StandardCharsets.UTF_8);
        Optional<String> text = keyOnly
                ? Optional.empty()
                : Stored.of(found.getModRevision(), found.getValue().getBytes()).text();
        return new Item(key, found.getModRevision(), text);
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    /** The first key behind all that begin so. A byte of UTF-8 is never 0xFF. */
    private static ByteSequence end(String prefix) {
        byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1]++;
        return ByteSequence.from(bytes);
    }
}
