package io.tailrace.console.hosts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.console.http.Json;
import io.tailrace.console.store.Item;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A host that has reported at some time, as it is remembered in etcd.
 *
 * @param facts what is known of it
 * @param firstSeen when it was first seen
 * @param lastSeen when it was last seen, or later by an hour at most while it reports
 */
record SeenHost(HostFacts facts, Instant firstSeen, Instant lastSeen) {
    private static final int MAX_ADDRESSES = 100;

    String json() {
        ObjectNode node = Json.object().put("id", facts.hostId()).put("name", facts.hostname());
        node.set("addresses", Json.texts(facts.addresses()));
        return node.put("first_seen", firstSeen.toString())
                .put("last_seen", lastSeen.toString())
                .toString();
    }

    /** Empty for what isn't one. */
    static Optional<SeenHost> read(Item item) {
        try {
            JsonNode node = Json.read(item.text().orElse(""));
            List<String> addresses = new ArrayList<>();
            for (JsonNode address : node.path("addresses")) {
                if (addresses.size() < MAX_ADDRESSES) {
                    addresses.add(address.asText());
                }
            }
            HostFacts facts =
                    new HostFacts(node.path("id").asText(), node.path("name").asText(), addresses);
            return Optional.of(new SeenHost(
                    facts,
                    Instant.parse(node.path("first_seen").asText()),
                    Instant.parse(node.path("last_seen").asText())));
        } catch (JsonProcessingException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
