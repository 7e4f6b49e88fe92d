package io.tailrace.connect.elasticsearch.target;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A parsed setting with placeholders: {@code {topic}}, {@code {date:pattern}} (the record's time), {@code {key}},
 * {@code {field:name}} (of the document) and {@code {header:name}}. Immutable.
 */
public final class Template {

    /** Finer patterns would make an index per minute or second, which nobody means. */
    private static final String DATE_LETTERS = "GuyDMLdQqYwWeEH";

    private final String text;
    private final List<Part> parts;

    /** Where a part takes its text from. */
    private enum Kind {
        LITERAL,
        TOPIC,
        DATE,
        KEY,
        FIELD,
        HEADER
    }

    private record Part(Kind kind, String argument, DateTimeFormatter formatter) {

        Optional<String> fill(String topic, RecordText record) {
            return switch (kind) {
                case LITERAL -> Optional.of(argument);
                case TOPIC -> Optional.of(topic);
                case DATE -> record.time().map(formatter::format);
                case KEY -> record.key();
                case FIELD -> record.field(argument);
                case HEADER -> record.header(argument);
            };
        }
    }

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Parses a template.
     *
     * @param text the setting
     * @param zone of dates
     * @return the template
     * @throws IllegalArgumentException if it is malformed; the message says why
     */
    public static Template parse(String text, ZoneId zone) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int literalEnd = open < 0 ? text.length() : open;
            if (literalEnd > at) {
                parts.add(new Part(Kind.LITERAL, text.substring(at, literalEnd), null));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'{' at position " + open + " has no '}'");
            }
            parts.add(placeholder(text.substring(open + 1, close), zone));
            at = close + 1;
        }
        return new Template(text, parts);
    }

    /**
     * Fills the template.
     *
     * @param topic what {@code {topic}} stands for
     * @param record all the rest
     * @return the text; nothing if the record lacks something
     */
    public Optional<String> fill(String topic, RecordText record) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            Optional<String> value = part.fill(topic, record);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            filled.append(value.get());
        }
        return Optional.of(filled.toString());
    }

    /** What it might look like, with letters for what only records know. */
    String example() {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            switch (part.kind()) {
                case LITERAL -> filled.append(part.argument());
                case DATE ->
                    filled.append(part.formatter().format(Instant.EPOCH).toLowerCase(Locale.ROOT));
                default -> filled.append("x");
            }
        }
        return filled.toString();
    }

    /**
     * Whether it depends on the record's time.
     *
     * @return true if so
     */
    public boolean hasDate() {
        return has(Kind.DATE);
    }

    /**
     * Whether it depends on the document, which a record without a value doesn't have.
     *
     * @return true if so
     */
    public boolean hasField() {
        return has(Kind.FIELD);
    }

    /** Whether it is a function of topic and time alone. */
    boolean isSameForNeighbours() {
        return !has(Kind.KEY) && !has(Kind.FIELD) && !has(Kind.HEADER);
    }

    @Override
    public String toString() {
        return text;
    }

    private boolean has(Kind kind) {
        return parts.stream().anyMatch(part -> part.kind() == kind);
    }

    private static Part placeholder(String inner, ZoneId zone) {
        if (inner.equals("topic")) {
            return new Part(Kind.TOPIC, null, null);
        }
        if (inner.equals("key")) {
            return new Part(Kind.KEY, null, null);
        }
        int colon = inner.indexOf(':');
        String argument = colon < 0 ? "" : inner.substring(colon + 1);
        String kind = argument.isBlank() ? "" : inner.substring(0, colon);
        return switch (kind) {
            case "date" -> new Part(Kind.DATE, null, formatter(argument, zone));
            case "field" -> new Part(Kind.FIELD, argument, null);
            case "header" -> new Part(Kind.HEADER, argument, null);
            default ->
                throw new IllegalArgumentException("unknown placeholder '{" + inner
                        + "}'; known are {topic}, {date:pattern}, {key}, {field:name} and {header:name}");
        };
    }

    private static DateTimeFormatter formatter(String pattern, ZoneId zone) {
        String letters = pattern.replaceAll("'[^']*'", "");
        letters.chars()
                .filter(c -> Character.isLetter(c) && DATE_LETTERS.indexOf(c) < 0)
                .findFirst()
                .ifPresent(c -> {
                    throw new IllegalArgumentException("date pattern '" + pattern + "': letter '" + (char) c
                            + "' is not one of " + DATE_LETTERS + " (hours are the finest)");
                });
        try {
            DateTimeFormatter formatter =
                    DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone);
            // There are patterns that can be parsed and then not filled.
            formatter.formatTo(Instant.EPOCH, new StringBuilder());
            return formatter;
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("date pattern '" + pattern + "': " + e.getMessage(), e);
        }
    }
}
