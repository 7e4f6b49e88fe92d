package io.tailrace.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Requests to a Connect worker, patient while its group rebalances. */
final class ConnectRest {

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final Duration REBALANCE_MAX = Duration.ofSeconds(30);
    private static final Duration ASK_EVERY = Duration.ofMillis(100);

    private final JsonHttp http;
    private final Predicate<Duration> endedWithin;

    /**
     * Speaks to one worker.
     *
     * @param endedWithin waits, and tells whether the worker's process has ended meanwhile
     */
    ConnectRest(URI url, Duration timeout, Predicate<Duration> endedWithin) {
        this.http = new JsonHttp(url, timeout);
        this.endedWithin = endedWithin;
    }

    String connector(String name, String rest) {
        return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + rest;
    }

    JsonNode send(String method, String path) {
        return send(method, path, Optional.empty());
    }

    JsonNode send(String method, String path, String body) {
        return send(method, path, Optional.of(body));
    }

    private JsonNode send(String method, String path, Optional<String> body) {
        long deadlineNanos = System.nanoTime() + REBALANCE_MAX.toNanos();
        while (true) {
            try {
                return http.send(method, path, body);
            } catch (ServerResponseException e) {
                if (e.status() != CONFLICT || System.nanoTime() > deadlineNanos || endedWithin.test(ASK_EVERY)) {
                    throw e;
                }
            }
        }
    }

    /** Whether the worker has read its topics and joined its group. */
    boolean isHealthy() {
        return http.send("GET", "/health", Optional.empty())
                .path("status")
                .asText()
                .equals("healthy");
    }

    void awaitRunning(String name, int tasksMin, Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<JsonNode> status = findStatus(name);
            if (status.filter(found -> isRunning(found, tasksMin)).isPresent()) {
                return;
            }
            if (status.filter(ConnectRest::hasFailed).isPresent()) {
                throw new IllegalStateException("Connector " + name + " has failed: " + status.get());
            }
            if (System.nanoTime() > deadlineNanos || endedWithin.test(ASK_EVERY)) {
                throw new IllegalStateException(
                        "Connector " + name + " does not run with " + tasksMin + " or more tasks after " + timeout
                                + ": " + status.map(JsonNode::toString).orElse("unknown"));
            }
        }
    }

    private Optional<JsonNode> findStatus(String name) {
        try {
            return Optional.of(send("GET", connector(name, "/status")));
        } catch (ServerResponseException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isRunning(JsonNode status, int tasksMin) {
        return status.path("tasks").size() >= tasksMin
                && status.findValuesAsText("state").stream().allMatch("RUNNING"::equals);
    }

    private static boolean hasFailed(JsonNode status) {
        return status.findValuesAsText("state").contains("FAILED");
    }
}
