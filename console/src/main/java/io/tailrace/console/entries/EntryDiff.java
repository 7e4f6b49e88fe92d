package io.tailrace.console.entries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.EntryKey;
import io.tailrace.console.http.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What becomes of entries: by path and id, those that come, those that go, and those of which something is another.
 *
 * @param starts entries that weren't there
 * @param stops entries that are there no more
 * @param changes entries that are others now
 */
public record EntryDiff(List<Entry> starts, List<Entry> stops, List<Changed> changes) {
    /**
     * An entry that is another now.
     *
     * @param before as it was
     * @param after as it is
     */
    public record Changed(Entry before, Entry after) {}

    /**
     * Compares.
     *
     * @param before entries of which no two have the same path and id
     * @param after likewise
     * @return the difference, in canonical order
     */
    public static EntryDiff of(Collection<Entry> before, Collection<Entry> after) {
        SortedMap<EntryKey, Entry> old = byKey(before);
        List<Entry> starts = new ArrayList<>();
        List<Changed> changes = new ArrayList<>();
        byKey(after).forEach((key, entry) -> {
            Entry was = old.remove(key);
            if (was == null) {
                starts.add(entry);
            } else if (!was.equals(entry)) {
                changes.add(new Changed(was, entry));
            }
        });
        return new EntryDiff(starts, List.copyOf(old.values()), changes);
    }

    private static SortedMap<EntryKey, Entry> byKey(Collection<Entry> entries) {
        SortedMap<EntryKey, Entry> map = new TreeMap<>();
        entries.forEach(entry -> map.put(EntryKey.of(entry), entry));
        return map;
    }

    /**
     * Whether there is none.
     *
     * @return true if nothing starts, stops or changes
     */
    public boolean isEmpty() {
        return starts.isEmpty() && stops.isEmpty() && changes.isEmpty();
    }

    /**
     * As JSON.
     *
     * @param starts name of the member for entries that come
     * @param stops for those that go
     * @param changes for those that are others
     * @param max most entries of each; the totals count all
     * @return an object
     */
    public ObjectNode json(String starts, String stops, String changes, int max) {
        ObjectNode node = Json.object();
        node.set(starts, entries(this.starts, max));
        node.set(stops, entries(this.stops, max));
        ArrayNode changed = node.putArray(changes);
        this.changes.stream().limit(max).forEach(change -> changed.add(changed(change)));
        return node.put(starts + "_total", this.starts.size())
                .put(stops + "_total", this.stops.size())
                .put(changes + "_total", this.changes.size());
    }

    private static ArrayNode entries(List<Entry> entries, int max) {
        ArrayNode array = Json.array();
        entries.stream().limit(max).forEach(entry -> array.add(entry(entry)));
        return array;
    }

    private static ObjectNode entry(Entry entry) {
        return Json.object()
                .put("path", entry.path())
                .put("id", entry.id())
                .put("topic", entry.topic())
                .put("service", entry.service());
    }

    private static ObjectNode changed(Changed change) {
        ObjectNode node = entry(change.after());
        ArrayNode fields = node.putArray("fields");
        JsonNode before = written(change.before());
        JsonNode after = written(change.after());
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!before.path(name).equals(after.path(name))) {
                fields.addObject()
                        .put("field", name)
                        .put("before", text(before.path(name)))
                        .put("after", text(after.path(name)));
            }
        }
        return node;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? null : value.isTextual() ? value.textValue() : value.toString();
    }

    /** In its canonical form, so that two ways to write the same are the same. */
    private static JsonNode written(Entry entry) {
        try {
            return Json.read(EntriesJson.write(List.of(entry))).path(0);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was written can be read", e);
        }
    }
}
