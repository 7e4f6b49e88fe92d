package io.tailrace.console.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.http.Json;
import io.tailrace.console.store.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How far a request has got. It is written in the same transaction as each of its parts, so that it is never wrong.
 *
 * @param hash of the request
 * @param atomic whether it is done in one transaction
 * @param changed hosts whose list was changed
 * @param unchanged hosts whose list was right already
 * @param remaining hosts that are yet to be done
 * @param revision of the last part; 0 before the first
 * @param keys what was written where
 */
record Progress(
        String hash,
        boolean atomic,
        List<String> changed,
        List<String> unchanged,
        List<String> remaining,
        long revision,
        List<Written> keys) {

    /** A host's key. */
    record Written(String host, String key, long revision) {}

    /** The same after a part. The revision of that part isn't known before it is written. */
    Progress plus(List<Written> done) {
        List<String> hosts = done.stream().map(Written::host).toList();
        List<String> allChanged = new ArrayList<>(changed);
        allChanged.addAll(hosts);
        List<String> left = new ArrayList<>(remaining);
        left.removeAll(new HashSet<>(hosts));
        List<Written> all = new ArrayList<>(keys);
        all.addAll(done);
        return new Progress(hash, atomic, allChanged, unchanged, left, revision, all);
    }

    /** The same with the revision of its last part, which is that of the progress itself. */
    Progress at(long written) {
        List<Written> known = keys.stream()
                .map(key -> key.revision() == 0 ? new Written(key.host(), key.key(), written) : key)
                .toList();
        return new Progress(hash, atomic, changed, unchanged, remaining, changed.isEmpty() ? 0 : written, known);
    }

    /** The same after hosts were found to have what they should have. */
    Progress unchanged(List<String> hosts) {
        List<String> all = new ArrayList<>(unchanged);
        all.addAll(hosts);
        List<String> left = new ArrayList<>(remaining);
        left.removeAll(new HashSet<>(hosts));
        return new Progress(hash, atomic, changed, all, left, revision, keys);
    }

    ObjectNode told(String id, boolean dryRun) {
        String state = dryRun ? "dry_run" : remaining.isEmpty() ? "done" : "partial";
        ObjectNode node =
                Json.object().put("request_id", id).put("state", state).put("atomic", atomic);
        node.put("hosts_total", changed.size() + unchanged.size() + remaining.size());
        node.set("changed", Json.texts(changed));
        node.set("unchanged", Json.texts(unchanged));
        node.set("remaining", Json.texts(remaining));
        node.put("revision", revision);
        ArrayNode written = node.putArray("keys");
        keys.forEach(key -> written.addObject()
                .put("host", key.host())
                .put("key", key.key())
                .put("revision", key.revision()));
        return node;
    }

    String kept() {
        ObjectNode node = told("", false);
        node.remove(List.of("request_id", "state", "hosts_total"));
        return node.put("hash", hash).toString();
    }

    /** Empty for what isn't one. */
    static Optional<Progress> read(Item item) {
        try {
            JsonNode node = Json.read(item.text().orElse(""));
            List<Written> keys = new ArrayList<>();
            node.path("keys")
                    .forEach(key -> keys.add(new Written(
                            key.path("host").asText(),
                            key.path("key").asText(),
                            key.path("revision").asLong())));
            Progress progress = new Progress(
                    node.path("hash").asText(),
                    node.path("atomic").asBoolean(),
                    texts(node.path("changed")),
                    texts(node.path("unchanged")),
                    texts(node.path("remaining")),
                    node.path("revision").asLong(),
                    keys);
            return Optional.of(progress.at(item.revision()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
