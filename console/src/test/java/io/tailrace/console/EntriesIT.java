package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.console.Client.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys are read, changed and gone back to, each time together with their history, on an etcd that demands credentials. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntriesIT {
    private static final String GOOD = "[{\"path\":\"/var/log/a.log\",\"topic\":\"a_log\"}]";
    private static final String OTHER = "[{\"path\":\"/var/log/b.log\",\"topic\":\"b_log\",\"send_rate\":10}]";

    private Fixture fixture;
    private Console console;
    private Client client;

    @BeforeAll
    void start() {
        fixture = new Fixture();
        console = fixture.console("history.versions.max", "5");
        client = new Client(console.port()).open();
    }

    @AfterAll
    void stop() {
        console.close();
        fixture.close();
    }

    private static String at(String host) {
        return "/entries/logagent/" + host + "/logconfig";
    }

    private Answer make(String host, String text) {
        return client.send("PUT", at(host), Map.of("text", text, "comment", "first"), "If-None-Match", "*");
    }

    @Test
    void aKeyIsMadeReadChangedAndDeleted() {
        assertThat(client.get(at("one")).status()).isEqualTo(404);
        Answer made = make("one", GOOD);
        assertThat(made.status()).isEqualTo(201);
        String tag = made.header("etag");
        Answer read = client.get(at("one"));
        assertThat(read.header("etag")).isEqualTo(tag).matches("\"[0-9]+\"");
        assertThat(read.json().path("text").asText()).isEqualTo(GOOD);
        assertThat(read.json().path("author").asText()).isEqualTo("local");
        assertThat(read.json().path("comment").asText()).isEqualTo("first");
        Answer changed = client.send("PUT", at("one"), Map.of("text", OTHER), "If-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("etag")).isNotEqualTo(tag);
        Answer deleted = client.send("DELETE", at("one") + "?comment=gone", null, "If-Match", changed.header("etag"));
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(client.get(at("one")).status()).isEqualTo(404);
        JsonNode history = client.get("/history/logagent/one/logconfig").json();
        assertThat(history.path("versions").findValuesAsText("action")).containsExactly("delete", "put", "put");
        assertThat(history.path("outside").asBoolean()).isFalse();
    }

    @Test
    void aChangeMustSayWhatItIsBasedOn() {
        assertThat(client.send("PUT", at("two"), Map.of("text", GOOD)).status()).isEqualTo(428);
        assertThat(client.send("PUT", at("two"), Map.of("text", GOOD), "If-Match", "W/\"1\"")
                        .status())
                .isEqualTo(400);
        assertThat(client.send("DELETE", at("two"), null).status()).isEqualTo(428);
    }

    @Test
    void aConflictShowsBothVersions() {
        String tag = make("three", GOOD).header("etag");
        Answer mine = client.send("PUT", at("three"), Map.of("text", OTHER, "comment", "mine"), "If-Match", tag);
        Answer yours = client.send("PUT", at("three"), Map.of("text", "[]"), "If-Match", tag);
        assertThat(yours.status()).isEqualTo(412);
        assertThat(yours.header("content-type")).isEqualTo("application/problem+json");
        assertThat(yours.type()).isEqualTo("conflict");
        assertThat(yours.json().path("current").path("text").asText()).isEqualTo(OTHER);
        assertThat(yours.json().path("current").path("author").asText()).isEqualTo("local");
        assertThat(yours.json().path("current").path("comment").asText()).isEqualTo("mine");
        assertThat('"' + yours.json().path("current").path("revision").asText() + '"')
                .isEqualTo(mine.header("etag"));
        assertThat(yours.json().path("yours").path("text").asText()).isEqualTo("[]");
        assertThat(make("three", GOOD).status()).isEqualTo(412);
    }

    @Test
    void aListIsRefusedByTheConnectorsRules() {
        String bad = "[{\"path\":\"/var/log/a.log\",\"topic\":\"a_log\"},"
                + "{\"path\":\"/etc/shadow\",\"topic\":\"__consumer_offsets\",\"send_rate\":\"1\"}]";
        Answer refused = make("four", bad);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.type()).isEqualTo("invalid-entries");
        assertThat(refused.json().path("problems").findValuesAsText("field"))
                .containsExactlyInAnyOrder("path", "topic", "send_rate");
        assertThat(refused.json().path("problems").findValuesAsText("entry")).containsOnly("2");
        assertThat(refused.json().path("detail").asText()).contains("entry 2");
        assertThat(client.get(at("four")).status()).isEqualTo(404);
    }

    @Test
    void onlyKeysThatAgentsReadAreTouched() {
        for (String path :
                List.of("/entries/etc/passwd", "/entries/logagent/a/b/logconfig", "/entries/tailrace/status/x")) {
            assertThat(client.send("PUT", path, Map.of("text", GOOD), "If-None-Match", "*")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatIsWrittenOutsideOfTheConsoleIsShownAsSuch() {
        make("five", GOOD);
        fixture.etcdctl("/logagent/five/logconfig", "[ ]");
        JsonNode read = client.get(at("five")).json();
        assertThat(read.path("author").isNull()).isTrue();
        JsonNode history = client.get("/history/logagent/five/logconfig").json();
        assertThat(history.path("outside").asBoolean()).isTrue();
        String tag = '"' + read.path("revision").asText() + '"';
        assertThat(client.send("PUT", at("five"), Map.of("text", OTHER), "If-Match", tag)
                        .status())
                .isEqualTo(200);
        JsonNode newest = client.get("/history/logagent/five/logconfig")
                .json()
                .path("versions")
                .path(0);
        assertThat(newest.path("outside_before").asBoolean()).isTrue();
        JsonNode version = client.get("/history/logagent/five/logconfig?version="
                        + newest.path("version").asText())
                .json();
        assertThat(version.path("before").asText()).isEqualTo("[ ]");
        assertThat(version.path("after").asText()).isEqualTo(OTHER);
        assertThat(version.path("diff").path("added").path(0).path("path").asText())
                .isEqualTo("/var/log/b.log");
    }

    @Test
    void anEarlierVersionIsGoneBackTo() {
        String tag = make("six", GOOD).header("etag");
        String changed = client.send("PUT", at("six"), Map.of("text", OTHER), "If-Match", tag)
                .header("etag");
        JsonNode versions = client.get("/history/logagent/six/logconfig").json().path("versions");
        Map<String, String> back = Map.of(
                "key",
                "/logagent/six/logconfig",
                "version",
                versions.path(1).path("version").asText(),
                "comment",
                "back");
        assertThat(client.send("POST", "/rollback", back, "If-Match", tag).status())
                .isEqualTo(412);
        assertThat(client.send("POST", "/rollback", back, "If-Match", changed).status())
                .isEqualTo(200);
        assertThat(client.get(at("six")).json().path("text").asText()).isEqualTo(GOOD);
        JsonNode newest = client.get("/history/logagent/six/logconfig")
                .json()
                .path("versions")
                .path(0);
        assertThat(newest.path("action").asText()).isEqualTo("rollback");
        assertThat(newest.path("rolled_back_to").asText()).isEqualTo(back.get("version"));
    }

    @Test
    void aVersionMoreThanAreKeptTakesTheOldestAway() {
        String tag = make("seven", GOOD).header("etag");
        for (int i = 0; i < 9; i++) {
            tag = client.send("PUT", at("seven"), Map.of("text", i % 2 == 0 ? OTHER : GOOD), "If-Match", tag)
                    .header("etag");
        }
        JsonNode versions =
                client.get("/history/logagent/seven/logconfig").json().path("versions");
        assertThat(versions).hasSize(5);
        JsonNode oldest = client.get("/history/logagent/seven/logconfig?version="
                        + versions.path(4).path("version").asText())
                .json();
        assertThat(oldest.path("before_known").asBoolean()).isFalse();
    }

    @Test
    void whatChangesNothingMakesNoVersion() {
        String tag = make("eight", GOOD).header("etag");
        Answer same = client.send("PUT", at("eight"), Map.of("text", GOOD), "If-Match", tag);
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.header("etag")).isEqualTo(tag);
        assertThat(same.json().path("changed").asBoolean()).isFalse();
        assertThat(client.get("/history/logagent/eight/logconfig").json().path("versions"))
                .hasSize(1);
    }

    /** Each client adds an entry of its own until it is taken; what was taken must be in the list and in the history, once. */
    @Test
    void ofFiftyClientsThatEditOneKeyNoneIsLost() throws Exception {
        try (Console keeping = fixture.console()) {
            Client first = new Client(keeping.port()).open();
            first.send("PUT", at("busy"), Map.of("text", "[]"), "If-None-Match", "*");
            ExecutorService pool = Executors.newFixedThreadPool(50);
            List<Callable<Long>> edits = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                edits.add(() -> add(new Client(keeping.port()).open(), number));
            }
            Set<Long> revisions = new HashSet<>();
            for (Future<Long> edit : pool.invokeAll(edits)) {
                revisions.add(edit.get());
            }
            pool.shutdown();
            JsonNode now = first.get(at("busy")).json();
            assertThat(now.path("entries").findValuesAsText("path")).hasSize(50).doesNotHaveDuplicates();
            JsonNode versions =
                    first.get("/history/logagent/busy/logconfig").json().path("versions");
            assertThat(versions).hasSize(51);
            Set<Long> told = new HashSet<>();
            versions.forEach(version -> told.add(version.path("revision").asLong()));
            assertThat(told).hasSize(51).containsAll(revisions);
            for (int i = 0; i + 1 < versions.size(); i++) {
                assertThat(versions.path(i).path("previous_revision").asLong())
                        .isEqualTo(versions.path(i + 1).path("revision").asLong());
            }
        }
    }

    private static long add(Client client, int number) {
        while (true) {
            JsonNode now = client.get(at("busy")).json();
            List<Object> entries = new ArrayList<>();
            now.path("entries").forEach(entries::add);
            entries.add(Map.of("path", "/var/log/" + number + ".log", "topic", "a"));
            Answer answer = client.send(
                    "PUT",
                    at("busy"),
                    Map.of("entries", entries),
                    "If-Match",
                    '"' + now.path("revision").asText() + '"');
            if (answer.status() == 200) {
                return answer.json().path("revision").asLong();
            }
            assertThat(answer.status()).isEqualTo(412);
        }
    }
}
