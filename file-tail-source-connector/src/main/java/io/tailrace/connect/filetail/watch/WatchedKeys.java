package io.tailrace.connect.filetail.watch;

import io.tailrace.connect.filetail.entries.EntriesMerge;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.EntryProblem;
import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of each key: the text it was last told to have, and its last good list. A text that is refused leaves the
 * last good list as it is. Not safe for several threads.
 */
final class WatchedKeys {
    /** The name under which a key's text is. */
    static final String VALUE = "value";

    private final HostEntries reader;
    private final Map<String, Key> keys = new LinkedHashMap<>();

    /**
     * Knows nothing of the keys yet.
     *
     * @param names the keys in the order in which they override each other
     * @param reader decides which texts are good
     */
    WatchedKeys(List<String> names, HostEntries reader) {
        this.reader = reader;
        names.forEach(name -> keys.put(name, new Key()));
    }

    /**
     * Takes what the provider says of a key.
     *
     * @param name one of the keys
     * @param values what the provider gives for the key; nothing if there is no such key
     * @throws InvalidEntriesException if the text is refused; not again for the same text
     */
    void tell(String name, Map<String, String> values) {
        Key key = keys.get(name);
        Told told = Told.of(values);
        if (key.told.filter(told::equals).isPresent()) {
            return;
        }
        key.told = Optional.of(told);
        if (told.exists() && told.text().isEmpty()) {
            String reason = "there is no '" + VALUE + "' in what the provider gives for this key";
            throw new InvalidEntriesException(name, List.of(new EntryProblem(0, "", "", reason)));
        }
        key.entries = told.text().map(json -> reader.read(json, name)).orElse(List.of());
        key.good = told.text();
    }

    /**
     * Takes the lists that were good in an earlier life. They count until the key's text is told.
     *
     * @param name any key; one that is not watched any more is left out
     * @param text its last good text
     * @throws InvalidEntriesException if it is not good any more
     */
    void restore(String name, String text) {
        Key key = keys.get(name);
        if (key != null) {
            key.entries = reader.read(text, name);
            key.good = Optional.of(text);
        }
    }

    /** The last good lists, merged. */
    List<Entry> merged() {
        return EntriesMerge.merge(keys.values().stream().map(key -> key.entries).toList());
    }

    /** The last good text of each key that has one. */
    Map<String, String> goodTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        keys.forEach((name, key) -> key.good.ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private static final class Key {
        private Optional<Told> told = Optional.empty();
        private Optional<String> good = Optional.empty();
        private List<Entry> entries = List.of();
    }

    private record Told(boolean exists, Optional<String> text) {
        static Told of(Map<String, String> values) {
            return new Told(!values.isEmpty(), Optional.ofNullable(values.get(VALUE)));
        }
    }
}
