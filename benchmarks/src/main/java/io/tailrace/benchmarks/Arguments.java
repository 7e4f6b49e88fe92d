package io.tailrace.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Words of a command line, sorted.
 *
 * @param flags those that stand alone
 * @param values those that are followed by a value, with it
 */
record Arguments(Set<String> flags, Map<String, String> values) {
    /**
     * Sorts them.
     *
     * @param knownFlags all flags that there are
     * @param knownValues all names that take a value
     * @throws IllegalArgumentException naming the word that is wrong
     */
    static Arguments parse(List<String> words, Set<String> knownFlags, Set<String> knownValues) {
        Arguments arguments = new Arguments(new HashSet<>(), new HashMap<>());
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String name = left.pop();
            if (knownFlags.contains(name)) {
                arguments.flags.add(name);
            } else if (!knownValues.contains(name)) {
                throw new IllegalArgumentException("Unknown argument " + name);
            } else if (left.isEmpty() || left.peek().startsWith("--")) {
                throw new IllegalArgumentException(name + " needs a value");
            } else {
                arguments.values.put(name, left.pop());
            }
        }
        return arguments;
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    String text(String name, String absent) {
        return values.getOrDefault(name, absent);
    }

    /** Names between commas; none if it isn't given. */
    Set<String> names(String name) {
        String text = text(name, "");
        return text.isEmpty() ? Set.of() : Set.of(text.split(",", -1));
    }

    /** A number of things, at least 1. */
    int number(String name, int absent) {
        String text = text(name, Integer.toString(absent));
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " " + text + " is not a number", e);
        }
        throw new IllegalArgumentException(name + " " + text + " is not more than 0");
    }

    /** A file or folder, which has to be given. */
    Path path(String name) {
        return optionalPath(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    /** A file or folder. */
    Optional<Path> optionalPath(String name) {
        return Optional.ofNullable(values.get(name))
                .map(value -> Path.of(value).toAbsolutePath().normalize());
    }
}
