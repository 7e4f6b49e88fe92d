package io.tailrace.connect.elasticsearch.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Reads single members out of documents, without building a tree. */
public final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /**
     * Finds a member: {@code a.b} is a member of that name, or {@code b} inside of the object {@code a}.
     *
     * @param json an object
     * @param path its name
     * @return text, number or truth value as text; nothing if it isn't there, or is null, an object or an array
     */
    public static Optional<String> scalar(byte[] json, String path) {
        return find(json, path).map(Value::text);
    }

    /** A scalar and whether it is an integer. */
    record Value(String text, boolean isInteger) {}

    static Optional<Value> find(byte[] json, String path) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return find(parser, path);
        } catch (IOException e) {
            // Numbers and names beyond the parser's own limits, in a document that is JSON all the same.
            throw new MalformedRecordException("its field '" + path + "' can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * Whether an object and a field of the given dotted name inside of it can't stand in one document: it has that
     * field, or a scalar or an array where that needs an object.
     *
     * @param json holds the object
     * @param start of the object
     * @param end of the object
     * @param field its name
     * @return true if so, also if the object is beyond what can be read
     */
    static boolean excludes(byte[] json, int start, int end, String field) {
        try (JsonParser parser = JSON.createParser(json, start, end - start)) {
            parser.nextToken();
            return excludes(parser, field);
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean excludes(JsonParser parser, String field) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            if (name.equals(field) || name.startsWith(field + ".")) {
                return true;
            }
            if (!field.startsWith(name + ".")) {
                parser.skipChildren();
            } else if (!isObject || excludes(parser, field.substring(name.length() + 1))) {
                return true;
            }
        }
        return false;
    }

    /** From after an opening brace to the first match; the parser is left anywhere then. */
    private static Optional<Value> find(JsonParser parser, String path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            boolean isIt = name.equals(path);
            if (isIt && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                return Optional.of(new Value(parser.getText(), token == JsonToken.VALUE_NUMBER_INT));
            }
            boolean isOnTheWay = token == JsonToken.START_OBJECT
                    && path.length() > name.length()
                    && path.startsWith(name)
                    && path.charAt(name.length()) == '.';
            if (!isOnTheWay) {
                parser.skipChildren();
                continue;
            }
            Optional<Value> found = find(parser, path.substring(name.length() + 1));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
