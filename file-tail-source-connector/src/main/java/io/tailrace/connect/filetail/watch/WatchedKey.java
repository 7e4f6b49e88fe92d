package io.tailrace.connect.filetail.watch;

import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.EntryProblem;
import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import io.tailrace.connect.store.AgentStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one key: what it was last told to have, and its last good list. Not safe for several threads. */
final class WatchedKey {
    /** The name under which a key's text is. */
    static final String VALUE = "value";

    private final String name;
    private Optional<Told> told = Optional.empty();
    private long revision;
    private List<EntryProblem> problems = List.of();
    private Optional<GoodText> good = Optional.empty();
    private List<Entry> entries = List.of();

    WatchedKey(String name) {
        this.name = name;
    }

    void tell(Map<String, String> values, HostEntries reader) {
        Told now = Told.of(values);
        boolean same = told.filter(now::equals).isPresent();
        told = Optional.of(now);
        revision = revision(values).orElse(same ? revision : 0L);
        if (now.exists()) {
            // Also if it is refused below: from here on the store's present history counts, whatever was seen in
            // another one.
            good = good.map(text -> text.seenLastAt(revision));
        }
        if (!same) {
            problems = List.of();
            read(now, reader);
        }
        if (problems.isEmpty()) {
            long known = revision(values)
                    .orElse(good.filter(now::isSame).map(GoodText::revision).orElse(0L));
            good = now.text().map(text -> new GoodText(text, known, known, false));
        }
    }

    private void read(Told now, HostEntries reader) {
        if (now.exists() && now.text().isEmpty()) {
            String reason = "there is no '" + VALUE + "' in what the provider gives for this key";
            problems = List.of(new EntryProblem(0, "", "", reason));
            throw new InvalidEntriesException(name, problems);
        }
        try {
            entries = now.text().map(json -> reader.read(json, name)).orElse(List.of());
        } catch (InvalidEntriesException e) {
            problems = e.problems();
            throw e;
        }
    }

    private static Optional<Long> revision(Map<String, String> values) {
        String text = values.getOrDefault(AgentStore.MOD_REVISION, "");
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    void restore(GoodText text, HostEntries reader) {
        entries = reader.read(text.text(), name);
        good = Optional.of(text);
    }

    /** If it was there when it was last told, it still was when the store had got as far as this. */
    void seenAt(long storeRevision) {
        if (told.filter(Told::exists).isPresent()) {
            good = good.map(text -> text.seenAt(storeRevision));
        }
    }

    void lose() {
        told = Optional.empty();
        problems = List.of();
        revision = 0;
        good = good.map(GoodText::afterLoss);
    }

    Optional<GoodText> good() {
        return good;
    }

    List<Entry> entries() {
        return entries;
    }

    KeyStatus status(Optional<String> trouble) {
        return new KeyStatus(
                name,
                told.isPresent(),
                told.filter(Told::exists).isPresent(),
                revision,
                good.map(GoodText::revision).orElse(0L),
                entries.size(),
                problems,
                good.filter(GoodText::lost).isPresent(),
                trouble);
    }

    private record Told(boolean exists, Optional<String> text) {
        static Told of(Map<String, String> values) {
            return new Told(!values.isEmpty(), Optional.ofNullable(values.get(VALUE)));
        }

        boolean isSame(GoodText good) {
            return text.filter(good.text()::equals).isPresent();
        }
    }
}
