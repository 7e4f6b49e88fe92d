package io.tailrace.console.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.http.Fields;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for.
 *
 * @param text words, as people write them; empty for all
 * @param from of documents that are as old as this, or younger
 * @param to and older than this
 * @param services of one of these; all if there are none
 * @param hosts of one of these; all if there are none
 * @param levels of one of these; all if there are none
 */
record Query(String text, Instant from, Instant to, List<String> services, List<String> hosts, List<String> levels) {
    private static final int MAX_TEXT_CHARS = 1_000;
    private static final int MAX_VALUES = 50;
    private static final int MAX_VALUE_CHARS = 500;
    private static final Duration USUAL = Duration.ofMinutes(15);

    static Query of(Fields body, Instant now) {
        Instant to = time(body, "to").orElse(now);
        Instant from = time(body, "from").orElse(to.minus(USUAL));
        if (!from.isBefore(to)) {
            throw Problem.badRequest("from", from.toString(), "must be before to, " + to);
        }
        return between(body, from, to);
    }

    static Query between(Fields body, Instant from, Instant to) {
        return new Query(
                body.text("query", MAX_TEXT_CHARS).orElse(""),
                from,
                to,
                body.texts("service", MAX_VALUES, MAX_VALUE_CHARS),
                body.texts("host", MAX_VALUES, MAX_VALUE_CHARS),
                body.texts("level", MAX_VALUES, MAX_VALUE_CHARS));
    }

    private static Optional<Instant> time(Fields body, String name) {
        return body.text(name, 40).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw Problem.badRequest(name, text, "must be a time such as 2026-01-31T12:00:00Z");
            }
        });
    }

    /** As Elasticsearch takes it. */
    ObjectNode json(FieldNames fields) {
        ObjectNode node = Json.object();
        ArrayNode filter = node.putObject("bool").putArray("filter");
        filter.addObject()
                .putObject("range")
                .putObject("@timestamp")
                .put("gte", from.toString())
                .put("lt", to.toString())
                .put("format", "strict_date_optional_time");
        if (!text.isBlank()) {
            filter.addObject()
                    .putObject("simple_query_string")
                    .put("query", text)
                    .put("default_operator", "and")
                    .put("lenient", true);
        }
        oneOf(filter, services, fields.service());
        oneOf(filter, hosts, fields.host());
        oneOf(filter, levels, fields.level());
        return node;
    }

    private static void oneOf(ArrayNode filter, List<String> values, List<String> names) {
        if (values.isEmpty()) {
            return;
        }
        // Of no field of that kind nothing can be found.
        ObjectNode any = filter.addObject().putObject("bool").put("minimum_should_match", 1);
        ArrayNode should = any.putArray("should");
        for (String name : names) {
            should.addObject().putObject("terms").set(name, Json.texts(values));
        }
        if (names.isEmpty()) {
            should.addObject().putObject("match_none");
        }
    }
}
