package io.tailrace.console.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Requests for Elasticsearch, each with limits of its own. */
final class SearchBody {
    static final String SERVICE = "service-";
    static final String HOST = "host-";
    static final String LEVEL = "level-";

    private static final int BUCKETS = 60;
    private static final int MAX_VALUES = 50;
    private static final int MAX_COUNTED = 10_000;
    /** Of a shard, for what is only counted: beyond that, proportions are known well enough. */
    private static final int TERMINATE_AFTER = 5_000_000;

    private static final List<Long> STEPS_MILLIS = List.of(
            100L,
            1_000L,
            5_000L,
            15_000L,
            60_000L,
            300_000L,
            900_000L,
            3_600_000L,
            10_800_000L,
            43_200_000L,
            86_400_000L);

    private final Query query;
    private final FieldNames fields;
    private final Duration timeout;

    SearchBody(Query query, FieldNames fields, Duration timeout) {
        this.query = query;
        this.fields = fields;
        this.timeout = timeout;
    }

    /** The documents of a page; one more than wanted tells whether there is another. */
    ObjectNode page(int size, boolean descending, Optional<ArrayNode> after) {
        ObjectNode body = limited().put("size", size + 1).put("track_total_hits", MAX_COUNTED);
        body.set("_source", Json.texts(Hits.FIELDS));
        ArrayNode sort = body.putArray("sort");
        String order = descending ? "desc" : "asc";
        sort.addObject()
                .putObject("@timestamp")
                .put("order", order)
                .put("unmapped_type", "date")
                .put("numeric_type", "date");
        // Of documents of one time it tells those of a shard apart, and with the index mostly all.
        sort.addObject().putObject("_seq_no").put("order", order).put("unmapped_type", "long");
        sort.addObject().put("_index", order);
        after.ifPresent(values -> body.set("search_after", values));
        return body;
    }

    /** Counts: over time, and by values. */
    ObjectNode counts(boolean histogram, boolean facets) {
        ObjectNode body =
                limited().put("size", 0).put("track_total_hits", false).put("terminate_after", TERMINATE_AFTER);
        ObjectNode aggregations = body.putObject("aggs");
        if (histogram) {
            ObjectNode buckets = aggregations.putObject("time").putObject("date_histogram");
            buckets.put("field", "@timestamp")
                    .put("fixed_interval", intervalMillis() + "ms")
                    .put("min_doc_count", 0);
            buckets.putObject("extended_bounds")
                    .put("min", query.from().toEpochMilli())
                    .put("max", query.to().toEpochMilli() - 1);
        }
        if (facets) {
            values(aggregations, SERVICE, fields.service());
            values(aggregations, HOST, fields.host());
            values(aggregations, LEVEL, fields.level());
        }
        return body;
    }

    private static void values(ObjectNode aggregations, String prefix, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            aggregations
                    .putObject(prefix + i)
                    .putObject("terms")
                    .put("field", names.get(i))
                    .put("size", MAX_VALUES);
        }
    }

    /** So that there are about sixty buckets, of a length that people can read. */
    long intervalMillis() {
        long wanted = Duration.between(query.from(), query.to()).toMillis() / BUCKETS;
        long step =
                STEPS_MILLIS.stream().filter(one -> one >= wanted).findFirst().orElse(0L);
        long day = STEPS_MILLIS.get(STEPS_MILLIS.size() - 1);
        return step > 0 ? step : (wanted / day + 1) * day;
    }

    private ObjectNode limited() {
        ObjectNode body = Json.object().put("timeout", timeout.toMillis() + "ms");
        body.set("query", query.json(fields));
        return body;
    }
}
