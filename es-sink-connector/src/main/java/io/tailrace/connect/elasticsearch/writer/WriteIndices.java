package io.tailrace.connect.elasticsearch.writer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of several indices documents for a name are written to: that of an alias which says so, or is its only one; the
 * newest of a data stream; or the index of that name.
 *
 * @param name an index, an alias or a data stream
 * @param indices what the server tells of all indices behind the name, by their names
 */
record WriteIndices(String name, JsonNode indices) {

    /** Whether the alias has one. */
    boolean isOneOfAlias() {
        for (JsonNode index : indices) {
            if (isWrittenTo(index)) {
                return true;
            }
        }
        return false;
    }

    /** What the server tells of them; of an alias of several data streams, of the newest index of each. */
    List<JsonNode> settings() {
        List<JsonNode> written = new ArrayList<>();
        Map<String, String> newest = new TreeMap<>();
        for (Iterator<String> names = indices.fieldNames(); names.hasNext(); ) {
            String index = names.next();
            JsonNode json = indices.path(index);
            if (json.has("data_stream")) {
                newest.merge(json.path("data_stream").asText(), index, WriteIndices::later);
            } else if (index.equals(name) || isWrittenTo(json)) {
                written.add(json);
            }
        }
        newest.values().forEach(index -> written.add(indices.path(index)));
        return written;
    }

    /** One that says so, or the only one unless it says that it isn't. */
    private boolean isWrittenTo(JsonNode index) {
        JsonNode alias = index.path("aliases").path(name);
        return !alias.isMissingNode() && alias.path("is_write_index").asBoolean(isAlone());
    }

    private boolean isAlone() {
        int indicesOfAlias = 0;
        for (JsonNode index : indices) {
            indicesOfAlias += index.path("aliases").has(name) ? 1 : 0;
        }
        return indicesOfAlias == 1;
    }

    /** Names of a data stream's indices end with a number of six digits that goes up. */
    private static String later(String one, String other) {
        return generation(one).compareTo(generation(other)) < 0 ? other : one;
    }

    private static String generation(String index) {
        return index.substring(index.lastIndexOf('-') + 1);
    }
}
