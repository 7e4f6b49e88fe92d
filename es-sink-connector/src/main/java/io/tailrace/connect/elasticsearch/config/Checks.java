package io.tailrace.connect.elasticsearch.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Validators and readers of values. */
final class Checks {

    private Checks() {}

    /** What throws an {@link IllegalArgumentException} refuses a value; null is fine. */
    static ConfigDef.Validator text(String description, Consumer<String> check) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    try {
                        if (value != null) {
                            check.accept((String) value);
                        }
                    } catch (IllegalArgumentException e) {
                        throw new ConfigException(name, value, e.getMessage());
                    }
                },
                () -> description);
    }

    /** The same for a list. */
    static ConfigDef.Validator list(String description, Consumer<List<String>> check) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    try {
                        check.accept(strings(value));
                    } catch (IllegalArgumentException e) {
                        throw new ConfigException(name, value, e.getMessage());
                    }
                },
                () -> description);
    }

    private static List<String> strings(Object value) {
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(String.class::cast).toList();
    }

    /** Values of an enum, in lower case. */
    static ConfigDef.Validator oneOf(Object... values) {
        return ConfigDef.CaseInsensitiveValidString.in(
                Arrays.stream(values).map(Object::toString).toArray(String[]::new));
    }

    static <E extends Enum<E>> E valueOf(Class<E> type, String value) {
        return Enum.valueOf(type, value.trim().toUpperCase(Locale.ROOT));
    }

    /** Reads {@code a:b,c:d}. */
    static Map<String, String> pairs(List<String> list) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : list) {
            int colon = pair.indexOf(':');
            String left = colon < 0 ? "" : pair.substring(0, colon).trim();
            String right = colon < 0 ? "" : pair.substring(colon + 1).trim();
            if (left.isEmpty() || right.isEmpty()) {
                throw new IllegalArgumentException("'" + pair + "' is not of the form NAME:NAME");
            }
            if (pairs.put(left, right) != null) {
                throw new IllegalArgumentException("'" + left + "' is there twice");
            }
        }
        return pairs;
    }

    static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }
}
