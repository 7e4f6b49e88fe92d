package io.tailrace.console.entries;

import io.tailrace.console.history.Histories;
import io.tailrace.console.history.HistoryKeys;
import io.tailrace.console.history.Version;
import io.tailrace.console.store.Transaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a change is made: one transaction, which writes the list and its version, if nobody has changed the key since.
 *
 * @param change what is wanted
 * @param version what the history will say
 * @param transaction what is written
 * @param witness a key that only this transaction writes
 */
public record Plan(Change change, Version version, Transaction transaction, String witness) {
    /** etcd itself takes 1.5 MiB in one request. */
    public static final int MAX_CHARS = 1_400_000;

    /**
     * Plans a change.
     *
     * @param state of the key
     * @param change what is wanted; its text is another than the present one
     * @param histories where versions go, and how many of them are kept
     * @param now the time
     * @param random tells apart what is done at the same time
     * @return the plan
     */
    public static Plan of(KeyState state, Change change, Histories histories, Instant now, int random) {
        String last = state.versions().isEmpty()
                ? ""
                : state.versions().get(state.versions().size() - 1);
        Version version = new Version(
                change.key(),
                HistoryKeys.id(now.toEpochMilli(), last, random),
                0,
                state.revision(),
                change.action(),
                change.author(),
                now.truncatedTo(ChronoUnit.MILLIS).toString(),
                change.comment(),
                change.entries(),
                change.rolledBackTo(),
                change.requestId(),
                state.isFromOutside(),
                state.isFromOutside() ? state.text() : Optional.empty(),
                change.text());
        Map<String, String> puts = new LinkedHashMap<>(histories.puts(version));
        Set<String> deletes = histories.surplus(change.key(), state.versions());
        change.text().ifPresent(text -> puts.put(change.key(), text));
        if (change.text().isEmpty()) {
            deletes.add(change.key());
        }
        Transaction transaction = new Transaction(Map.of(change.key(), state.revision()), puts, deletes);
        return new Plan(change, version, transaction, histories.keyOf(version));
    }
}
