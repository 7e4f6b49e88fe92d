package io.tailrace.connect.filetail.entries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/**
 * A JSON Schema of a list of entries, for editors and for programs that write lists. Every list that is accepted fits it;
 * it cannot say everything, so one that fits may still be refused: for what a host allows, for a pattern that is none, for
 * two entries on one path.
 */
public final class EntrySchema {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String TOPIC = "^(?!__|connect-|tailrace-agent-|\\.{1,2}$)[a-zA-Z0-9._-]+$";
    private static final String DURATION = "^[0-9]{1,15}(ms|s|m|h|d)?$";

    private EntrySchema() {}

    /**
     * Writes the schema.
     *
     * @return a JSON Schema, draft 2020-12, in lines and with a line end
     */
    public static String json() {
        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Tailrace entries");
        schema.put("description", "What to collect: the value of one key, a list of entries.");
        schema.put("type", "array");
        schema.put("maxItems", EntriesJson.MAX_ENTRIES);
        schema.set("items", entry());
        try {
            return JSON.writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree could not be written", e);
        }
    }

    private static ObjectNode entry() {
        ObjectNode members = NODES.objectNode();
        for (EntryField field : EntryField.values()) {
            members.set(field.jsonName(), rule(field).put("description", field.documentation()));
        }
        ObjectNode entry = object(members, List.of("topic"));
        entry.putArray("oneOf").add(required("log_path")).add(required("path"));
        return entry;
    }

    private static ObjectNode rule(EntryField field) {
        return switch (field) {
            case LOG_PATH, PATH -> text(1, EntryRules.MAX_PATH_CHARS);
            case TOPIC -> text(1, EntryRules.MAX_TOPIC_CHARS).put("pattern", TOPIC);
            case SERVICE -> text(0, EntryParser.MAX_NAME_CHARS);
            case SEND_RATE -> type("integer").put("maximum", EntryParser.MAX_RATE_LINES);
            case SEND_BYTES -> type("integer").put("maximum", EntryParser.MAX_RATE_BYTES);
            case ID -> text(0, EntryParser.MAX_NAME_CHARS).put("pattern", "^[^|]*$");
            case EXCLUDE -> texts(EntryRules.MAX_PATH_CHARS);
            case START_POSITION -> oneOf("beginning", "end");
            case ENCODING -> text(1, EntryParser.MAX_NAME_CHARS);
            case MULTILINE -> multiline();
            case INCLUDE_LINES, EXCLUDE_LINES -> texts(EntryRules.MAX_REGEX_CHARS);
            case KEEP_EMPTY_LINES -> type("boolean");
            case MAX_LINE_BYTES -> integer(EntryParser.MIN_LINE_BYTES, EntryParser.MAX_LINE_BYTES);
            case IGNORE_OLDER, CLOSE_IDLE -> duration();
            case FIELDS -> constants();
        };
    }

    private static ObjectNode multiline() {
        ObjectNode members = NODES.objectNode();
        members.set("pattern", text(1, EntryRules.MAX_REGEX_CHARS));
        members.set("negate", type("boolean"));
        members.set("match", oneOf("after", "before"));
        members.set("max_lines", integer(1, EntryParser.MAX_MAX_LINES));
        members.set("timeout_ms", integer(1, EntryParser.MAX_TIMEOUT_MILLIS));
        return object(members, List.of("pattern"));
    }

    private static ObjectNode constants() {
        ObjectNode fields = type("object").put("maxProperties", EntryParser.MAX_FIELDS);
        ObjectNode names = NODES.objectNode().put("minLength", 1).put("maxLength", EntryParser.MAX_NAME_CHARS);
        EntryParser.RESERVED_FIELDS.stream()
                .sorted()
                .forEach(names.putObject("not").putArray("enum")::add);
        fields.set("propertyNames", names);
        ObjectNode value = NODES.objectNode();
        value.putArray("type").add("string").add("number").add("boolean");
        fields.set("additionalProperties", value.put("maxLength", EntryParser.MAX_FIELD_CHARS));
        return fields;
    }

    private static ObjectNode object(ObjectNode members, Collection<String> required) {
        ObjectNode object = type("object");
        object.set("properties", members);
        required.forEach(object.putArray("required")::add);
        return object.put("additionalProperties", false);
    }

    private static ObjectNode required(String field) {
        ObjectNode rule = NODES.objectNode();
        rule.putArray("required").add(field);
        return rule;
    }

    private static ObjectNode duration() {
        ObjectNode duration = NODES.objectNode();
        duration.putArray("anyOf")
                .add(type("string").put("pattern", DURATION))
                .add(type("integer").put("minimum", 0));
        return duration;
    }

    private static ObjectNode texts(int maxChars) {
        ObjectNode list = type("array").put("maxItems", FieldReader.MAX_LIST);
        list.set("items", text(1, maxChars));
        return list;
    }

    private static ObjectNode text(int minChars, int maxChars) {
        ObjectNode text = type("string").put("maxLength", maxChars);
        return minChars == 0 ? text : text.put("minLength", minChars);
    }

    private static ObjectNode integer(long min, long max) {
        return type("integer").put("minimum", min).put("maximum", max);
    }

    private static ObjectNode oneOf(String one, String other) {
        ObjectNode choice = NODES.objectNode();
        choice.putArray("enum").add(one).add(other);
        return choice;
    }

    private static ObjectNode type(String type) {
        return NODES.objectNode().put("type", type);
    }
}
