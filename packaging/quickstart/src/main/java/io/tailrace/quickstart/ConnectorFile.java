package io.tailrace.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A connector from connect-configs.
 *
 * @param name of the connector
 * @param config its configuration
 */
record ConnectorFile(String name, ObjectNode config) {

    static ConnectorFile read(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            return new ConnectorFile(
                    json.required("name").asText(), json.required("config").require());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e, e);
        }
    }

    /** With addresses and folders of this machine; each of the keys must be there already. */
    ConnectorFile at(Map<String, String> places) {
        ObjectNode changed = config.deepCopy();
        places.forEach((key, value) -> {
            changed.required(key);
            changed.put(key, value);
        });
        return new ConnectorFile(name, changed);
    }
}
