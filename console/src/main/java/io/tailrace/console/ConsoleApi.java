package io.tailrace.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.EntrySchema;
import io.tailrace.console.auth.Role;
import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.console.hosts.Fleet;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** What the console says of itself. */
final class ConsoleApi {
    private static final String DOCUMENT = "/openapi.json";
    private static final String RESOURCE = "openapi.json";

    private final ConsoleConfig config;
    private final Supplier<Fleet> fleet;
    private final JsonNode document = document();

    ConsoleApi(ConsoleConfig config, Supplier<Fleet> fleet) {
        this.config = config;
        this.fleet = fleet;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/console", Role.VIEWER, this::console),
                new Route("GET", "/entries-schema", Role.VIEWER, this::schema),
                new Route("GET", DOCUMENT, Role.NOBODY, request -> Reply.ok(document)));
    }

    private Reply console(Request request) {
        Fleet now = fleet.get();
        ObjectNode body = Json.object().put("version", Version.get());
        body.set("entries_paths", Json.texts(config.entriesPaths()));
        body.set("allowed_paths", Json.texts(config.allowedPaths()));
        body.put("allowed_topics", config.allowedTopics())
                .put("host_template", config.hostTemplate().orElse(null));
        body.putObject("search")
                .put("configured", config.elasticsearch().isPresent())
                .put("index", config.searchIndex())
                .put("hits_max", config.searchHitsMax());
        body.putObject("store")
                .put("reachable", now.trouble().isEmpty())
                .put("error", now.trouble().orElse(null))
                .put("revision", now.revision())
                .put("read", now.read().toString());
        body.putObject("limits")
                .put("body_bytes", Console.MAX_BODY_BYTES)
                .put("list_entries", EntriesJson.MAX_ENTRIES)
                .put("history_versions", config.historyVersionsMax())
                .put("hosts", config.hostsMax());
        return Reply.ok(body);
    }

    private Reply schema(Request request) throws JsonProcessingException {
        return Reply.ok(Json.read(EntrySchema.json()));
    }

    private static JsonNode document() {
        try (InputStream in = ConsoleApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
