package io.tailrace.quickstart;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the command line says.
 *
 * @param once whether to stop when all is proven
 * @param portBase the lowest of the ports
 * @param directory where all state is
 * @param plugins a plugin.path with the unpacked zips
 * @param configs the folder connect-configs
 */
record Options(boolean once, int portBase, Path directory, Path plugins, Path configs) {

    static final String USAGE = "quickstart [--once] [--port-base N] [--dir D]";

    private static final int DEFAULT_PORT_BASE = 18_000;
    private static final int LOWEST_PORT = 1_024;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static Options parse(List<String> arguments) {
        Options options = new Options(false, DEFAULT_PORT_BASE, null, null, null);
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            options = options.with(left.pop(), left);
        }
        requireGiven("--dir", options.directory);
        requireGiven("--plugins", options.plugins);
        requireGiven("--configs", options.configs);
        return options;
    }

    private Options with(String name, Deque<String> left) {
        return switch (name) {
            case "--once" -> new Options(true, portBase, directory, plugins, configs);
            case "--port-base" -> new Options(once, port(value(name, left)), directory, plugins, configs);
            case "--dir" -> new Options(once, portBase, path(name, left), plugins, configs);
            case "--plugins" -> new Options(once, portBase, directory, path(name, left), configs);
            case "--configs" -> new Options(once, portBase, directory, plugins, path(name, left));
            default -> throw new IllegalArgumentException("Unknown argument " + name);
        };
    }

    private static String value(String name, Deque<String> left) {
        if (left.isEmpty() || left.peek().isEmpty()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return left.pop();
    }

    private static Path path(String name, Deque<String> left) {
        return Path.of(value(name, left)).toAbsolutePath().normalize();
    }

    private static int port(String text) {
        int highest = 65_535 - PortPlan.COUNT + 1;
        try {
            int port = Integer.parseInt(text);
            if (port >= LOWEST_PORT && port <= highest) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--port-base " + text + " is not a number", e);
        }
        throw new IllegalArgumentException("--port-base " + text + " is not from " + LOWEST_PORT + " to " + highest);
    }

    private static void requireGiven(String name, Path path) {
        if (path == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
