package io.tailrace.connect.filetail.entries;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries as JSON text. Reading is strict, and takes a list whole or not at all; writing is canonical, so that the same
 * entries are the same text.
 */
public final class EntriesJson {
    /** Longest text that is read, in characters. */
    public static final int MAX_CHARS = 1024 * 1024;

    /** Most entries in one list. */
    public static final int MAX_ENTRIES = 10_000;

    private EntriesJson() {}

    /**
     * Reads a list of entries. Paths stay as they are written; {@link HostEntries} makes them absolute.
     *
     * @param json a JSON array of entries, in either of the shapes in use
     * @param source where the text comes from, for the message
     * @return the entries in the order of the text
     * @throws InvalidEntriesException with all problems of the list, if there are any
     */
    public static List<Entry> parse(String json, String source) {
        Problems problems = new Problems(source);
        List<ParsedEntry> parsed = parse(json, problems);
        problems.throwIfAny();
        return parsed.stream().map(ParsedEntry::entry).toList();
    }

    /**
     * Writes entries canonically: in canonical order, defaults left out, and without a dollar sign (it is written as an
     * escape), since Connect would resolve <code>${…}</code> in a task's configuration.
     *
     * @param entries valid entries in any order
     * @return a JSON array that {@link #parse} reads back to the same entries, in canonical order
     */
    public static String write(List<Entry> entries) {
        StringWriter writer = new StringWriter();
        try {
            EntriesWriter.write(
                    entries.stream().sorted(Comparator.comparing(EntryKey::of)).toList(), writer);
        } catch (IOException e) {
            throw new UncheckedIOException("A string could not be written", e);
        }
        return writer.toString();
    }

    /** The entries as {@link EntryParser} gives them; to be used only if there are no problems in the end. */
    static List<ParsedEntry> parse(String json, Problems problems) {
        List<ParsedEntry> entries = new ArrayList<>();
        int number = 0;
        for (JsonNode node : EntryNodes.read(json, problems)) {
            number++;
            EntryParser.parse(number, node, problems).ifPresent(entries::add);
        }
        if (problems.count() == 0) {
            refuseTwins(entries, problems);
        }
        return entries;
    }

    /** Two entries on one path must have different ids: what they read is remembered by path and id. */
    static void refuseTwins(List<ParsedEntry> entries, Problems problems) {
        Map<EntryKey, Integer> firstNumbers = new HashMap<>();
        for (ParsedEntry parsed : entries) {
            Integer first = firstNumbers.putIfAbsent(EntryKey.of(parsed.entry()), parsed.number());
            if (first != null) {
                parsed.refusePath(
                        "is the path of entry " + first + " too, with the same id; give one of them another id",
                        problems);
            }
        }
    }
}
