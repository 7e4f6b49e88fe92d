package io.tailrace.console.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tailrace.console.entries.EntriesApi;
import io.tailrace.console.hosts.Labels;
import io.tailrace.console.http.Fields;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What is asked for.
 *
 * @param id tells a repeated request from another one
 * @param service the service's name
 * @param entries its entries; none takes the service away
 * @param hosts ids of hosts, sorted; empty if there is a label
 * @param label the name of a label
 * @param comment why, perhaps empty
 * @param dryRun whether nothing is to be written
 */
record Order(
        String id,
        String service,
        ArrayNode entries,
        List<String> hosts,
        Optional<String> label,
        String comment,
        boolean dryRun) {
    private static final int MAX_SERVICE_CHARS = 250;
    private static final int MAX_ENTRIES = 1_000;

    static Order of(Fields body) {
        body.only("request_id", "service", "entries", "hosts", "label", "comment", "dry_run");
        String id =
                body.text("request_id", 100).orElseGet(() -> UUID.randomUUID().toString());
        if (!isId(id)) {
            throw Problem.badRequest("request_id", id, "has 1 to 100 letters, digits, '.', '_' and '-'");
        }
        String service = body.required("service", MAX_SERVICE_CHARS);
        Optional<String> label = body.text("label", 100);
        boolean hosts = body.array("hosts").isPresent();
        if (hosts == label.isPresent()) {
            throw Problem.badRequest("hosts", "", "exactly one of hosts and label must be there");
        }
        List<String> ids = List.copyOf(new TreeSet<>(body.texts("hosts", Labels.MAX_HOSTS, Labels.MAX_ID_CHARS)));
        if (hosts && ids.isEmpty()) {
            throw Problem.badRequest("hosts", "[]", "names no host");
        }
        return new Order(
                id,
                service,
                entries(body, service),
                ids,
                label,
                body.text("comment", EntriesApi.MAX_COMMENT_CHARS).orElse(""),
                body.bool("dry_run", false));
    }

    static boolean isId(String text) {
        return text.matches("[A-Za-z0-9._-]{1,100}");
    }

    private static ArrayNode entries(Fields body, String service) {
        ArrayNode entries = body.array("entries").orElseThrow(() -> Problem.badRequest("entries", "", "is missing"));
        if (entries.size() > MAX_ENTRIES) {
            throw Problem.badRequest("entries", "", "has more than " + MAX_ENTRIES + " elements");
        }
        for (JsonNode entry : entries) {
            if (!entry.isObject()) {
                throw Problem.badRequest("entries", entry.toString(), "must be objects with an entry's fields");
            }
            if (entry.has("service") && !entry.path("service").asText("").equals(service)) {
                throw Problem.badRequest(
                        "entries.service",
                        entry.path("service").toString(),
                        "is another service than \"" + service + '"');
            }
        }
        return entries;
    }

    /** Another one for another request, whatever its id. */
    String hash() {
        String all = Json.array()
                .add(service)
                .add(entries)
                .add(Json.texts(hosts))
                .add(label.orElse(""))
                .toString();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
