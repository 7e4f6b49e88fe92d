package io.tailrace.console.hosts;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.console.store.Mirror.Kept;
import java.util.List;
import java.util.SortedMap;

/**
 * The lists of entries as of the last poll.
 *
 * @param byKey all keys that exist
 */
public record Lists(SortedMap<String, Kept<OneList>> byKey) {
    /**
     * A list.
     *
     * @param entries its entries; none if it is refused
     * @param problems how much is wrong with it
     * @param chars how long its text is
     */
    public record OneList(List<Entry> entries, int problems, int chars) {}

    /**
     * Whether a key is there.
     *
     * @param key the key
     * @return true if it is
     */
    public boolean has(String key) {
        return byKey.containsKey(key);
    }

    /**
     * A key's entries.
     *
     * @param key the key
     * @return none if it isn't there, or its list is refused
     */
    public List<Entry> entries(String key) {
        Kept<OneList> kept = byKey.get(key);
        return kept == null ? List.of() : kept.value().map(OneList::entries).orElse(List.of());
    }

    /**
     * A key's revision.
     *
     * @param key the key
     * @return 0 if it isn't there
     */
    public long revision(String key) {
        Kept<OneList> kept = byKey.get(key);
        return kept == null ? 0 : kept.revision();
    }
}
