package io.tailrace.connect.filetail.entries;

/**
 * An entry with what it takes to speak of it as its author wrote it.
 *
 * @param number which entry of the list, counted from 1
 * @param pathField which of the two names of the path was used
 * @param entry the entry
 */
record ParsedEntry(int number, String pathField, Entry entry) {
    void refusePath(String reason, Problems problems) {
        problems.add(number, pathField, quoted(entry.path()), reason);
    }

    void refuseTopic(String reason, Problems problems) {
        problems.add(number, "topic", quoted(entry.topic()), reason);
    }

    ParsedEntry with(Entry other) {
        return new ParsedEntry(number, pathField, other);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
