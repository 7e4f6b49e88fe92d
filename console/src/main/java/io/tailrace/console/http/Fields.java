package io.tailrace.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members of a body, each read with its checks; what is wrong is told with its name and value. */
public final class Fields {
    private final ObjectNode object;

    /**
     * Wraps a body.
     *
     * @param object the body
     */
    public Fields(ObjectNode object) {
        this.object = object;
    }

    /**
     * Refuses members that nobody asks for.
     *
     * @param names all that there are
     * @return this
     */
    public Fields only(String... names) {
        Set<String> known = Set.of(names);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Problem.badRequest(name, "", "is no member here");
            }
        });
        return this;
    }

    /**
     * A text.
     *
     * @param name of the member
     * @param maxChars most characters
     * @return the text; empty if it is missing or null
     */
    public Optional<String> text(String name, int maxChars) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw Problem.badRequest(name, value.toString(), "must be a string");
        }
        return Optional.of(checked(name, value.textValue(), maxChars));
    }

    /**
     * A text that must be there.
     *
     * @param name of the member
     * @param maxChars most characters
     * @return the text, not empty
     */
    public String required(String name, int maxChars) {
        return text(name, maxChars)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Problem.badRequest(name, "", "is missing"));
    }

    /**
     * Texts.
     *
     * @param name of the member
     * @param maxCount most texts
     * @param maxChars most characters of each
     * @return the texts; none if it is missing
     */
    public List<String> texts(String name, int maxCount, int maxChars) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array(name).orElseGet(Json::array)) {
            if (!value.isTextual()) {
                throw Problem.badRequest(name, value.toString(), "must be an array of strings");
            }
            if (texts.size() == maxCount) {
                throw Problem.badRequest(name, "", "has more than " + maxCount + " elements");
            }
            texts.add(checked(name, value.textValue(), maxChars));
        }
        return texts;
    }

    /**
     * An array.
     *
     * @param name of the member
     * @return the array; empty if it is missing or null
     */
    public Optional<ArrayNode> array(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (value instanceof ArrayNode array) {
            return Optional.of(array);
        }
        throw Problem.badRequest(name, value.toString(), "must be an array");
    }

    /**
     * A truth value.
     *
     * @param name of the member
     * @param defaultValue if it is missing
     * @return the value
     */
    public boolean bool(String name, boolean defaultValue) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return defaultValue;
        }
        if (!value.isBoolean()) {
            throw Problem.badRequest(name, value.toString(), "must be true or false");
        }
        return value.booleanValue();
    }

    /**
     * A whole number.
     *
     * @param name of the member
     * @param defaultValue if it is missing
     * @param min least
     * @param max most
     * @return the number
     */
    public int number(String name, int defaultValue, int min, int max) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return defaultValue;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw Problem.badRequest(name, value.toString(), "must be a whole number from " + min + " to " + max);
        }
        return value.intValue();
    }

    /**
     * The body as it came.
     *
     * @return a JSON object
     */
    public ObjectNode whole() {
        return object;
    }

    private static String checked(String name, String text, int maxChars) {
        if (text.length() > maxChars) {
            throw Problem.badRequest(name, "", "is longer than " + maxChars + " characters");
        }
        return text;
    }
}
