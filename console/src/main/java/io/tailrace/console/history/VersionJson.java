package io.tailrace.console.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.history.Version.Action;
import io.tailrace.console.store.Item;
import java.util.Locale;
import java.util.Optional;

/** Versions as JSON: as they are kept, and as they are told. */
final class VersionJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private VersionJson() {}

    static String kept(Version version) {
        ObjectNode node = facts(version);
        version.before().ifPresent(text -> node.put("before", Packed.pack(text)));
        version.after().ifPresent(text -> node.put("after", Packed.pack(text)));
        return node.toString();
    }

    /** As in the log of all keys: without texts. */
    static String logged(Version version) {
        return facts(version).toString();
    }

    /** What is told of it, without texts. */
    static ObjectNode told(Version version) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("version", version.id());
        node.put("revision", version.revision());
        node.setAll(facts(version));
        node.remove("id");
        return node;
    }

    private static ObjectNode facts(Version version) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("key", version.key())
                .put("id", version.id())
                .put("previous_revision", version.previousRevision())
                .put("action", version.action().name().toLowerCase(Locale.ROOT))
                .put("author", version.author())
                .put("time", version.time())
                .put("comment", version.comment())
                .put("entries", version.entries())
                .put("rolled_back_to", version.rolledBackTo().orElse(null))
                .put("request_id", version.requestId().orElse(null));
        return node.put("outside_before", version.outsideBefore());
    }

    /** Without the texts, which are large; empty for what isn't a version: anybody may have written there. */
    static Optional<Version> readFacts(Item item) {
        return read(item, false);
    }

    /** With the texts. */
    static Optional<Version> read(Item item) {
        return read(item, true);
    }

    private static Optional<Version> read(Item item, boolean texts) {
        try {
            JsonNode node = JSON.readTree(item.text().orElse(""));
            return node.isObject() ? Optional.of(version(item, node, texts)) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Version version(Item item, JsonNode node, boolean texts) {
        return new Version(
                node.path("key").asText(),
                node.path("id").asText(),
                item.revision(),
                node.path("previous_revision").asLong(),
                Action.valueOf(node.path("action").asText().toUpperCase(Locale.ROOT)),
                node.path("author").asText(),
                node.path("time").asText(),
                node.path("comment").asText(),
                node.path("entries").asInt(),
                text(node, "rolled_back_to"),
                text(node, "request_id"),
                node.path("outside_before").asBoolean(),
                texts ? text(node, "before").map(Packed::unpack) : Optional.empty(),
                texts ? text(node, "after").map(Packed::unpack) : Optional.empty());
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }
}
