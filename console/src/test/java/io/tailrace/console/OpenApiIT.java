package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tailrace.console.Client.Answer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The document says what the server does: the same routes, and answers of the shapes that it names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiIT {
    private static final Map<String, Object> LIST =
            Map.of("text", "[{\"path\":\"/var/log/a\",\"topic\":\"a\",\"service\":\"s\"}]");
    private static final String KEY = "/logagent/web1/logconfig";

    private Fixture fixture;
    private Console console;
    private Client client;
    private JsonNode document;
    private final Set<String> asked = new LinkedHashSet<>();

    @BeforeAll
    void start() throws Exception {
        fixture = new Fixture();
        fixture.etcdctl("/tailrace/status/web1/logs", Statuses.connector("web1", "10.0.0.1", KEY, 0));
        fixture.etcdctl("/tailrace/status/web1/logs/task-0", Statuses.task(0, 3));
        console = fixture.console();
        client = new Client(console.port()).open();
        document = client.get("/openapi.json").json();
        Fixture.awaitHosts(client, 1);
    }

    @AfterAll
    void stop() {
        console.close();
        fixture.close();
    }

    @Test
    void everyRouteIsInTheDocumentAndEveryPathOfItIsARoute() {
        Set<String> routes = console.routes().stream()
                .map(route ->
                        route.method() + " " + route.path().replace('<', '{').replace('>', '}'))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(documented).isEqualTo(routes);
    }

    /** All of them, so that none is documented in another shape than it has. */
    @Test
    void everyAnswerFitsItsSchema() {
        check("GET", "/session", "/session", null);
        check("GET", "/console", "/console", null);
        check("GET", "/entries-schema", "/entries-schema", null);
        check("GET", "/openapi.json", "/openapi.json", null);
        check("PUT", "/entries/{key}", "/entries" + KEY, LIST, "If-None-Match", "*");
        Answer read = check("GET", "/entries/{key}", "/entries" + KEY, null);
        check("PUT", "/entries/{key}", "/entries" + KEY, Map.of("text", "[]"), "If-None-Match", "*");
        check("PUT", "/entries/{key}", "/entries" + KEY, Map.of("text", "[{}]"), "If-None-Match", "*");
        check("PUT", "/entries/{key}", "/entries" + KEY, LIST);
        check("GET", "/entries/{key}", "/entries/logagent/nobody/logconfig", null);
        check("POST", "/validate", "/validate", Map.of("key", KEY, "text", "[{}]"));
        check(
                "POST",
                "/validate",
                "/validate",
                Map.of("key", KEY, "text", "[{\"path\":\"/var/log/a\",\"topic\":\"b\"}]"));
        check("PUT", "/labels/{name}", "/labels/web", Map.of("hosts", List.of("web1", "web2")));
        check("GET", "/labels/{name}", "/labels/web", null);
        check("GET", "/labels", "/labels", null);
        Map<String, Object> order = Map.of(
                "request_id",
                "one",
                "service",
                "x",
                "label",
                "web",
                "entries",
                List.of(Map.of("path", "/var/log/x", "topic", "x")));
        check("POST", "/services", "/services", order);
        check("GET", "/services/requests/{id}", "/services/requests/one", null);
        Fixture.await(() -> !client.get("/services/x").json().path("keys_list").isEmpty());
        check("GET", "/services", "/services", null);
        check("GET", "/services/{name}", "/services/x", null);
        check("GET", "/keys", "/keys", null);
        check("GET", "/hosts", "/hosts", null);
        check("GET", "/hosts", "/hosts?state=odd", null);
        check("GET", "/hosts/{id}", "/hosts/web1", null);
        check("DELETE", "/hosts/{id}", "/hosts/web1", null);
        check("GET", "/history", "/history", null);
        JsonNode history =
                check("GET", "/history/{key}", "/history" + KEY, null).json();
        String version = history.path("versions").path(1).path("version").asText();
        check("GET", "/history/{key}", "/history" + KEY + "?version=" + version, null);
        String tag = '"' + history.path("revision").asText() + '"';
        assertThat(read.status()).isEqualTo(200);
        Answer back = check("POST", "/rollback", "/rollback", Map.of("key", KEY, "version", version), "If-Match", tag);
        check("DELETE", "/entries/{key}", "/entries" + KEY, null, "If-Match", back.header("etag"));
        check("DELETE", "/labels/{name}", "/labels/web", null);
        check("POST", "/search", "/search", Map.of());
        check("POST", "/search/tail", "/search/tail", Map.of());
        check("GET", "/search/documents", "/search/documents?index=a&id=b", null);
        check("POST", "/login", "/login", Map.of("user", "a", "password", "b"));
        check("POST", "/logout", "/logout", null);
        Set<String> all = console.routes().stream()
                .map(route ->
                        route.method() + " " + route.path().replace('<', '{').replace('>', '}'))
                .collect(Collectors.toSet());
        assertThat(asked).containsExactlyInAnyOrderElementsOf(all);
    }

    private Answer check(String method, String path, String url, Object body, String... headers) {
        asked.add(method + " " + path);
        Answer answer = client.send(method, url, body, headers);
        assertThat(answer.status()).as("%s %s: %s", method, url, answer.text()).isNotIn(500, 401, 403);
        JsonNode responses = document.path("paths")
                .path(path)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses");
        String status = Integer.toString(answer.status());
        if (answer.status() < 300) {
            assertThat(responses.has(status))
                    .as("%s %s answers %s", method, url, status)
                    .isTrue();
        }
        JsonNode content =
                responses.path(answer.status() < 300 ? status : "default").path("content");
        String type = answer.status() < 300 ? "application/json" : "application/problem+json";
        if (content.isMissingNode()) {
            assertThat(answer.text()).isEmpty();
            return answer;
        }
        assertThat(answer.header("content-type")).startsWith(type);
        assertThat(schema(content.path(type).path("schema")).validate(answer.json()))
                .as("%s %s: %s", method, url, answer.text())
                .isEmpty();
        return answer;
    }

    private JsonSchema schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }
}
