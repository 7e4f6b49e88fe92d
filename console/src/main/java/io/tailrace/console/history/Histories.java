package io.tailrace.console.history;

import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.console.store.Item;
import io.tailrace.console.store.Listing;
import io.tailrace.console.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The histories of all keys, in etcd. Of each key so many versions are kept, and of all together the newest thousand without
 * their texts.
 */
public final class Histories {
    /** More than this many at a time aren't deleted with a change; the next ones take the rest. */
    private static final int MAX_SURPLUS_PER_CHANGE = 10;

    private static final int MAX_LOGGED = 1_000;
    /** Each is one request of at most 1.5 MiB, and an answer has at most 16. */
    private static final int VERSIONS_PER_PAGE = 8;

    private final HistoryKeys keys;
    private final int maxVersions;

    /**
     * Makes them.
     *
     * @param path below which key
     * @param maxVersions of each key
     */
    public Histories(String path, int maxVersions) {
        this.keys = new HistoryKeys(path);
        this.maxVersions = maxVersions;
    }

    /**
     * What is written of a version.
     *
     * @param version a new one
     * @return texts by key
     */
    public Map<String, String> puts(Version version) {
        Map<String, String> puts = new LinkedHashMap<>();
        puts.put(keyOf(version), VersionJson.kept(version));
        puts.put(keys.log() + version.id(), VersionJson.logged(version));
        return puts;
    }

    /**
     * Where a version is.
     *
     * @param version with its key and id
     * @return the key
     */
    public String keyOf(Version version) {
        return keys.version(version.key(), version.id());
    }

    /**
     * What is too much when there is one version more.
     *
     * @param key of entries
     * @param ids of its versions, oldest first
     * @return the keys of versions to be deleted, to be added to
     */
    public Set<String> surplus(String key, List<String> ids) {
        int count = Math.min(MAX_SURPLUS_PER_CHANGE, Math.max(0, ids.size() + 1 - maxVersions));
        Set<String> surplus = new LinkedHashSet<>();
        ids.subList(0, count).forEach(id -> surplus.add(keys.version(key, id)));
        return surplus;
    }

    /**
     * The ids of a key's versions.
     *
     * @param store etcd
     * @param key of entries
     * @return oldest first
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public List<String> ids(Store store, String key) throws EtcdFailure, InterruptedException {
        return store.keys(keys.versions(key), maxVersions + 1_000).items().stream()
                .map(item -> HistoryKeys.idIn(item.key()))
                .toList();
    }

    /**
     * Reads a version.
     *
     * @param store etcd
     * @param key of entries
     * @param id of the version
     * @return the version with the texts that it has
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<Version> read(Store store, String key, String id) throws EtcdFailure, InterruptedException {
        return HistoryKeys.isId(id) ? store.get(keys.version(key, id)).flatMap(VersionJson::read) : Optional.empty();
    }

    /**
     * Lists the versions of a key.
     *
     * @param store etcd
     * @param key of entries
     * @return newest first, without their texts
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public List<Version> list(Store store, String key) throws EtcdFailure, InterruptedException {
        List<Version> versions = new ArrayList<>();
        String before = "";
        while (versions.size() < maxVersions) {
            Listing page = store.newest(keys.versions(key), before, VERSIONS_PER_PAGE);
            page.items().forEach(item -> VersionJson.readFacts(item).ifPresent(versions::add));
            if (page.items().size() < VERSIONS_PER_PAGE) {
                break;
            }
            before = page.items().get(VERSIONS_PER_PAGE - 1).key();
        }
        return versions.subList(0, Math.min(versions.size(), maxVersions));
    }

    /**
     * Lists the newest versions of all keys.
     *
     * @param store etcd
     * @return newest first, at most a thousand, without their texts
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public List<Version> newest(Store store) throws EtcdFailure, InterruptedException {
        List<Version> versions = new ArrayList<>();
        for (Item item : store.newest(keys.log(), "", MAX_LOGGED).items()) {
            VersionJson.readFacts(item).ifPresent(versions::add);
        }
        return versions;
    }

    /**
     * Deletes what is too much of the log of all keys.
     *
     * @param store etcd
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public void trim(Store store) throws EtcdFailure, InterruptedException {
        List<Item> logged = store.keys(keys.log(), 20_000).items();
        int surplus = Math.max(0, logged.size() - MAX_LOGGED);
        store.delete(logged.subList(0, surplus).stream().map(Item::key).toList(), 100);
    }
}
