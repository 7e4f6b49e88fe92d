package io.tailrace.console.entries;

import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.console.history.Histories;
import io.tailrace.console.history.Version;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.store.Item;
import io.tailrace.console.store.Store;
import io.tailrace.console.store.Store.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes keys, each time together with its history. For any thread, and for several consoles on one etcd. */
public final class Editor {
    private static final int CHANGES_PER_TRIM = 50;

    private final Store store;
    private final Histories histories;
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * Makes an editor.
     *
     * @param store etcd
     * @param histories where versions go
     */
    public Editor(Store store, Histories histories) {
        this.store = store;
        this.histories = histories;
    }

    /**
     * Reads a key with what the history knows of it.
     *
     * @param key the key
     * @return its state; a change is refused by etcd if it isn't that any more
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public KeyState state(String key) throws EtcdFailure, InterruptedException {
        Optional<Item> item = store.get(key);
        List<String> ids = histories.ids(store, key);
        Optional<Version> newest =
                ids.isEmpty() ? Optional.empty() : histories.read(store, key, ids.get(ids.size() - 1));
        return new KeyState(key, item, ids, newest);
    }

    /**
     * Plans a change.
     *
     * @param state of the key
     * @param change what is wanted
     * @param now the time
     * @return the plan
     * @throws Problem 413 if it is more than etcd takes in one request
     */
    public Plan plan(KeyState state, Change change, Instant now) {
        Plan plan = Plan.of(
                state, change, histories, now, ThreadLocalRandom.current().nextInt());
        if (plan.transaction().chars() > Plan.MAX_CHARS) {
            throw new Problem(
                    413,
                    "too-large",
                    "The list is too large",
                    "With its history it has " + plan.transaction().chars() + " characters, and etcd takes at most "
                            + Plan.MAX_CHARS + " in one transaction");
        }
        return plan;
    }

    /**
     * Makes a change, if the key is what it is expected to be.
     *
     * @param change what is wanted
     * @param expected the revision that the key must have; 0 if it must not be there
     * @param now the time
     * @return the new state of the key; the present one if the change changes nothing
     * @throws Problem 412 if somebody else has changed it
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public KeyState change(Change change, long expected, Instant now) throws EtcdFailure, InterruptedException {
        KeyState state = state(change.key());
        if (state.revision() != expected) {
            throw conflict(state, change, expected);
        }
        if (state.item().isPresent() == change.text().isPresent()
                && state.text().equals(change.text())) {
            return state;
        }
        Plan plan = plan(state, change, now);
        Outcome outcome = store.commit(plan.transaction(), Optional.of(plan.witness()));
        if (outcome instanceof Outcome.Done done) {
            changed(1);
            return after(plan, done.revision());
        }
        throw conflict(state(change.key()), change, expected);
    }

    /**
     * What a key is after a plan was carried out.
     *
     * @param plan the plan
     * @param revision that etcd told
     * @return the state, without older versions
     */
    public static KeyState after(Plan plan, long revision) {
        Change change = plan.change();
        Optional<Item> item = change.text().map(text -> new Item(change.key(), revision, Optional.of(text)));
        Version planned = plan.version();
        Version written = new Version(
                planned.key(),
                planned.id(),
                revision,
                planned.previousRevision(),
                planned.action(),
                planned.author(),
                planned.time(),
                planned.comment(),
                planned.entries(),
                planned.rolledBackTo(),
                planned.requestId(),
                planned.outsideBefore(),
                Optional.empty(),
                Optional.empty());
        return new KeyState(change.key(), item, List.of(planned.id()), Optional.of(written));
    }

    /**
     * Counts changes, and from time to time deletes what is too much of the log of all keys.
     *
     * @param count how many were made
     * @throws EtcdFailure if etcd doesn't answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    public void changed(int count) throws EtcdFailure, InterruptedException {
        int before = changes.getAndAdd(count);
        if (before / CHANGES_PER_TRIM != (before + count) / CHANGES_PER_TRIM) {
            histories.trim(store);
        }
    }

    private static Problem conflict(KeyState state, Change change, long expected) {
        Optional<Version> made = state.madeBy();
        String who = made.map(version -> "by " + version.author() + " at " + version.time())
                .orElse("outside of the console");
        String what = state.item().isPresent() ? "was written " : "was deleted, or never was there; if deleted, ";
        return new Problem(
                        412,
                        "conflict",
                        "Somebody else changed this key",
                        change.key() + " " + what + who + "; it has revision " + state.revision()
                                + ", and this change is based on " + expected)
                .with("key", Json.object().put("key", change.key()).path("key"))
                .with(
                        "current",
                        Json.object()
                                .put("revision", state.revision())
                                .put("text", state.text().orElse(null))
                                .put("author", made.map(Version::author).orElse(null))
                                .put("time", made.map(Version::time).orElse(null))
                                .put("comment", made.map(Version::comment).orElse(null)))
                .with(
                        "yours",
                        Json.object()
                                .put("based_on", expected)
                                .put("text", change.text().orElse(null)));
    }
}
