package io.tailrace.connect.filetail.entries;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a list of entries.
 *
 * @param entryNumber which entry, counted from 1; 0 for the list as a whole
 * @param field name of the field, {@code multiline.pattern} for a nested one; empty for the entry as a whole
 * @param value what stands there, as JSON; empty where there is nothing to show
 * @param reason what is wrong with it, to be read after the value
 */
public record EntryProblem(int entryNumber, String field, String value, String reason) {
    private static final int MAX_VALUE_CHARS = 120;

    /** Bounds the value: whoever writes entries must not be able to fill the logs. */
    public EntryProblem {
        requireNonNull(field);
        requireNonNull(reason);
        value = shorten(value);
    }

    /**
     * The problem in one sentence part, such as {@code entry 2, field 'topic', value "a b": must …}.
     *
     * @return one line of text without control characters
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(entryNumber == 0 ? "the list" : "entry " + entryNumber);
        if (!field.isEmpty()) {
            text.append(", field '").append(shorten(field)).append('\'');
        }
        if (!value.isEmpty()) {
            text.append(", value ").append(value);
        }
        return text.append(": ").append(reason).toString();
    }

    private static String shorten(String text) {
        String line = text.codePoints()
                .limit(MAX_VALUE_CHARS + 1)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.codePointCount(0, line.length()) <= MAX_VALUE_CHARS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_VALUE_CHARS)) + "…";
    }
}
