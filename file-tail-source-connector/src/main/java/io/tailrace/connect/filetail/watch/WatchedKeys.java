package io.tailrace.connect.filetail.watch;

import io.tailrace.connect.filetail.entries.EntriesMerge;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of each key. A text that is refused leaves the last good list as it is. Not safe for several threads.
 */
final class WatchedKeys {
    private final HostEntries reader;
    private Map<String, WatchedKey> keys = new LinkedHashMap<>();

    /**
     * Knows nothing of the keys yet.
     *
     * @param names the keys in the order in which they override each other
     * @param reader decides which texts are good
     */
    WatchedKeys(List<String> names, HostEntries reader) {
        this.reader = reader;
        watch(names);
    }

    /** Watches these from now on: what is known of them stays known, others are forgotten. */
    void watch(List<String> names) {
        Map<String, WatchedKey> next = new LinkedHashMap<>();
        names.forEach(name -> next.put(name, keys.getOrDefault(name, new WatchedKey(name))));
        keys = next;
    }

    /**
     * Takes what the provider says of a key.
     *
     * @param name any key; one that is not watched any more is left out
     * @param values what the provider gives for the key; nothing if there is no such key
     * @throws InvalidEntriesException if the text is refused; not again for the same text
     */
    void tell(String name, Map<String, String> values) {
        WatchedKey key = keys.get(name);
        if (key != null) {
            key.tell(values, reader);
        }
    }

    /**
     * Takes the lists that were good in an earlier life. They count until the key's text is told.
     *
     * @param name any key; one that is not watched any more is left out
     * @param text its last good text
     * @throws InvalidEntriesException if it is not good any more
     */
    void restore(String name, GoodText text) {
        WatchedKey key = keys.get(name);
        if (key != null) {
            key.restore(text, reader);
        }
    }

    /** The same of one key, if it is there. */
    void seenAt(String name, long storeRevision) {
        Optional.ofNullable(keys.get(name)).ifPresent(key -> key.seenAt(storeRevision));
    }

    /** The store has got as far as this, and nothing is heard of keys that are gone. */
    void seenAt(long storeRevision) {
        keys.values().forEach(key -> key.seenAt(storeRevision));
    }

    /** A key is gone because its store lost its data: its last good list counts until there is another. */
    void lose(String name) {
        keys.get(name).lose();
    }

    /** The last good text of a key, if it has one. */
    Optional<GoodText> good(String name) {
        return Optional.ofNullable(keys.get(name)).flatMap(WatchedKey::good);
    }

    /** The last good lists, merged. */
    List<Entry> merged() {
        return EntriesMerge.merge(
                keys.values().stream().map(WatchedKey::entries).toList());
    }

    /** The last good text of each key that has one. */
    Map<String, GoodText> good() {
        Map<String, GoodText> texts = new LinkedHashMap<>();
        keys.forEach((name, key) -> key.good().ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    /** What has become of each, given why some cannot be read. */
    List<KeyStatus> status(Map<String, String> troubles) {
        return keys.entrySet().stream()
                .map(key -> key.getValue().status(Optional.ofNullable(troubles.get(key.getKey()))))
                .toList();
    }
}
