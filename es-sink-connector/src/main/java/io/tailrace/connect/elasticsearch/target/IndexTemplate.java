package io.tailrace.connect.elasticsearch.target;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A parsed {@code index} setting: literal text, {@code {topic}} (the record's topic in lower case) and
 * {@code {date:pattern}} (the record's time, UTC). Immutable.
 */
public final class IndexTemplate {

    /** Finer patterns would make an index per minute or second, which nobody means. */
    private static final String DATE_LETTERS = "GuyDMLdQqYwWeEH";

    private final String text;
    private final List<Part> parts;

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Topic() implements Part {}

    private record Date(DateTimeFormatter formatter) implements Part {}

    private IndexTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Parses a template.
     *
     * @param text the setting
     * @return the template
     * @throws IllegalArgumentException if it is malformed, or can only give illegal names; the message says why
     */
    public static IndexTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int literalEnd = open < 0 ? text.length() : open;
            if (literalEnd > at) {
                parts.add(new Literal(text.substring(at, literalEnd)));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'{' at position " + open + " has no '}'");
            }
            parts.add(placeholder(text.substring(open + 1, close)));
            at = close + 1;
        }
        IndexTemplate template = new IndexTemplate(text, parts);
        template.tryOut();
        return template;
    }

    /** Whether names depend on the record's time. */
    boolean needsTimestamp() {
        return parts.stream().anyMatch(Date.class::isInstance);
    }

    /**
     * Fills the template.
     *
     * @param topic the record's topic
     * @param timestamp the record's time; not read unless {@link #needsTimestamp}
     * @return a name that may still be illegal, because of the topic
     */
    String fill(String topic, Instant timestamp) {
        StringBuilder name = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                name.append(literal.text());
            } else if (part instanceof Date date) {
                name.append(date.formatter().format(timestamp));
            } else {
                name.append(topic.toLowerCase(Locale.ROOT));
            }
        }
        return name.toString();
    }

    @Override
    public String toString() {
        return text;
    }

    private void tryOut() {
        String name = fill("topic", Instant.EPOCH);
        IndexNames.problem(name).ifPresent(problem -> {
            throw new IllegalArgumentException("gives index names such as '" + name + "', which " + problem);
        });
    }

    private static Part placeholder(String inner) {
        if (inner.equals("topic")) {
            return new Topic();
        }
        if (inner.startsWith("date:")) {
            return new Date(formatter(inner.substring("date:".length())));
        }
        if (inner.startsWith("field:")) {
            throw new IllegalArgumentException("placeholder '{" + inner + "}' is not supported yet");
        }
        throw new IllegalArgumentException(
                "unknown placeholder '{" + inner + "}'; known are {topic} and {date:pattern}");
    }

    private static DateTimeFormatter formatter(String pattern) {
        String letters = pattern.replaceAll("'[^']*'", "");
        letters.chars()
                .filter(c -> Character.isLetter(c) && DATE_LETTERS.indexOf(c) < 0)
                .findFirst()
                .ifPresent(c -> {
                    throw new IllegalArgumentException("date pattern '" + pattern + "': letter '" + (char) c
                            + "' is not one of " + DATE_LETTERS + " (hours are the finest)");
                });
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("date pattern '" + pattern + "': " + e.getMessage(), e);
        }
    }
}
