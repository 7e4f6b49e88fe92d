package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.console.Client.Answer;
import io.tailrace.servers.Elasticsearch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Documents are found, counted and followed, on a real Elasticsearch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchIT {
    private static final String MARKUP = "<script>alert(1)</script>\u001b[31m red";
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private Fixture fixture;
    private Elasticsearch elasticsearch;
    private Console console;
    private Client client;

    @BeforeAll
    void start() {
        fixture = new Fixture();
        elasticsearch = Elasticsearch.create();
        elasticsearch.start();
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            // Many of one time, so that pages have to part them.
            Instant time = START.plusSeconds(i / 50);
            document(
                    bulk,
                    "nginx_log",
                    "d" + i,
                    time,
                    "request " + i + (i == 7 ? " timeout upstream" : ""),
                    "web" + i % 3,
                    "nginx");
        }
        document(bulk, "app_log", "markup", START.plusSeconds(30), MARKUP, "web9", "app");
        document(bulk, "secret", "s", START, "nobody may see this", "web9", "secret");
        elasticsearch.request("POST", "/_bulk?refresh=true", bulk.toString());
        console = fixture.console(
                "elasticsearch.connection.url", elasticsearch.url().toString(), "search.index", "*_log");
        client = new Client(console.port()).open();
    }

    @AfterAll
    void stop() {
        console.close();
        elasticsearch.close();
        fixture.close();
    }

    private static void document(
            StringBuilder bulk, String index, String id, Instant time, String message, String host, String service) {
        String text = message.replace("\u001b", "\\u001b");
        bulk.append("{\"create\":{\"_index\":\"" + index + "\",\"_id\":\"" + id + "\"}}\n");
        bulk.append("{\"@timestamp\":\"" + time + "\",\"message\":\"" + text + "\",\"host.name\":\"" + host
                + "\",\"service\":{\"name\":\"" + service + "\"},\"log.file.path\":\"/var/log/x.log\"}\n");
    }

    private static Map<String, Object> query(Object... more) {
        Map<String, Object> query = new HashMap<>(Map.of(
                "from", START.toString(), "to", START.plus(1, ChronoUnit.HOURS).toString()));
        for (int i = 0; i < more.length; i += 2) {
            query.put((String) more[i], more[i + 1]);
        }
        return query;
    }

    private JsonNode find(Object... more) {
        Answer answer = client.send("POST", "/search", query(more));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void wordsServicesAndHostsNarrowASearch() {
        JsonNode found = find("query", "upstream timeout");
        assertThat(found.path("hits").findValuesAsText("id")).containsExactly("d7");
        JsonNode hit = found.path("hits").path(0);
        assertThat(hit.path("host").asText()).isEqualTo("web1");
        assertThat(hit.path("service").asText()).isEqualTo("nginx");
        assertThat(hit.path("path").asText()).isEqualTo("/var/log/x.log");
        assertThat(find("service", List.of("nginx")).path("total").path("value").asInt())
                .isEqualTo(300);
        assertThat(find("service", List.of("nginx"), "host", List.of("web1"))
                        .path("total")
                        .path("value")
                        .asInt())
                .isEqualTo(100);
        assertThat(find("level", List.of("ERROR")).path("hits")).isEmpty();
        assertThat(find("query", "no AND such OR (\"").path("partial").asBoolean())
                .isFalse();
    }

    @Test
    void pagesFollowEachOtherWithoutLossOrRepetition() {
        for (String order : List.of("asc", "desc")) {
            Set<String> ids = new HashSet<>();
            String cursor = null;
            int told = 0;
            do {
                JsonNode page = find("service", List.of("nginx"), "size", 7, "cursor", cursor, "order", order);
                page.path("hits").findValuesAsText("id").forEach(ids::add);
                told += page.path("hits").size();
                cursor = page.path("cursor").textValue();
            } while (cursor != null);
            assertThat(ids).hasSize(300);
            assertThat(told).isEqualTo(300);
        }
    }

    @Test
    void documentsAreCountedOverTimeAndByValue() {
        JsonNode found = find("histogram", true, "facets", true);
        JsonNode buckets = found.path("histogram").path("buckets");
        assertThat(buckets.size()).isBetween(30, 130);
        int count = 0;
        for (JsonNode bucket : buckets) {
            count += bucket.path("count").asInt();
        }
        assertThat(count).isEqualTo(301);
        assertThat(found.path("facets").path("service").findValuesAsText("value"))
                .containsExactly("nginx", "app");
        assertThat(found.path("facets").path("host").findValuesAsText("value")).hasSize(4);
    }

    @Test
    void markupInLinesIsText() {
        Answer answer = client.send("POST", "/search", query("host", List.of("web9")));
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().path("hits").path(0).path("message").asText()).isEqualTo(MARKUP);
        Answer whole = client.get("/search/documents?index=app_log&id=markup");
        assertThat(whole.json().path("source").path("message").asText()).isEqualTo(MARKUP);
    }

    @Test
    void onlyWhatMayBeSearchedIsLookedInto() {
        assertThat(find().path("hits").findValuesAsText("index")).doesNotContain("secret");
        assertThat(client.get("/search/documents?index=secret&id=s").status()).isEqualTo(404);
        assertThat(client.get("/search/documents?index=nginx_log&id=markup").status())
                .isEqualTo(404);
        for (String index : List.of("*", "app_log,secret", ".security", "_all", "..%2f_cluster")) {
            assertThat(client.get("/search/documents?id=s&index=" + index).status())
                    .isBetween(400, 404);
        }
        assertThat(client.send("POST", "/search", query("cursor", "xx")).status())
                .isEqualTo(400);
        assertThat(client.send("POST", "/search", query("size", 100_000)).status())
                .isEqualTo(400);
    }

    @Test
    void whatComesIsToldOnceAlsoIfItComesLate() {
        Map<String, Object> tail = new HashMap<>(Map.of("service", List.of("live")));
        JsonNode first = client.send("POST", "/search/tail", tail).json();
        assertThat(first.path("hits")).isEmpty();
        tail.put("cursor", first.path("cursor").asText());
        add("live1", Instant.now());
        JsonNode second = client.send("POST", "/search/tail", tail).json();
        assertThat(second.path("hits").findValuesAsText("id")).containsExactly("live1");
        tail.put("cursor", second.path("cursor").asText());
        // It is older than what was told, and comes later.
        add("live0", Instant.now().minusSeconds(5));
        JsonNode third = client.send("POST", "/search/tail", tail).json();
        assertThat(third.path("hits").findValuesAsText("id")).containsExactly("live0");
        tail.put("cursor", third.path("cursor").asText());
        assertThat(client.send("POST", "/search/tail", tail).json().path("hits"))
                .isEmpty();
    }

    private void add(String id, Instant time) {
        StringBuilder bulk = new StringBuilder();
        document(bulk, "live_log", id, time, "line", "web1", "live");
        elasticsearch.request("POST", "/_bulk?refresh=true", bulk.toString());
    }

    @Test
    void aServerThatIsAwayIsNamedWithoutItsPassword() {
        try (Console alone = fixture.console(
                "elasticsearch.connection.url", "http://127.0.0.1:1",
                "elasticsearch.connection.username", "reader",
                "elasticsearch.connection.password", "reader-secret")) {
            Answer answer = new Client(alone.port()).open().send("POST", "/search", Map.of());
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.type()).isEqualTo("search-unavailable");
            assertThat(answer.text()).doesNotContain("reader-secret");
        }
    }
}
