package io.tailrace.console.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a search goes on, as text that is sent to and fro. Who forges one gets another page of what they may see anyway. */
final class Cursor {
    private static final int MAX_CHARS = 64 << 10;

    private Cursor() {}

    static String text(JsonNode state) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(state.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ArrayNode array(String text) {
        if (read(text) instanceof ArrayNode array
                && array.size() == 3
                && !array.get(0).isContainerNode()) {
            return array;
        }
        throw refused();
    }

    static ObjectNode object(String text) {
        if (read(text) instanceof ObjectNode object) {
            return object;
        }
        throw refused();
    }

    private static JsonNode read(String text) {
        try {
            if (text.length() <= MAX_CHARS) {
                return Json.read(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw refused();
        }
        throw refused();
    }

    private static Problem refused() {
        return Problem.badRequest("cursor", "", "must be one that an answer had");
    }
}
