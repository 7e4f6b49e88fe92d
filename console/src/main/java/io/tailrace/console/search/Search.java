package io.tailrace.console.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for documents. */
final class Search {
    private static final Duration FIELDS_KNOWN_FOR = Duration.ofSeconds(60);
    /** What comes late to Elasticsearch is seen as long as it isn't later than that. */
    private static final Duration TAIL_WINDOW = Duration.ofSeconds(30);

    private static final Duration FIRST_TAIL = Duration.ofSeconds(10);
    /** Clocks of hosts may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private static final int MAX_SEEN = 1_000;
    private static final String LENIENT = "?ignore_unavailable=true&allow_no_indices=true";

    private final SearchServer server;
    private final String index;
    private final Duration timeout;
    private final int maxHits;
    private volatile Known known;

    private record Known(FieldNames fields, Instant at) {}

    /** How a page is wanted. */
    record Wanted(int size, boolean descending, Optional<ArrayNode> after, boolean histogram, boolean facets) {}

    Search(SearchServer server, String index, Duration timeout, int maxHits) {
        this.server = server;
        this.index = index;
        this.timeout = timeout;
        this.maxHits = maxHits;
    }

    int maxHits() {
        return maxHits;
    }

    ObjectNode find(Query query, Wanted wanted, Instant now) throws InterruptedException {
        FieldNames fields = fields(now);
        SearchBody body = new SearchBody(query, fields, timeout);
        JsonNode page = ask(body.page(wanted.size(), wanted.descending(), wanted.after()));
        boolean counting = wanted.histogram() || wanted.facets();
        JsonNode counts = counting ? ask(body.counts(wanted.histogram(), wanted.facets())) : MissingNode.getInstance();
        List<String> reasons = new ArrayList<>(reasons(page));
        reasons.addAll(reasons(counts));
        ObjectNode found = Json.object()
                .put("took_ms", page.path("took").asLong() + counts.path("took").asLong())
                .put("partial", !reasons.isEmpty())
                .put("reason", String.join("; ", new HashSet<>(reasons)))
                .put("from", query.from().toString())
                .put("to", query.to().toString());
        JsonNode total = page.path("hits").path("total");
        found.putObject("total")
                .put("value", total.path("value").asLong())
                .put("relation", total.path("relation").asText("eq"));
        page(page.path("hits").path("hits"), wanted.size(), found);
        found.set("histogram", Hits.histogram(counts.path("aggregations").path("time"), body.intervalMillis()));
        found.set("facets", wanted.facets() ? facets(counts.path("aggregations"), fields) : NullNode.instance);
        return found;
    }

    private static ObjectNode facets(JsonNode aggregations, FieldNames fields) {
        ObjectNode facets = Json.object();
        facets.set("service", Hits.values(aggregations, fields.service(), SearchBody.SERVICE));
        facets.set("host", Hits.values(aggregations, fields.host(), SearchBody.HOST));
        facets.set("level", Hits.values(aggregations, fields.level(), SearchBody.LEVEL));
        return facets;
    }

    /** Documents that sort alike stay together on a page: of those that end it and go on behind it, none is on it. */
    private static void page(JsonNode hits, int size, ObjectNode found) {
        int count = Math.min(size, hits.size());
        boolean more = hits.size() > size;
        int end = count;
        while (more
                && end > 1
                && hits.path(end - 1).path("sort").equals(hits.path(count).path("sort"))) {
            end--;
        }
        ArrayNode told = found.putArray("hits");
        for (int i = 0; i < end; i++) {
            told.add(Hits.told(hits.path(i)));
        }
        found.put("cursor", more ? Cursor.text(hits.path(end - 1).path("sort")) : null);
    }

    private static List<String> reasons(JsonNode answer) {
        List<String> reasons = new ArrayList<>();
        if (answer.path("timed_out").asBoolean()) {
            reasons.add("the search took too long and was ended");
        }
        if (answer.path("terminated_early").asBoolean()) {
            reasons.add("there was too much to be counted");
        }
        int failed = answer.path("_shards").path("failed").asInt();
        if (failed > 0) {
            JsonNode why = answer.path("_shards")
                    .path("failures")
                    .path(0)
                    .path("reason")
                    .path("reason");
            reasons.add(failed + " shards failed: " + why.asText("no reason given"));
        }
        return reasons;
    }

    /** What has come since the last call; the cursor says what was told of the newest half minute. */
    ObjectNode tail(Query query, Optional<ObjectNode> cursor, Instant now) throws InterruptedException {
        Instant from = cursor.isPresent() ? now.minus(TAIL_WINDOW) : now.minus(FIRST_TAIL);
        Query window = new Query(query.text(), from, now.plus(AHEAD), query.services(), query.hosts(), query.levels());
        JsonNode page = ask(new SearchBody(window, fields(now), timeout).page(maxHits, true, Optional.empty()));
        Set<String> seen = new HashSet<>();
        cursor.ifPresent(state -> state.path("seen").forEach(id -> seen.add(id.asText())));
        JsonNode hits = page.path("hits").path("hits");
        int count = Math.min(maxHits, hits.size());
        ArrayNode fresh = Json.array();
        ObjectNode next = Json.object();
        ArrayNode told = next.putArray("seen");
        for (int i = count - 1; i >= 0; i--) {
            String id = name(hits.path(i));
            if (!seen.contains(id)) {
                fresh.add(Hits.told(hits.path(i)));
            }
            if (told.size() < MAX_SEEN) {
                told.add(id);
            }
        }
        ObjectNode body = Json.object();
        body.set("hits", fresh);
        return body.put("cursor", Cursor.text(next)).put("truncated", hits.size() > maxHits && fresh.size() == count);
    }

    /** Short, and mostly another one for another document. */
    private static String name(JsonNode hit) {
        long hash = 1125899906842597L;
        String whole = hit.path("_index").asText() + "/" + hit.path("_id").asText();
        for (int i = 0; i < whole.length(); i++) {
            hash = 31 * hash + whole.charAt(i);
        }
        return Long.toString(hash, Character.MAX_RADIX);
    }

    ObjectNode document(String inIndex, String id) throws InterruptedException {
        boolean odd =
                !inIndex.matches("[^\\\\/*?\"<>| ,#:]{1,255}") || inIndex.startsWith(".") || inIndex.startsWith("_");
        if (odd) {
            throw Problem.badRequest("index", inIndex, "is no name of a single index that is searched");
        }
        // By a search of what may be searched, so that no other index can be looked into.
        ObjectNode query = Json.object().put("size", 1).put("timeout", timeout.toMillis() + "ms");
        ArrayNode filter = query.putObject("query").putObject("bool").putArray("filter");
        filter.addObject().putObject("ids").putArray("values").add(id);
        filter.addObject().putObject("term").put("_index", inIndex);
        JsonNode hit = ask(query).path("hits").path("hits").path(0);
        if (hit.isMissingNode()) {
            throw Problem.notFound("There is no document " + id + " in " + inIndex);
        }
        ObjectNode body = Json.object()
                .put("index", hit.path("_index").asText())
                .put("id", hit.path("_id").asText());
        body.set("source", hit.path("_source"));
        return body;
    }

    private JsonNode ask(ObjectNode body) throws InterruptedException {
        return server.ask("POST", "/" + encoded(index) + "/_search" + LENIENT, body);
    }

    private FieldNames fields(Instant now) throws InterruptedException {
        Known before = known;
        if (before != null
                && Duration.between(before.at(), now).abs().compareTo(FIELDS_KNOWN_FOR) < 0
                && !before.fields().host().isEmpty()) {
            return before.fields();
        }
        FieldNames fields = FieldNames.of(server.ask(
                "GET",
                "/" + encoded(index) + "/_field_caps" + LENIENT + "&fields=" + encoded(FieldNames.asked()),
                null));
        known = new Known(fields, now);
        return fields;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
