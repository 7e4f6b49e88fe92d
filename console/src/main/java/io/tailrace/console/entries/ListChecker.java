package io.tailrace.console.entries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.EntryProblem;
import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.InvalidEntriesException;
import io.tailrace.console.http.Json;
import java.util.List;
import java.util.Optional;

/** Whether lists are good, by the connector's own rules. */
public final class ListChecker {
    private static final int MAX_TOLD = 100;

    private final HostEntries rules;

    /**
     * What was found.
     *
     * @param entries in the order of the list; none if it is refused
     * @param problems what is wrong with it, the first hundred; none if it is good
     */
    public record Checked(List<Entry> entries, List<EntryProblem> problems) {
        /**
         * Whether it is good.
         *
         * @return true if agents take it
         */
        public boolean isGood() {
            return problems.isEmpty();
        }
    }

    /**
     * Makes a checker.
     *
     * @param rules what is allowed
     */
    public ListChecker(HostEntries rules) {
        this.rules = rules;
    }

    /**
     * Checks a list.
     *
     * @param text JSON
     * @return its entries, or its problems
     */
    public Checked check(String text) {
        try {
            return new Checked(rules.read(text, "the list"), List.of());
        } catch (InvalidEntriesException e) {
            return new Checked(List.of(), e.problems().stream().limit(MAX_TOLD).toList());
        }
    }

    /**
     * A list as it is written.
     *
     * @param text JSON
     * @return its entries as they stand there; empty if it isn't an array
     */
    public static Optional<ArrayNode> nodes(String text) {
        try {
            JsonNode node = Json.read(text);
            return node instanceof ArrayNode array ? Optional.of(array) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes a list as people like to read it: a line for each entry.
     *
     * @param entries JSON objects
     * @return JSON
     */
    public static String text(ArrayNode entries) {
        StringBuilder text = new StringBuilder("[");
        String separator = "\n  ";
        for (JsonNode entry : entries) {
            text.append(separator).append(entry);
            separator = ",\n  ";
        }
        return text.append(entries.isEmpty() ? "]" : "\n]").append('\n').toString();
    }
}
