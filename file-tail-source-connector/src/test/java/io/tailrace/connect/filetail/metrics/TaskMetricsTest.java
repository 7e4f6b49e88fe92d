package io.tailrace.connect.filetail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import io.tailrace.testing.LogCapture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Kafka's own metrics, as a worker has them. */
class TaskMetricsTest {
    private static final String LOG = TaskMetrics.class.getName();

    private final Metrics registry = new Metrics();
    private final Counts counts = new Counts();
    private Set<MetricName> before;

    @BeforeEach
    void rememberKafkasOwn() {
        before = Set.copyOf(registry.metrics().keySet());
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    private PluginMetrics ofTask() {
        LinkedHashMap<String, String> tags = new LinkedHashMap<>();
        tags.put("connector", "logs");
        tags.put("task", "0");
        return new PluginMetricsImpl(registry, tags);
    }

    private Progress progress(StreamProgress... streams) {
        return new Progress(0, List.of(streams), counts.tally(), 7, Map.of(), 3);
    }

    private static StreamProgress stream(String path, long position, long size, Counts ofStream) {
        return new StreamProgress(
                "host||" + path, Path.of(path), position, size, 2500, ofStream.tally(), Optional.of("no permission"));
    }

    /** Values by stream, empty for the task, and name. */
    private Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        for (Map.Entry<MetricName, KafkaMetric> each : registry.metrics().entrySet()) {
            MetricName name = each.getKey();
            if (!before.contains(name)) {
                assertThat(name.tags()).containsEntry("connector", "logs").containsEntry("task", "0");
                values.put(
                        name.tags().getOrDefault(TaskMetrics.STREAM_TAG, "") + " " + name.name(),
                        each.getValue().metricValue());
            }
        }
        return values;
    }

    @Test
    void showsWhatWasCountedInAllAndOfEachStream() {
        TaskMetrics metrics = new TaskMetrics(ofTask(), 10);
        assertThat(values()).isEmpty();
        Counts part = counts.part();
        part.add(Count.LINES, 5);
        part.add(Count.THROTTLED_NANOS, 3_000_000);
        counts.part().add(Count.LINES, 2);
        metrics.update(progress(stream("/a.log", 10, 30, part), stream("/b.log", 4, 4, new Counts())));
        assertThat(values())
                .containsEntry(" lines-total", 7L)
                .containsEntry(" throttled-ms-total", 3L)
                .containsEntry(" streams", 2)
                .containsEntry(" open-files", 7)
                .containsEntry(" unreadable-files", 3)
                .containsEntry(" lag-bytes", 20L)
                .containsEntry(" lag-seconds-max", 2.5)
                .containsEntry("host||/a.log lines-total", 5L)
                .containsEntry("host||/a.log position", 10L)
                .containsEntry("host||/a.log size", 30L)
                .containsEntry("host||/a.log lag-bytes", 20L)
                .containsEntry("host||/a.log lag-seconds", 2.5)
                .containsEntry("host||/a.log unreadable", 1)
                .containsEntry("host||/b.log position", 4L);
        part.add(Count.LINES, 1);
        metrics.update(progress(stream("/a.log", 20, 30, part)));
        assertThat(values())
                .containsEntry(" lines-total", 8L)
                .containsEntry("host||/a.log lines-total", 6L)
                .containsEntry("host||/a.log position", 20L)
                .doesNotContainKey("host||/b.log position");
        metrics.close();
        assertThat(values()).isEmpty();
    }

    @Test
    void showsNoMoreFilesThanAllowedAndSaysSoOnce() {
        try (LogCapture log = LogCapture.of(LOG)) {
            TaskMetrics metrics = new TaskMetrics(ofTask(), 2);
            StreamProgress[] many = IntStream.range(0, 5)
                    .mapToObj(i -> stream("/" + i + ".log", i, i, counts))
                    .toArray(StreamProgress[]::new);
            metrics.update(progress(many));
            metrics.update(progress(many));
            assertThat(streamsShown()).containsExactly("host||/0.log", "host||/1.log");
            assertThat(values()).containsEntry(" streams", 5);
            metrics.update(progress(many[1], many[2], many[3]));
            assertThat(streamsShown()).containsExactly("host||/1.log", "host||/2.log");
            assertThat(log.messages())
                    .containsExactly(
                            "WARN Only 2 files have metrics of their own (metrics.files.max); 3 others are in the"
                                    + " task's totals alone");
        }
    }

    @Test
    void saysNothingOfFilesWhereNoneIsToBeShown() {
        try (LogCapture log = LogCapture.of(LOG)) {
            TaskMetrics metrics = new TaskMetrics(ofTask(), 0);
            metrics.update(progress(stream("/a.log", 1, 1, counts)));
            assertThat(streamsShown()).isEmpty();
            assertThat(values()).containsEntry(" streams", 1);
            assertThat(log.messages()).isEmpty();
        }
    }

    private Set<String> streamsShown() {
        Set<String> streams = new TreeSet<>();
        values().keySet().forEach(key -> streams.add(key.substring(0, key.lastIndexOf(' '))));
        streams.remove("");
        return streams;
    }

    @Test
    void waitsUntilAPredecessorThatIsStillThereHasEnded() {
        try (LogCapture log = LogCapture.of(LOG)) {
            TaskMetrics predecessor = new TaskMetrics(ofTask(), 10);
            predecessor.update(progress(stream("/a.log", 1, 1, counts)));
            TaskMetrics metrics = new TaskMetrics(ofTask(), 10);
            metrics.update(progress(stream("/a.log", 2, 2, counts)));
            metrics.update(progress(stream("/a.log", 2, 2, counts)));
            assertThat(values()).containsEntry("host||/a.log position", 1L);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("WARN Metrics can't be shown at present: ");
            predecessor.close();
            metrics.update(progress(stream("/a.log", 3, 3, counts)));
            assertThat(values()).containsEntry("host||/a.log position", 3L).containsKey(" lines-total");
        }
    }
}
