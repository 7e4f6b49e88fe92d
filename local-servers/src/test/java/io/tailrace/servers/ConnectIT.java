package io.tailrace.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectIT {

    private static final String SOURCE = "org.apache.kafka.connect.file.FileStreamSourceConnector";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Kafka KAFKA = Kafka.create();

    @BeforeAll
    static void startKafka() {
        KAFKA.start();
    }

    @AfterAll
    static void stopKafka() {
        KAFKA.close();
    }

    @Test
    void runsConnectorsOverDeathAndPause(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("in"), "one\n");
        Path output = folder.resolve("out");
        Connect connect = worker("distributed").build();
        try (connect) {
            connect.start();
            URI url = connect.restUrl();
            connect.createOrUpdate("a source", source(input));
            connect.createOrUpdate("sink", sink(output));
            connect.awaitRunning("a source", 1, SOON);
            connect.awaitRunning("sink", 1, SOON);
            awaitLines(output, "one");
            awaitOffsets(connect, "a source");

            connect.kill();
            assertThat(connect.isRunning()).isFalse();
            append(input, "two");
            connect.start();
            assertThat(connect.restUrl()).isEqualTo(url);
            awaitLines(output, "one", "two");

            connect.pause();
            assertThatThrownBy(connect::connectors)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class);
            connect.resume();
            assertThat(connect.connectors()).hasSize(2);

            connect.delete("a source");
            Awaitility.await().atMost(SOON).until(() -> connect.connectors().size() == 1);
        }
        assertThat(connect.directory()).doesNotExist();
    }

    @Test
    void altersAndResetsOffsetsOfAStoppedConnector(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("in"), "one\ntwo\n");
        try (Connect connect = worker("offsets").build()) {
            connect.start();
            connect.createOrUpdate("source", source(input));
            awaitOffsets(connect, "source");
            connect.pauseConnector("source");
            awaitState(connect, "PAUSED");
            connect.stopConnector("source");
            awaitState(connect, "STOPPED");
            Awaitility.await().atMost(SOON).until(() -> connect.tasks("source").isEmpty());
            JsonNode offsets = connect.offsets("source");
            assertThat(offsets.at("/offsets/0/offset/position").asInt()).isEqualTo(8);
            connect.alterOffsets("source", offsets.toString().replace("\"position\":8", "\"position\":4"));
            assertThat(connect.offsets("source")
                            .at("/offsets/0/offset/position")
                            .asInt())
                    .isEqualTo(4);
            connect.resetOffsets("source");
            assertThat(connect.offsets("source").path("offsets")).isEmpty();
            connect.resumeConnector("source");
            connect.awaitRunning("source", 1, SOON);
        }
    }

    @Test
    void runsStandaloneAndExactlyOnceWorkers(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("in"), "one\n");
        try (Connect standalone = worker("none").standalone().build();
                Connect exactlyOnce = worker("exactly-once")
                        .property("exactly.once.source.support", "enabled")
                        .build()) {
            standalone.start();
            exactlyOnce.start();
            for (Connect connect : List.of(standalone, exactlyOnce)) {
                connect.createOrUpdate("source", source(input));
                connect.awaitRunning("source", 1, SOON);
                awaitOffsets(connect, "source");
            }
            standalone.stop();
            assertThat(standalone.directory().resolve("connect.offsets")).isNotEmptyFile();
        }
    }

    @Test
    void hasRealPluginIsolationAndQuotesRefusals() {
        try (Connect connect = worker("plugins").build();
                Connect bare =
                        Connect.builder(KAFKA.bootstrapServers()).standalone().build()) {
            connect.start();
            bare.start();
            assertThat(connect.connectorPlugins().findValuesAsText("class")).contains(SOURCE);
            assertThat(bare.connectorPlugins().findValuesAsText("class")).doesNotContain(SOURCE);
            assertThat(connect.validate(SOURCE, "{\"connector.class\":\"" + SOURCE + "\"}")
                            .path("error_count")
                            .asInt())
                    .isPositive();
            assertThatThrownBy(() -> connect.createOrUpdate("bad", "{\"connector.class\":\"NoSuch\"}"))
                    .isInstanceOfSatisfying(ServerResponseException.class, e -> {
                        assertThat(e.status()).isEqualTo(400);
                        assertThat(e.body()).contains("NoSuch");
                    });
            assertThatThrownBy(() -> connect.status("none"))
                    .isInstanceOfSatisfying(
                            ServerResponseException.class,
                            e -> assertThat(e.status()).isEqualTo(404));
        }
    }

    private static Connect.Builder worker(String group) {
        return Connect.builder(KAFKA.bootstrapServers())
                .pluginPath(Connect.fileConnectors())
                .property("group.id", group)
                .requestTimeout(Duration.ofSeconds(10));
    }

    private static String source(Path file) {
        return """
                {"connector.class": "%s", "file": "%s", "topic": "%s",
                 "value.converter": "org.apache.kafka.connect.storage.StringConverter"}
                """.formatted(SOURCE, file, file.getParent().getFileName());
    }

    private static String sink(Path file) {
        return """
                {"connector.class": "org.apache.kafka.connect.file.FileStreamSinkConnector", "file": "%s", "topics": "%s",
                 "value.converter": "org.apache.kafka.connect.storage.StringConverter"}
                """.formatted(file, file.getParent().getFileName());
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }

    private static void awaitState(Connect connect, String state) {
        Awaitility.await()
                .atMost(SOON)
                .until(() ->
                        connect.status("source").at("/connector/state").asText().equals(state));
    }

    private static void awaitOffsets(Connect connect, String name) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> connect.offsets(name).path("offsets").size() == 1);
    }

    private static void awaitLines(Path file, String... lines) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(file).content().isEqualTo(String.join("\n", lines) + "\n"));
    }
}
