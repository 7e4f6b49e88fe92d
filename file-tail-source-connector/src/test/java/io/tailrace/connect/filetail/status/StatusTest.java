package io.tailrace.connect.filetail.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.entries.EntryProblem;
import io.tailrace.connect.filetail.entries.HostFacts;
import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.tail.measure.Counts;
import io.tailrace.connect.filetail.tail.measure.Progress;
import io.tailrace.connect.filetail.tail.measure.StreamProgress;
import io.tailrace.connect.filetail.watch.KeyStatus;
import io.tailrace.connect.filetail.watch.WatchStatus;
import io.tailrace.connect.store.AgentStore;
import io.tailrace.testing.LogCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
    private static final String TASK_ENTRIES = "[{\"log_path\":\"/a\",\"topic\":\"t\"}]";
    private static final List<Entry> ENTRIES = EntriesJson.parse(TASK_ENTRIES, "test");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NOW = System.currentTimeMillis();

    @TempDir
    Path temp;

    private final Store store = new Store();
    private StateDir dir;
    private WatchStatus watch = new WatchStatus(List.of(key(9, List.of())), false, Optional.empty());
    private TaskPlan plan = new TaskPlan(List.of(), 0, Collections.emptySortedMap());
    private List<Entry> inForce = List.of();
    private StatusReporter reporter;

    @BeforeEach
    void open() throws IOException {
        dir = StateDir.open(temp);
        reporter = new StatusReporter(
                store,
                "/status",
                "my/logs",
                "1.2",
                dir,
                new StatusReporter.Source(
                        () -> new HostFacts("web1", "web1.local", List.of("10.0.0.1")),
                        () -> watch,
                        () -> inForce,
                        () -> plan));
    }

    @Test
    void itIsReportedAtOnceThenEveryTenSecondsAndOnChange() {
        reporter.tick(NOW);
        reporter.tick(NOW + 1_000);
        reporter.tick(NOW + 9_999);
        assertThat(store.reports).hasSize(1);
        reporter.tick(NOW + 10_000);
        assertThat(store.reports).hasSize(2);
        watch = new WatchStatus(List.of(key(10, List.of())), false, Optional.empty());
        reporter.tick(NOW + 11_000);
        assertThat(store.reports).hasSize(3);
        assertThat(store.ttl).isLessThan(Duration.ofSeconds(30));
        assertThat(store.reports.get(0)).containsOnlyKeys("/status/web1/my%2Flogs");
    }

    @Test
    void aClockThatIsSetBackDoesNotEndTheReports() {
        reporter.tick(NOW);
        reporter.tick(NOW - 3_600_000);
        assertThat(store.reports).hasSize(2);
        reporter.tick(NOW - 3_600_000 + 9_999);
        assertThat(store.reports).hasSize(2);
        reporter.tick(NOW - 3_600_000 + 10_000);
        assertThat(store.reports).hasSize(3);
    }

    @Test
    void aStoreThatFailsIsTriedAgainEveryTenSeconds() {
        store.failure = "no";
        try (LogCapture log = LogCapture.of("io.tailrace.connect.filetail.status")) {
            reporter.tick(NOW);
            assertThat(log.messages()).singleElement().asString().contains("can't be reported", "/status/web1", "no");
        }
        watch = new WatchStatus(List.of(key(10, List.of())), false, Optional.empty());
        reporter.tick(NOW + 1_000);
        assertThat(store.tries).isEqualTo(1);
        store.failure = "";
        reporter.tick(NOW + 10_000);
        assertThat(store.reports).hasSize(1);
    }

    @Test
    void aKeyIsAppliedOnceEveryTaskRunsWithIt() throws IOException {
        inForce = ENTRIES;
        reporter.tick(NOW);
        assertThat(connector().path("state").asText()).isEqualTo("APPLYING");
        plan = new TaskPlan(ENTRIES, NOW, new TreeMap<>(Map.of(3, EntriesHash.of(TASK_ENTRIES))));
        StatusFile file = new StatusFile(dir, "my/logs", 3);
        TaskStatus task = new TaskStatus(file, new TaskStatusText("1.2", 3, EntriesHash.of("[]"), NOW));
        task.take(Progress.NONE);
        reporter.tick(NOW + 10_000);
        assertThat(connector().path("keys").get(0).path("state").asText()).isEqualTo("APPLYING");
        new TaskStatus(file, new TaskStatusText("1.2", 3, EntriesHash.of(TASK_ENTRIES), NOW)).take(Progress.NONE);
        reporter.tick(NOW + 11_000);
        assertThat(connector().path("state").asText()).isEqualTo("APPLIED");
        assertThat(connector().path("keys").get(0).path("state").asText()).isEqualTo("APPLIED");
        assertThat(connector().path("keys").get(0).path("revision").asLong()).isEqualTo(9);
        assertThat(connector().at("/host/addresses/0").asText()).isEqualTo("10.0.0.1");
        assertThat(store.last()).containsKey("/status/web1/my%2Flogs/task-3");
        task.close();
        reporter.tick(NOW + 12_000);
        assertThat(connector().path("state").asText()).isEqualTo("APPLYING");
        assertThat(store.last()).hasSize(1);
    }

    @Test
    void theStatusOfATaskThatIsDeadIsNotReported() throws IOException {
        plan = new TaskPlan(ENTRIES, NOW, new TreeMap<>(Map.of(0, EntriesHash.of(TASK_ENTRIES))));
        inForce = ENTRIES;
        new TaskStatus(new StatusFile(dir, "my/logs", 0), new TaskStatusText("1", 0, EntriesHash.of(TASK_ENTRIES), NOW))
                .take(Progress.NONE);
        Files.setLastModifiedTime(dir.file("status", "my/logs|0"), FileTime.fromMillis(NOW - 31_000));
        reporter.tick(NOW);
        assertThat(store.last()).hasSize(1);
        assertThat(connector().path("state").asText()).isEqualTo("APPLYING");
    }

    @Test
    void tasksRunOnceTheyHaveStartedWithThePlan() {
        inForce = ENTRIES;
        String hash = EntriesHash.of(TASK_ENTRIES);
        plan = new TaskPlan(ENTRIES, NOW + 1, new TreeMap<>(Map.of(0, hash)));
        assertThat(reporter.tasksRun(NOW)).isFalse();
        StatusFile file = new StatusFile(dir, "my/logs", 0);
        new TaskStatus(file, new TaskStatusText("1", 0, hash, NOW)).take(Progress.NONE);
        assertThat(reporter.tasksRun(NOW)).as("it is the task of before").isFalse();
        new TaskStatus(file, new TaskStatusText("1", 0, hash, NOW + 1)).take(Progress.NONE);
        assertThat(reporter.tasksRun(NOW)).isTrue();
    }

    @Test
    void aRefusedKeyHasTheErrorsAndTheRevisionInForce() throws IOException {
        watch = new WatchStatus(
                List.of(key(10, List.of(new EntryProblem(2, "topic", "\"a b\"", "is bad")))), false, Optional.empty());
        reporter.tick(NOW);
        JsonNode key = connector().path("keys").get(0);
        assertThat(key.path("state").asText()).isEqualTo("FAILED");
        assertThat(key.path("revision").asLong()).isEqualTo(10);
        assertThat(key.path("revision_in_force").asLong()).isEqualTo(8);
        assertThat(key.at("/errors/0").asText()).isEqualTo("entry 2, field 'topic', value \"a b\": is bad");
        assertThat(connector().path("state").asText()).isEqualTo("FAILED");
    }

    @Test
    void whatFitsNoTaskIsAFailureOfTheWhole() throws IOException {
        watch = new WatchStatus(List.of(key(9, List.of())), true, Optional.of("too much"));
        reporter.tick(NOW);
        assertThat(connector().path("state").asText()).isEqualTo("FAILED");
        assertThat(connector().path("keys").toString()).contains("all keys taken together: too much");
    }

    @Test
    void statusesAreBounded() throws IOException {
        List<EntryProblem> problems =
                Collections.nCopies(1_000, new EntryProblem(1, "f".repeat(500), "v".repeat(500), "r".repeat(5_000)));
        watch = new WatchStatus(Collections.nCopies(1_000, key(10, problems)), false, Optional.empty());
        reporter.tick(NOW);
        assertThat(store.last().values()).allMatch(text -> text.length() < StatusFile.MAX_BYTES);
        assertThat(connector().path("state").asText()).isEqualTo("FAILED");

        List<StreamProgress> streams = IntStream.range(0, 2_000)
                .mapToObj(i -> stream("/var/log/é" + "x".repeat(i % 400) + i, 10, 10 + i))
                .toList();
        JsonNode task =
                JSON.readTree(new TaskStatusText("1", 0, "h", NOW).of(progress(NOW, streams), Progress.NONE, true));
        assertThat(task.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(StatusFile.MAX_BYTES);
        assertThat(task.path("files").asInt()).isEqualTo(2_000);
        assertThat(task.path("streams").size() + task.path("files_left_out").asInt())
                .isEqualTo(2_000);
        assertThat(task.at("/streams/0/lag_bytes").asLong())
                .as("furthest behind first")
                .isEqualTo(1_999);
    }

    @Test
    void aTaskTellsWhenItsFilesChangeAndElseEveryTenSeconds() {
        List<String> written = new ArrayList<>();
        StatusFile file = new StatusFile(dir, "c", 0);
        TaskStatus task = new TaskStatus(file, new TaskStatusText("1", 0, "h", NOW));
        for (int second = 0; second <= 25; second++) {
            List<StreamProgress> streams = second < 3 ? List.of() : List.of(stream("/a", second, 100));
            task.take(progress(NOW + second * 1_000L, streams));
            file.read(NOW).map(status -> status.path("updated").asText()).ifPresent(updated -> {
                if (!written.contains(updated)) {
                    written.add(updated);
                }
            });
        }
        assertThat(written).hasSize(4);
        assertThat(file.read(NOW).orElseThrow().at("/streams/0/position").asLong())
                .isEqualTo(23);
        assertThat(file.read(NOW).orElseThrow())
                .as("what is parsed once a second only if it has changed")
                .isSameAs(file.read(NOW).orElseThrow());
    }

    @Test
    void aTaskTellsOnWhenTheClockIsSetBack() {
        StatusFile file = new StatusFile(dir, "c", 0);
        TaskStatus task = new TaskStatus(file, new TaskStatusText("1", 0, "h", NOW));
        task.take(progress(NOW, List.of(stream("/a", 1, 100))));
        task.take(progress(NOW - 3_600_000, List.of(stream("/a", 2, 100))));
        assertThat(file.read(NOW).orElseThrow().at("/streams/0/position").asLong())
                .isEqualTo(2);
    }

    private static KeyStatus key(long revision, List<EntryProblem> problems) {
        return new KeyStatus(
                "/logagent/all",
                true,
                true,
                revision,
                problems.isEmpty() ? revision : 8,
                1,
                problems,
                false,
                Optional.empty());
    }

    private static StreamProgress stream(String path, long position, long size) {
        return new StreamProgress(
                "h||" + path, Path.of(path), position, size, 5, new Counts().tally(), Optional.empty());
    }

    private static Progress progress(long millis, List<StreamProgress> streams) {
        return new Progress(millis, streams, new Counts().tally(), 1, Map.of(), 0);
    }

    private JsonNode connector() throws IOException {
        return JSON.readTree(store.last().get("/status/web1/my%2Flogs"));
    }

    /** Keeps what it is given. */
    private static final class Store implements AgentStore {
        private final List<Map<String, String>> reports = new ArrayList<>();
        private Duration ttl = Duration.ZERO;
        private String failure = "";
        private int tries;

        Map<String, String> last() {
            return reports.get(reports.size() - 1);
        }

        @Override
        public long revision() {
            return 1;
        }

        @Override
        public void report(Map<String, String> texts, Duration lasts) {
            tries++;
            if (!failure.isEmpty()) {
                throw new IllegalStateException(failure);
            }
            reports.add(texts);
            ttl = lasts;
        }
    }
}
