package io.tailrace.connect.filetail.entries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the members of one JSON object by type. A member of the wrong type or value becomes a problem, and the reader
 * answers as if it were absent, so that one look finds all problems of an entry.
 */
final class FieldReader {
    static final int MAX_LIST = 100;

    private final int entryNumber;
    private final String prefix;
    private final ObjectNode object;
    private final Problems problems;

    FieldReader(int entryNumber, String prefix, ObjectNode object, Problems problems) {
        this.entryNumber = entryNumber;
        this.prefix = prefix;
        this.object = object;
        this.problems = problems;
    }

    void refuseOthersThan(Set<String> known) {
        object.properties().stream()
                .filter(member -> !known.contains(member.getKey()))
                .forEach(member -> refuse(member.getKey(), member.getValue(), "is not a field that entries have"));
    }

    boolean has(String field) {
        return object.has(field);
    }

    void refuse(String field, JsonNode value, String reason) {
        problems.add(entryNumber, prefix + field, value, reason);
    }

    void refuseMissing(String field, String reason) {
        problems.add(entryNumber, prefix + field, "", reason);
    }

    Optional<String> text(String field, int maxChars, Function<String, Optional<String>> rule) {
        JsonNode value = object.get(field);
        return value == null ? Optional.empty() : text(field, value, maxChars, rule);
    }

    private Optional<String> text(String field, JsonNode value, int maxChars, Function<String, Optional<String>> rule) {
        Optional<String> reason = textProblem(value, maxChars).or(() -> rule.apply(value.textValue()));
        reason.ifPresent(r -> refuse(field, value, r));
        return reason.isPresent() ? Optional.empty() : Optional.of(value.textValue());
    }

    private static Optional<String> textProblem(JsonNode value, int maxChars) {
        if (!value.isTextual()) {
            return Optional.of("must be a string, is " + typeOf(value));
        }
        if (value.textValue().length() > maxChars) {
            return Optional.of("is longer than " + maxChars + " characters");
        }
        return EntryRules.unicode(value.textValue());
    }

    List<String> texts(String field, int maxChars, Function<String, Optional<String>> rule) {
        JsonNode list = object.get(field);
        if (list == null) {
            return List.of();
        }
        if (!list.isArray()) {
            refuse(field, list, "must be an array of strings, is " + typeOf(list));
            return List.of();
        }
        if (list.size() > MAX_LIST) {
            refuse(field, list, "has more than " + MAX_LIST + " elements");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            text(field, element, maxChars, notEmpty(rule)).ifPresent(texts::add);
        }
        return texts;
    }

    static Function<String, Optional<String>> notEmpty(Function<String, Optional<String>> rule) {
        return text -> text.isEmpty() ? Optional.of("must not be empty") : rule.apply(text);
    }

    long integer(String field, long min, long max, long defaultValue) {
        JsonNode value = object.get(field);
        if (value == null) {
            return defaultValue;
        }
        if (!value.isIntegralNumber()) {
            refuse(field, value, "must be an integer, is " + typeOf(value));
            return defaultValue;
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            refuse(
                    field,
                    value,
                    min == Long.MIN_VALUE ? "must be at most " + max : "must be from " + min + " to " + max);
            return defaultValue;
        }
        return value.longValue();
    }

    boolean bool(String field, boolean defaultValue) {
        JsonNode value = object.get(field);
        if (value == null) {
            return defaultValue;
        }
        if (!value.isBoolean()) {
            refuse(field, value, "must be true or false, is " + typeOf(value));
        }
        return value.booleanValue();
    }

    /** A duration as {@link Durations} reads it, or an integer number of milliseconds. */
    Optional<Duration> duration(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            refuse(field, value, "must be " + Durations.EXPECTED + ", is " + typeOf(value));
            return Optional.empty();
        }
        try {
            return Optional.of(Durations.parse(value.asText()));
        } catch (IllegalArgumentException e) {
            refuse(field, value, e.getMessage());
            return Optional.empty();
        }
    }

    Optional<FieldReader> object(String field) {
        JsonNode value = object.get(field);
        if (value == null || value instanceof ObjectNode) {
            return Optional.ofNullable((ObjectNode) value)
                    .map(node -> new FieldReader(entryNumber, prefix + field + ".", node, problems));
        }
        refuse(field, value, "must be an object, is " + typeOf(value));
        return Optional.empty();
    }

    int size() {
        return object.size();
    }

    Iterator<String> names() {
        return object.fieldNames();
    }

    /** A string, a boolean or a number within a long or a double. */
    Optional<Object> constant(String field, int maxChars) {
        JsonNode value = object.get(field);
        if (value.isTextual()) {
            return text(field, value, maxChars, text -> Optional.empty()).map(text -> text);
        }
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Optional.of(value.longValue());
        }
        if (value.isDouble() && Double.isFinite(value.doubleValue())) {
            return Optional.of(value.doubleValue());
        }
        refuse(
                field,
                value,
                value.isNumber()
                        ? "is too large a number"
                        : "must be a string, number or boolean, is " + typeOf(value));
        return Optional.empty();
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal number";
            case OBJECT -> "an object";
            default -> "a string";
        };
    }
}
