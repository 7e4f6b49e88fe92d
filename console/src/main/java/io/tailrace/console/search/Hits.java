package io.tailrace.console.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.http.Json;
import java.time.Instant;
import java.util.List;

/** From Elasticsearch's answers to what pages show. All of it is data; nothing is taken for markup. */
final class Hits {
    private static final int MAX_MESSAGE_CHARS = 8_000;
    /** What a page shows of a document. */
    static final List<String> FIELDS =
            List.of("@timestamp", "message", "host.name", "service.name", "log.file.path", "log.level");

    private Hits() {}

    static ObjectNode told(JsonNode hit) {
        JsonNode source = hit.path("_source");
        String message = text(member(source, "message"), "");
        boolean cut = message.length() > MAX_MESSAGE_CHARS;
        return Json.object()
                .put("index", hit.path("_index").asText())
                .put("id", hit.path("_id").asText())
                .put("time", text(member(source, "@timestamp"), null))
                .put("message", cut ? message.substring(0, MAX_MESSAGE_CHARS) : message)
                .put("message_truncated", cut)
                .put("host", text(member(source, "host.name"), null))
                .put("service", text(member(source, "service.name"), null))
                .put("path", text(member(source, "log.file.path"), null))
                .put("level", text(member(source, "log.level"), null));
    }

    /** A member by its whole name, or of objects within objects: documents have both. */
    private static JsonNode member(JsonNode source, String name) {
        if (source.has(name)) {
            return source.get(name);
        }
        int dot = name.indexOf('.');
        return dot < 0 ? NullNode.instance : member(source.path(name.substring(0, dot)), name.substring(dot + 1));
    }

    private static String text(JsonNode value, String none) {
        if (value.isNull() || value.isMissingNode()) {
            return none;
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    static JsonNode histogram(JsonNode aggregation, long intervalMillis) {
        if (aggregation.isMissingNode()) {
            return NullNode.instance;
        }
        ObjectNode histogram = Json.object().put("interval_ms", intervalMillis);
        ArrayNode buckets = histogram.putArray("buckets");
        aggregation
                .path("buckets")
                .forEach(bucket -> buckets.addObject()
                        .put(
                                "time",
                                Instant.ofEpochMilli(bucket.path("key").asLong())
                                        .toString())
                        .put("count", bucket.path("doc_count").asLong()));
        return histogram;
    }

    /** The values of several fields that mean the same, added up. */
    static ArrayNode values(JsonNode aggregations, List<String> names, String prefix) {
        ObjectNode counts = Json.object();
        for (int i = 0; i < names.size(); i++) {
            aggregations
                    .path(prefix + i)
                    .path("buckets")
                    .forEach(bucket -> counts.put(
                            bucket.path("key").asText(),
                            counts.path(bucket.path("key").asText()).asLong()
                                    + bucket.path("doc_count").asLong()));
        }
        ArrayNode values = Json.array();
        counts.properties()
                .forEach(count -> values.addObject()
                        .put("value", count.getKey())
                        .put("count", count.getValue().asLong()));
        return values;
    }
}
