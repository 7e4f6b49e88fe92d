package io.tailrace.connect.filetail.entries;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The outer form of a list of entries: text to JSON trees, one for each entry. The trees are built here and not by
 * Jackson because a member given twice must be reported with its entry, and the reading go on.
 */
final class EntryNodes {
    private static final int MAX_NESTING = 8;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(EntriesJson.MAX_CHARS)
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .build())
            .build();
    /** Jackson's words for where something began, and for which of its settings would allow more; of no use to operators. */
    private static final Pattern PLACE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)]");

    private static final Pattern SETTING = Pattern.compile(
            ", from `[^`]*`|: enable `[^`]*` to allow|: maybe a \\(non-standard\\) comment\\? \\(not recognized [^)]*\\)");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Problems problems;
    private final List<JsonNode> nodes = new ArrayList<>();
    private int entryNumber;

    private EntryNodes(Problems problems) {
        this.problems = problems;
    }

    /** The entries' trees in their order, as far as the text could be read; what could not is among the problems. */
    static List<JsonNode> read(String json, Problems problems) {
        EntryNodes reader = new EntryNodes(problems);
        if (json.length() > EntriesJson.MAX_CHARS) {
            problems.add(
                    0,
                    "",
                    "",
                    "is " + json.length() + " characters long, at most " + EntriesJson.MAX_CHARS + " are read");
            return List.of();
        }
        if (json.startsWith("\uFEFF")) {
            problems.add(0, "", "", "begins with a byte order mark; save it as UTF-8 without one");
            return List.of();
        }
        try (JsonParser parser = JSON.createParser(json)) {
            reader.readList(parser);
        } catch (JsonProcessingException e) {
            problems.add(reader.entryNumber, "", "", "is not valid JSON: " + describe(e));
        } catch (IOException e) {
            throw new UncheckedIOException("A string could not be read", e);
        }
        return reader.nodes;
    }

    private void readList(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_ARRAY) {
            problems.add(
                    0, "", "", "must be a JSON array of entries, is " + (first == null ? "empty text" : name(first)));
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            entryNumber++;
            if (entryNumber > EntriesJson.MAX_ENTRIES) {
                problems.add(0, "", "", "has more than " + EntriesJson.MAX_ENTRIES + " entries");
                return;
            }
            nodes.add(tree(parser, ""));
        }
        entryNumber = 0;
        if (parser.nextToken() != null) {
            problems.add(0, "", "", "has something behind the array's end at " + at(parser.currentTokenLocation()));
        }
    }

    private JsonNode tree(JsonParser parser, String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object(JsonParser parser, String path) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String memberPath = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            JsonNode value = tree(parser, memberPath);
            if (object.replace(name, value) != null) {
                problems.add(entryNumber, memberPath, value, "is given twice");
            }
        }
        return object;
    }

    private ArrayNode array(JsonParser parser, String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(tree(parser, path));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? NODES.numberNode(parser.getBigIntegerValue())
                : NODES.numberNode(parser.getLongValue());
    }

    private static String name(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a string";
            case VALUE_NULL -> "null";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "a number";
        };
    }

    private static String describe(JsonProcessingException e) {
        String message = e.getOriginalMessage().replaceAll("[\\p{Cntrl}\\s]+", " ");
        message = PLACE.matcher(message).replaceAll("line $1, column $2");
        message = SETTING.matcher(message).replaceAll("");
        return message + (e.getLocation() == null ? "" : " at " + at(e.getLocation()));
    }

    private static String at(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
