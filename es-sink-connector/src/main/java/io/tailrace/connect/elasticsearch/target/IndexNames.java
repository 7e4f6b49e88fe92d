package io.tailrace.connect.elasticsearch.target;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which names Elasticsearch and OpenSearch take for an index. */
public final class IndexNames {

    private static final int MAX_BYTES = 255;
    private static final String FORBIDDEN = "\\/*?\"<>| ,#:";

    private IndexNames() {}

    /**
     * Checks a name.
     *
     * @param name an index name
     * @return what is wrong with it; empty if it is legal
     */
    public static Optional<String> problem(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return Optional.of("must not be empty, '.' or '..'");
        }
        if (name.startsWith("-") || name.startsWith("_") || name.startsWith("+")) {
            return Optional.of("must not begin with '-', '_' or '+'");
        }
        if (name.chars().anyMatch(c -> c <= 0x20 || FORBIDDEN.indexOf(c) >= 0)) {
            return Optional.of("must not contain whitespace or any of " + FORBIDDEN.trim());
        }
        if (name.chars().anyMatch(Character::isUpperCase)) {
            return Optional.of("must be lower case");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("must not be longer than " + MAX_BYTES + " bytes");
        }
        return Optional.empty();
    }
}
