package io.tailrace.console.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields whose whole values can be looked for and counted: which those are depends on how the indices were made.
 *
 * @param service those of the service's name
 * @param host those of the host's name
 * @param level those of the level
 */
record FieldNames(List<String> service, List<String> host, List<String> level) {
    private static final Set<String> WHOLE = Set.of("keyword", "constant_keyword", "wildcard");
    private static final String KEYWORD = ".keyword";
    private static final String SERVICE = "service.name";
    private static final String HOST = "host.name";
    private static final String LEVEL = "log.level";

    /** What to ask the server for. */
    static String asked() {
        return String.join(
                ",",
                Stream.of(SERVICE, HOST, LEVEL)
                        .flatMap(name -> Stream.of(name, name + KEYWORD))
                        .toList());
    }

    /** From what the server says fields can do. */
    static FieldNames of(JsonNode answer) {
        JsonNode fields = answer.path("fields");
        return new FieldNames(whole(fields, SERVICE), whole(fields, HOST), whole(fields, LEVEL));
    }

    private static List<String> whole(JsonNode fields, String name) {
        return Stream.of(name, name + KEYWORD)
                .filter(one -> WHOLE.stream().anyMatch(type -> fields.path(one).has(type)))
                .toList();
    }
}
