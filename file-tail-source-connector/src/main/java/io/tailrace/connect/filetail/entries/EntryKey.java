package io.tailrace.connect.filetail.entries;

import java.util.Comparator;

/**
 * What tells entries apart. Its order is the canonical order of entries.
 *
 * @param path the entry's path as text
 * @param id the entry's id, empty by default
 */
public record EntryKey(String path, String id) implements Comparable<EntryKey> {
    private static final Comparator<EntryKey> ORDER =
            Comparator.comparing(EntryKey::path).thenComparing(EntryKey::id);

    /**
     * The key of an entry.
     *
     * @param entry any entry
     * @return its path and id
     */
    public static EntryKey of(Entry entry) {
        return new EntryKey(entry.path(), entry.id());
    }

    @Override
    public int compareTo(EntryKey other) {
        return ORDER.compare(this, other);
    }
}
