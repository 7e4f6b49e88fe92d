package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.it.support.ConnectorHandle;
import io.tailrace.it.support.Delivery;
import io.tailrace.it.support.MetricsPage;
import io.tailrace.it.support.SharedServers;
import io.tailrace.it.support.Site;
import io.tailrace.it.support.WorkerMetrics;
import io.tailrace.servers.Connect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The source's metrics in the JMX of a real worker, under the names that docs/metrics.md gives. */
@ExtendWith(SharedServers.Extension.class)
class MetricsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SharedServers servers;

    MetricsIT(SharedServers servers) {
        this.servers = servers;
    }

    @Test
    void aTaskAndItsFilesAreSeen(@TempDir Path folder) throws IOException {
        Connect worker = servers.worker(Delivery.AT_LEAST_ONCE);
        try (Site site = new Site(servers, folder);
                WorkerMetrics metrics = new WorkerMetrics(worker)) {
            Path file = site.log("app.log");
            Files.writeString(file, "one\n\ntwo\nthree\npart", StandardOpenOption.CREATE);
            site.collect(
                    "{\"path\":\"%s\",\"topic\":\"%s\",\"id\":\"web\"}".formatted(site.log("*.log"), site.topic()));
            ConnectorHandle source = site.startSource(worker, Map.of("rotate.wait", "1s"));
            source.awaitRunning(1);
            String task = "kafka.connect:type=plugins,connector=" + source.name() + ",task=0";
            String stream = task + ",stream=\"" + Site.HOST_ID + "|web|" + file + "\"";

            await().atMost(SOON)
                    .until(() -> Objects.equals(metrics.attributes(task).get("lines-total"), 3L));
            assertThat(metrics.attributes(task))
                    .containsEntry("bytes-total", 11L)
                    .containsEntry("filtered-lines-total", 1L)
                    .containsEntry("streams", 1)
                    .containsEntry("unreadable-files", 0)
                    .containsEntry("losses-total", 0L);
            await().atMost(SOON)
                    .until(() -> Objects.equals(metrics.attributes(stream).get("position"), 15L));
            assertThat(metrics.attributes(stream))
                    .containsEntry("size", 19L)
                    .containsEntry("lag-bytes", 4L)
                    .containsEntry("lag-seconds", 0.0)
                    .containsEntry("lines-total", 3L);
            Set<String> ofTask = MetricsPage.names("task-metrics");
            ofTask.addAll(MetricsPage.names("counters"));
            assertThat(metrics.attributes(task).keySet()).isEqualTo(ofTask);
            Set<String> ofFile = MetricsPage.names("file-metrics");
            ofFile.addAll(MetricsPage.names("counters"));
            assertThat(metrics.attributes(stream).keySet()).isEqualTo(ofFile);

            Files.delete(file);
            await().atMost(SOON).until(() -> metrics.attributes(stream).isEmpty());
            assertThat(metrics.attributes(task))
                    .containsEntry("rotations-total", 1L)
                    .containsEntry("lines-total", 4L);
            source.stop();
            assertThat(metrics.names("kafka.connect:type=plugins,connector=" + source.name() + ",*"))
                    .noneMatch(name -> name.contains("task="));
        }
    }
}
