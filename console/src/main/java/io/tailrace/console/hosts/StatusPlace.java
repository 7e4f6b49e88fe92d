package io.tailrace.console.hosts;

import java.util.Optional;

/**
 * What the key of a report says: {@code <status.path>/<host.id>/<connector>}, with {@code /task-<number>} for a task.
 *
 * @param host the host's id
 * @param connector the connector's name
 * @param task the task's number
 */
record StatusPlace(String host, String connector, Optional<Integer> task) {
    private static final String TASK = "task-";

    /** Empty for a key that isn't a report's. */
    static Optional<StatusPlace> of(String prefix, String key) {
        String[] parts = key.substring(prefix.length()).split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> task = parts.length == 3 ? number(parts[2]) : Optional.empty();
        return parts.length == 3 && task.isEmpty()
                ? Optional.empty()
                : Optional.of(new StatusPlace(plain(parts[0]), plain(parts[1]), task));
    }

    private static Optional<Integer> number(String part) {
        boolean good = part.startsWith(TASK) && part.substring(TASK.length()).matches("[0-9]{1,9}");
        return good ? Optional.of(Integer.parseInt(part.substring(TASK.length()))) : Optional.empty();
    }

    /** As the agents escape names. */
    static String escaped(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }

    private static String plain(String segment) {
        return segment.replace("%2F", "/").replace("%25", "%");
    }
}
