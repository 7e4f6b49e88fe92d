package io.tailrace.console.store;

import io.tailrace.connect.etcd.client.EtcdFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What etcd holds below a prefix, kept in memory in a form of one's own. Each poll lists the keys, and reads those that have
 * changed; that needs no stream that could die without a word. Polled by one thread, looked at by any.
 *
 * @param <T> what a value becomes
 */
public final class Mirror<T> {
    private final Store store;
    private final String prefix;
    private final Predicate<String> wanted;
    private final Function<Item, Optional<T>> parse;
    private final int max;
    private final int perTransaction;
    private volatile SortedMap<String, Kept<T>> kept = Collections.emptySortedMap();

    /**
     * A value.
     *
     * @param revision the revision that wrote it
     * @param value what it became; empty if nothing can be made of it
     * @param <T> its type
     */
    public record Kept<T>(long revision, Optional<T> value) {}

    /**
     * Has read nothing yet.
     *
     * @param store etcd
     * @param prefix what the keys begin with
     * @param wanted which of them count
     * @param parse from a value to what is kept
     * @param max most keys; further ones are left out
     * @param perTransaction how many values are read together, so that they are less than 16 MiB
     */
    public Mirror(
            Store store,
            String prefix,
            Predicate<String> wanted,
            Function<Item, Optional<T>> parse,
            int max,
            int perTransaction) {
        this.store = store;
        this.prefix = prefix;
        this.wanted = wanted;
        this.parse = parse;
        this.max = max;
        this.perTransaction = perTransaction;
    }

    /**
     * Brings it up to date.
     *
     * @return etcd's revision at that time
     * @throws EtcdFailure if etcd doesn't answer, or refuses; then all stays as it was
     * @throws InterruptedException if the thread is interrupted
     */
    public long poll() throws EtcdFailure, InterruptedException {
        Listing listing = store.keys(prefix, max);
        SortedMap<String, Kept<T>> before = kept;
        Map<String, Kept<T>> now = new LinkedHashMap<>();
        List<String> changed = new ArrayList<>();
        for (Item item : listing.items()) {
            Kept<T> old = before.get(item.key());
            if (old != null && old.revision() == item.revision()) {
                now.put(item.key(), old);
            } else if (wanted.test(item.key())) {
                changed.add(item.key());
            }
        }
        if (changed.isEmpty() && now.size() == before.size()) {
            return listing.revision();
        }
        store.get(changed, perTransaction)
                .values()
                .forEach(item -> now.put(item.key(), new Kept<>(item.revision(), parse.apply(item))));
        kept = Collections.unmodifiableSortedMap(new TreeMap<>(now));
        return listing.revision();
    }

    /**
     * What is kept.
     *
     * @return by key, as of the last poll; never changes
     */
    public SortedMap<String, Kept<T>> all() {
        return kept;
    }
}
