package io.tailrace.connect.filetail.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.EntryProblem;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.watch.KeyStatus;
import io.tailrace.connect.filetail.watch.WatchStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A connector's status as JSON: the host, and of each key whether it is applied, being applied or refused, and why. */
final class ConnectorStatusText {
    private static final int MAX_ERROR_CHARS = 300;
    private static final List<Integer> ERRORS_PER_KEY = List.of(20, 5, 1, 0);
    private static final int MAX_KEYS = 100;
    private static final String LOST =
            "the store has lost its data; the last good list stays in force until this key is written again";

    private final String version;

    ConnectorStatusText(String version) {
        this.version = version;
    }

    /** What has become of a key, and of the whole. */
    enum State {
        /** In force, and every task runs with it. */
        APPLIED,
        /** Good, but not run by every task yet. */
        APPLYING,
        /** Refused or unreadable; the last good list stays in force. */
        FAILED
    }

    /**
     * The text without the time.
     *
     * @param host what is known of the host
     * @param watch what has become of the keys
     * @param plan what Connect was told to run
     * @param running whether all tasks run with it
     */
    ObjectNode of(HostFacts host, WatchStatus watch, TaskPlan plan, boolean running) {
        for (int errors : ERRORS_PER_KEY) {
            ObjectNode status = of(host, watch, plan, running, errors);
            if (status.toString().getBytes(StandardCharsets.UTF_8).length < StatusFile.MAX_BYTES - 100) {
                return status;
            }
        }
        ObjectNode status = of(host, watch, plan, running, 0);
        status.remove("keys");
        return status;
    }

    /** Adds the time. */
    static String at(ObjectNode status, long millis) {
        return status.deepCopy()
                .put("updated", Instant.ofEpochMilli(millis).toString())
                .toString();
    }

    private ObjectNode of(HostFacts host, WatchStatus watch, TaskPlan plan, boolean running, int errorsPerKey) {
        boolean applying = watch.waiting() || !running;
        State worst = State.APPLIED;
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        for (KeyStatus key : watch.keys()) {
            State state = state(key, watch, applying);
            worst = state.compareTo(worst) > 0 ? state : worst;
            if (keys.size() < MAX_KEYS) {
                keys.add(key(key, state, watch.misfit(), errorsPerKey));
            }
        }
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("version", version)
                .put("state", (applying && worst == State.APPLIED ? State.APPLYING : worst).name())
                .put("entries", plan.entries().size())
                .put("tasks", plan.hashes().size());
        ObjectNode facts = status.putObject("host").put("id", host.hostId()).put("name", host.hostname());
        host.addresses().stream().limit(MAX_KEYS).forEach(facts.putArray("addresses")::add);
        status.set("keys", keys);
        return status;
    }

    private static State state(KeyStatus key, WatchStatus watch, boolean applying) {
        boolean failed = !key.problems().isEmpty()
                || key.lost()
                || key.trouble().isPresent()
                || watch.misfit().isPresent();
        if (failed) {
            return State.FAILED;
        }
        return applying || !key.told() ? State.APPLYING : State.APPLIED;
    }

    private static ObjectNode key(KeyStatus key, State state, Optional<String> misfit, int maxErrors) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("key", key.key())
                .put("state", state.name())
                .put("exists", key.exists())
                .put("entries", key.entries());
        if (key.revision() > 0) {
            node.put("revision", key.revision());
        }
        if (state == State.FAILED && key.goodRevision() > 0) {
            node.put("revision_in_force", key.goodRevision());
        }
        if (state == State.FAILED) {
            errors(node, key, misfit, maxErrors);
        }
        return node;
    }

    private static void errors(ObjectNode node, KeyStatus key, Optional<String> misfit, int max) {
        ArrayNode errors = node.putArray("errors");
        key.problems().stream().limit(max).map(EntryProblem::toString).forEach(error -> errors.add(shorten(error)));
        if (key.lost()) {
            errors.add(LOST);
        }
        key.trouble().ifPresent(trouble -> errors.add(shorten("cannot be read: " + trouble)));
        misfit.ifPresent(reason -> errors.add(shorten("all keys taken together: " + reason)));
        if (key.problems().size() > max) {
            node.put("errors_left_out", key.problems().size() - max);
        }
    }

    private static String shorten(String text) {
        return text.length() <= MAX_ERROR_CHARS ? text : text.substring(0, MAX_ERROR_CHARS) + "…";
    }
}
