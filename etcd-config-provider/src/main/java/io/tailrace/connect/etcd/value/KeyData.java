package io.tailrace.connect.etcd.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.connect.store.AgentStore;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an etcd key's text means as configuration data.
 *
 * <p>A JSON object gives its top-level fields: strings as they are, every other value as compact JSON text, numbers digit
 * for digit. Where a name comes twice, the last one counts. The whole text is under {@link #WHOLE} as well, unless the
 * object has a field of that name. Anything else, such as a JSON array or plain text, is under {@link #WHOLE} alone.
 */
public final class KeyData {
    /** The name under which the whole text is. */
    public static final String WHOLE = "value";

    private static final JsonFactory JSON = new JsonFactory();

    private KeyData() {}

    /**
     * Takes the text of a key apart.
     *
     * @param text the text, or empty where the key doesn't exist
     * @return the data by name; nothing for a key that doesn't exist
     */
    public static Map<String, String> of(Optional<String> text) {
        return text.map(KeyData::of).orElse(Map.of());
    }

    private static Map<String, String> of(String text) {
        Map<String, String> data = fields(text);
        data.putIfAbsent(WHOLE, text);
        return data;
    }

    /**
     * Adds the revision that wrote the data, which is no part of it and is given only where it is asked for by name.
     *
     * @param data data by name
     * @param modRevision the revision
     * @return the data with {@link AgentStore#MOD_REVISION}, unless it has that name itself or there is none at all
     */
    public static Map<String, String> withRevision(Map<String, String> data, long modRevision) {
        if (data.isEmpty()) {
            return data;
        }
        Map<String, String> more = new LinkedHashMap<>(data);
        more.putIfAbsent(AgentStore.MOD_REVISION, Long.toString(modRevision));
        return more;
    }

    /**
     * Leaves only some names.
     *
     * @param data data by name
     * @param names the names wanted
     * @return those of them that the data has
     */
    public static Map<String, String> only(Map<String, String> data, Set<String> names) {
        Map<String, String> some = new LinkedHashMap<>(data);
        some.keySet().retainAll(names);
        return some;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new LinkedHashMap<>();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, fieldText(parser));
            }
            return parser.nextToken() == null ? fields : new LinkedHashMap<>();
        } catch (JsonProcessingException e) {
            return new LinkedHashMap<>();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static String fieldText(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            copy(parser, generator);
        }
        return text.toString();
    }

    private static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isNumeric()) {
                generator.writeNumber(parser.getText());
            } else {
                generator.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }
}
