package io.tailrace.console.entries;

import io.tailrace.console.history.Version;
import io.tailrace.console.history.Version.Action;
import io.tailrace.console.store.Item;
import java.util.List;
import java.util.Optional;

/**
 * A key as it is, with what the history knows of it.
 *
 * @param key the key
 * @param item what etcd holds there
 * @param versions the ids of its versions, oldest first
 * @param newest the newest version, without its texts
 */
public record KeyState(String key, Optional<Item> item, List<String> versions, Optional<Version> newest) {
    /**
     * Its revision.
     *
     * @return 0 if it isn't there
     */
    public long revision() {
        return item.map(Item::revision).orElse(0L);
    }

    /**
     * Its text.
     *
     * @return empty if it isn't there, or its bytes aren't text
     */
    public Optional<String> text() {
        return item.flatMap(Item::text);
    }

    /**
     * The version that made it what it is.
     *
     * @return empty if that was done outside of the console
     */
    public Optional<Version> madeBy() {
        return newest.filter(
                version -> item.isPresent() ? version.revision() == revision() : version.action() == Action.DELETE);
    }

    /**
     * Whether something else than the console made it what it is.
     *
     * @return false for a key that isn't there and never was, as far as is known
     */
    public boolean isFromOutside() {
        return madeBy().isEmpty() && (item.isPresent() || newest.isPresent());
    }
}
