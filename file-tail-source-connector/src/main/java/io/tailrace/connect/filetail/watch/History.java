package io.tailrace.connect.filetail.watch;

import io.tailrace.connect.store.AgentStore;
import java.util.Optional;

/**
 * Tells a key that somebody deleted from one that went with all the store's data, as when a server is started with an empty
 * folder: then the whole store is younger than when the key was last seen.
 */
final class History {
    private final Optional<AgentStore> store;

    History(Optional<AgentStore> store) {
        this.store = store;
    }

    /**
     * Whether the store's history began anew after a text was good. Blocks for as long as the store does.
     *
     * @throws RuntimeException if the store cannot be asked
     */
    boolean beganAnewAfter(GoodText text) {
        return text.lost()
                || (text.seen() > 0
                        && store.filter(s -> s.revision() < text.seen()).isPresent());
    }

    /** How far the store had got when it last answered; 0 if that is not known. */
    long storeRevision() {
        return store.map(AgentStore::lastRevision).orElse(0L);
    }
}
