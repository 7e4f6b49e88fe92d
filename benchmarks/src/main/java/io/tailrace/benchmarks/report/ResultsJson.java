package io.tailrace.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Results as JSON: every single value, so that whoever doubts a median can look. */
public final class ResultsJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultsJson() {}

    /**
     * Writes all of it.
     *
     * @param results what was measured
     * @return a JSON object, on several lines
     */
    public static String of(Results results) {
        ObjectNode root = JSON.createObjectNode().put("title", results.title());
        root.set("setup", JSON.valueToTree(results.setup()));
        ArrayNode rounds = root.putArray("rounds");
        for (Map<String, Map<Measure, Double>> round : results.rounds()) {
            ObjectNode values = rounds.addObject();
            round.forEach((contender, measured) -> {
                ObjectNode node = values.putObject(contender);
                measured.forEach((measure, value) -> node.put(measure.id(), value));
            });
        }
        root.set("missing", JSON.valueToTree(results.missing()));
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings and numbers make JSON", e);
        }
    }
}
