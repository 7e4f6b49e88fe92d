package io.tailrace.connect.filetail.entries;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Several keys' entries as the one list that a host collects. */
public final class EntriesMerge {
    private EntriesMerge() {}

    /**
     * Merges lists. An entry overrides the one with the same path and id in an earlier list, as a whole.
     *
     * @param lists the keys' entries, the keys in their order
     * @return the entries in canonical order: by path, then by id
     */
    public static List<Entry> merge(Collection<List<Entry>> lists) {
        SortedMap<EntryKey, Entry> merged = new TreeMap<>();
        lists.forEach(list -> list.forEach(entry -> merged.put(EntryKey.of(entry), entry)));
        return List.copyOf(merged.values());
    }
}
