package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.TopicReader;
import io.tailrace.servers.Connect;
import io.tailrace.servers.ServerResponseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pausing, stopping, replaying and starting over, with the requests that Connect has for everyone. */
@ExtendWith(SharedServers.Extension.class)
class OffsetsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SharedServers servers;

    OffsetsIT(SharedServers servers) {
        this.servers = servers;
    }

    @ParameterizedTest
    @EnumSource
    void positionsAreKeptResetAndAltered(Delivery delivery, @TempDir Path folder) {
        Connect worker = servers.worker(delivery);
        try (Site site = new Site(servers, folder);
                TopicReader reader = site.reader(site.topic())) {
            Path file = site.log("app.log");
            List.of("one", "two", "three").forEach(line -> Site.append(file, line));
            site.collect(Site.entry(file, site.topic()));
            ConnectorHandle source = site.startSource(worker, Map.of());
            List<String> arrived = new ArrayList<>();
            readNext(reader, arrived, "one", "two", "three");

            worker.pauseConnector(source.name());
            Awaitility.await("paused")
                    .atMost(SOON)
                    .until(source::states, states -> states.stream().allMatch("PAUSED"::equals));
            Site.append(file, "four");
            source.resume();
            readNext(reader, arrived, "four");

            source.stop();
            Site.append(file, "five");
            assertThat(source.offsets()).hasSize(1);
            JsonNode offset = source.offsets().get(0);
            String stream = Site.HOST_ID + "||" + file;
            assertThat(offset.at("/partition/stream").asText()).isEqualTo(stream);
            assertThat(offset.at("/offset/position").asInt()).isEqualTo("one\ntwo\nthree\nfour\n".length());
            source.resume();
            readNext(reader, arrived, "five");

            source.stop();
            worker.resetOffsets(source.name());
            assertThat(source.offsets()).isEmpty();
            source.resume();
            readNext(reader, arrived, "one", "two", "three", "four", "five");

            source.stop();
            refusesBadOffsets(worker, source, stream);
            worker.alterOffsets(source.name(), offsets(stream, "{\"position\":" + "one\n".length() + "}"));
            source.resume();
            readNext(reader, arrived, "two", "three", "four", "five");

            source.stop();
            worker.alterOffsets(source.name(), offsets(stream, "{\"position\":" + "one\ntwo\nth".length() + "}"));
            source.resume();
            readNext(reader, arrived, "four", "five");
            Site.append(file, "six");
            readNext(reader, arrived, "six");
        }
    }

    private static void refusesBadOffsets(Connect worker, ConnectorHandle source, String stream) {
        refused(worker, source, offsets(stream, "{\"position\":-1}"), "position", "-1");
        refused(worker, source, offsets(stream, "{\"position\":\"x\"}"), "position", "x");
        refused(worker, source, offsets(stream, "{\"line\":1}"), "position", "line");
        refused(worker, source, offsets(stream, "{\"position\":1.5}"), "position", "1.5");
        refused(worker, source, offsets(stream, "{\"position\":9000000000}"), "position", "9000000000", "24 bytes");
        refused(worker, source, offsets("app.log", "{\"position\":0}"), "stream", "app.log");
        refused(worker, source, offsets("web2||/a.log", "{\"position\":0}"), "stream", "web2", Site.HOST_ID);
        assertThat(source.offsets().get(0).at("/offset/position").asInt())
                .isEqualTo("one\ntwo\nthree\nfour\nfive\n".length());
    }

    private static void refused(Connect worker, ConnectorHandle source, String offsets, String... named) {
        assertThatThrownBy(() -> worker.alterOffsets(source.name(), offsets))
                .isInstanceOfSatisfying(ServerResponseException.class, refusal -> {
                    System.out.println("Offsets: " + refusal.status() + " " + refusal.body());
                    assertThat(refusal.body()).contains(named);
                });
    }

    private static String offsets(String stream, String offset) {
        return "{\"offsets\":[{\"partition\":{\"stream\":\"" + stream + "\"},\"offset\":" + offset + "}]}";
    }

    private static void readNext(TopicReader reader, List<String> arrived, String... lines) {
        List<String> expected = new ArrayList<>(arrived);
        expected.addAll(List.of(lines));
        reader.readUntil(
                record -> arrived.add(TopicReader.text(record)), () -> arrived.size() >= expected.size(), SOON);
        assertThat(arrived).isEqualTo(expected);
    }
}
