package io.tailrace.connect.elasticsearch.document;

import java.util.List;
import java.util.Map;

/**
 * What joins documents that are JSON objects, where they have no member of that name.
 *
 * @param timed whether {@code @timestamp} does
 * @param timestampFields members that it is taken from, the first that is there; else it is the record's time
 * @param headerFields headers and the members that they become
 * @param allHeaders whether all other headers become members of their own names
 */
public record DocumentShape(
        boolean timed, List<String> timestampFields, Map<String, String> headerFields, boolean allHeaders) {

    /** Nothing but the {@code tailrace} header. */
    public static final DocumentShape PLAIN = new DocumentShape(false, List.of(), Map.of(), false);

    /** Keeps copies. */
    public DocumentShape {
        timestampFields = List.copyOf(timestampFields);
        headerFields = Map.copyOf(headerFields);
    }

    boolean hasHeaders() {
        return allHeaders || !headerFields.isEmpty();
    }
}
