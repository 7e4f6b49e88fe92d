package io.tailrace.connect.elasticsearch.document;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;

/**
 * JSON for Connect's own data (Struct, Map, List, numbers): what {@link JsonConverter} without schemas gives, with
 * decimals as numbers, since nobody can search for base64.
 */
final class ConnectJson {

    private final JsonConverter converter = new JsonConverter();

    ConnectJson() {
        converter.configure(Map.of("schemas.enable", false, "decimal.format", "NUMERIC"), false);
    }

    /**
     * Renders data.
     *
     * @param topic the record's topic
     * @param schema its schema, or null
     * @param value data other than null
     * @return JSON as UTF-8
     * @throws MalformedRecordException if the data can't be written as JSON
     */
    byte[] render(String topic, Schema schema, Object value) {
        try {
            return converter.fromConnectData(topic, schema, value);
        } catch (DataException e) {
            throw new MalformedRecordException("the value can't be written as JSON: " + e.getMessage(), e);
        }
    }
}
