package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.entries.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** Validators whose errors name the key and the value. */
final class ConfigValidators {
    private ConfigValidators() {}

    /** Takes values that {@code parse} does not throw a {@link ConfigException} or {@link IllegalArgumentException} for. */
    static Validator parsedBy(String description, Consumer<String> parse) {
        return LambdaValidator.with(
                (key, value) -> parsed(key, value, () -> parse.accept((String) value)), () -> description);
    }

    /** The same for a list as a whole. */
    static Validator listParsedBy(String description, Consumer<List<String>> parse) {
        return LambdaValidator.with(
                (key, value) -> parsed(
                        key,
                        value,
                        () -> parse.accept(((Collection<?>) value)
                                .stream().map(String::valueOf).toList())),
                () -> description);
    }

    static Validator duration(Duration min, Duration max) {
        String range = "from " + Durations.format(min) + " to " + Durations.format(max);
        return parsedBy("a duration " + range, text -> {
            Duration duration = Durations.parse(text);
            if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
                throw new IllegalArgumentException("must be " + range);
            }
        });
    }

    static Validator distinctOf(List<String> known) {
        return listParsedBy("a list of " + String.join(", ", known), values -> {
            List<String> unknown =
                    values.stream().filter(value -> !known.contains(value)).toList();
            if (!unknown.isEmpty()) {
                throw new ConfigException("'" + unknown.get(0) + "' is none of " + String.join(", ", known));
            }
            if (new HashSet<>(values).size() < values.size()) {
                throw new ConfigException("something is listed twice");
            }
        });
    }

    private static void parsed(String key, Object value, Runnable parse) {
        try {
            parse.run();
        } catch (ConfigException | IllegalArgumentException e) {
            ConfigException named = new ConfigException(key, value, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }
}
