package io.tailrace.connect.filetail.tail.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What is known of all lines of a stream, as the members of a JSON object. */
final class Metadata {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Metadata() {}

    /**
     * Writes it.
     *
     * @return the object's members without its braces, empty if nothing is known or wanted
     */
    static String members(Set<Fact> facts, HostIdentity host, Entry entry, Path path) {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, facts, Fact.HOST_NAME, host.name());
        if (!host.addresses().isEmpty()) {
            put(members, facts, Fact.HOST_IP, host.addresses());
        }
        put(members, facts, Fact.LOG_FILE_PATH, path.toString());
        if (!entry.service().isEmpty()) {
            put(members, facts, Fact.SERVICE_NAME, entry.service());
        }
        if (facts.contains(Fact.FIELDS)) {
            members.putAll(entry.fields());
        }
        return strip(members);
    }

    private static void put(Map<String, Object> members, Set<Fact> facts, Fact fact, Object value) {
        if (facts.contains(fact)) {
            members.put(fact.id(), value);
        }
    }

    static String strip(Map<String, Object> members) {
        try {
            String json = JSON.writeValueAsString(members);
            return json.substring(1, json.length() - 1);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings, numbers and booleans make JSON", e);
        }
    }
}
