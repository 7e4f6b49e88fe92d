package io.tailrace.connect.filetail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.connect.filetail.state.StateDir;
import io.tailrace.connect.filetail.tail.identify.FileKey;
import io.tailrace.connect.filetail.tail.identify.Finished;
import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import io.tailrace.connect.filetail.tail.local.LocalPosition;
import io.tailrace.connect.filetail.tail.local.LocalPositions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTailSourceConnectorTest {
    private static final String GOOD =
            "[{\"path\":\"/var/log/a\",\"topic\":\"t\"},{\"path\":\"/var/log/b\",\"topic\":\"t\"}]";

    @TempDir
    Path temp;

    private final FileTailSourceConnector connector = new FileTailSourceConnector();

    @AfterEach
    void stop() {
        connector.stop();
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(FileTailSourceConnector.class);
    }

    @Test
    void inlineEntriesBecomeTasks() {
        start("entries", GOOD);
        assertThat(connector.taskConfigs(1)).singleElement().satisfies(config -> {
            assertThat(config.get("task.entries")).isEqualTo(GOOD.replace("\"path\"", "\"log_path\""));
            assertThat(config.get("host.id")).isNotBlank();
            assertThat(config).doesNotContainKey("entries");
        });
        assertThat(connector.taskConfigs(100)).hasSizeBetween(1, 2).isEqualTo(connector.taskConfigs(100));
        assertThat(connector.taskClass()).isEqualTo(FileTailSourceTask.class);
    }

    @Test
    void anEmptyListMeansNoTask() {
        start("entries", "[]");
        assertThat(connector.taskConfigs(3)).isEmpty();
    }

    @Test
    void textOfEntriesIsNotResolvedByConnect() {
        start("entries", "[{\"path\":\"/var/log/a$\",\"topic\":\"t\",\"service\":\"${file:/etc/passwd:root}\"}]");
        assertThat(connector.taskConfigs(1).get(0).get("task.entries"))
                .doesNotContain("$")
                .contains("\\u0024{file:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "host.id|x|entries|Nothing to collect: give entries or entries.paths",
                "entries|[{\"path\":\"/etc/shadow\",\"topic\":\"t\"}]|entries|entry 1, field 'path', value \"/etc/shadow\": lies outside",
                "entries|[{\"path\":\"/var/log/a\"}]|entries|entry 1, field 'topic': is missing",
                "entries|nonsense|entries|is not valid JSON",
                "allowed.topics|(|allowed.topics|is not a regular expression",
                "entries.paths|/{nosuch}|entries.paths|unknown placeholder {nosuch}",
            })
    void problemsAreReportedOnTheirKey(String key, String value, String reportedOn, String message) {
        Map<String, String> config = config(key, value);
        assertThat(errors(config)).containsOnlyKeys(reportedOn);
        assertThat(errors(config).get(reportedOn)).singleElement().asString().contains(message);
        assertThatThrownBy(() -> connector.start(config))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(message);
    }

    @Test
    void bothSourcesOfEntriesAreRefused() {
        assertThat(errors(config("entries", GOOD, "entries.paths", "/all")))
                .containsOnlyKeys("entries", "entries.paths");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no.such.Provider|is not found",
                "java.lang.String|is not a org.apache.kafka.common.config.provider.ConfigProvider",
                "org.apache.kafka.common.config.provider.ConfigProvider|cannot be instantiated",
            })
    void providersThatCannotBeUsedAreReported(String provider, String message) {
        Map<String, List<String>> errors = errors(config("entries.paths", "/all", "entries.provider.class", provider));
        assertThat(errors).containsOnlyKeys("entries.provider.class");
        assertThat(errors.get("entries.provider.class"))
                .singleElement()
                .asString()
                .contains(provider, message);
    }

    @Test
    void aProvidersOwnErrorsAreReported() {
        Map<String, List<String>> errors =
                errors(config("entries.paths", "/all", "entries.provider.param.nosuch", "x"));
        assertThat(errors.get("entries.provider.class"))
                .singleElement()
                .asString()
                .contains("nosuch");
    }

    @Test
    void anyProviderWillDo() throws IOException {
        Path file = Files.writeString(temp.resolve("keys.properties"), "value=" + GOOD);
        start(
                "entries.paths",
                file.toString(),
                "entries.provider.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider");
        assertThat(connector.taskConfigs(1)).hasSize(1);
    }

    @Test
    void supportsExactlyOnceByPoll() {
        assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(connector.canDefineTransactionBoundaries(Map.of()))
                .isEqualTo(ConnectorTransactionBoundaries.UNSUPPORTED);
    }

    @Test
    void positionsCanBeAlteredAndReset() {
        Map<String, Object> stream = Map.of("stream", "host|id|/var/log/a|b");
        assertThat(alter(stream, Map.of("position", 0))).isTrue();
        assertThat(alter(stream, Map.of("position", 5_000_000_000L))).isTrue();
        assertThat(alter(stream, Map.of("position", 0, "generation", 3))).isTrue();
        assertThat(alter(stream, null)).isTrue();
    }

    @Test
    void badOffsetsCanBeRemoved() {
        assertThat(alter(Map.of("file", "x"), null)).isTrue();
        assertThat(alter(Map.of("stream", "another host||/var/log/a"), null)).isTrue();
        assertThat(alter(Map.of("stream", 5), null)).isTrue();
    }

    @Test
    void aPositionBeyondTheEndOfAFileIsRefusedWhereTheFileCanBeSeen() throws IOException {
        Path file = Files.writeString(temp.resolve("a.log"), "12345");
        Map<String, Object> stream = Map.of("stream", "host||" + file);
        assertThat(alter(stream, Map.of("position", 5))).isTrue();
        assertRefused(stream, Map.of("position", 6), "beyond the end of its file, 5 bytes");
        Files.delete(file);
        assertThat(alter(stream, Map.of("position", 6))).isTrue();
    }

    @Test
    void aPositionInACompressedFileIsOneOfItsText() throws IOException {
        Path file = Files.writeString(temp.resolve("a.log.gz"), "12345");
        assertThat(alter(Map.of("stream", "host||" + file), Map.of("position", 1_000_000)))
                .isTrue();
    }

    @Test
    void aPositionOfWhatIsNoFileIsRefused() throws IOException {
        Map<String, Object> good = Map.of("position", 0);
        assertRefused(Map.of("stream", "host||/var/log/../log/a"), good, "needless slashes, /var/log/a, this");
        assertRefused(Map.of("stream", "host||/var//log/a"), good, "needless slashes, /var/log/a, this");
        assertRefused(Map.of("stream", "host||/var/log/a/"), good, "needless slashes, /var/log/a, this");
        assertRefused(Map.of("stream", "host||" + temp), good, "not a folder, this does not: host||" + temp);
        Map<String, Object> starred = Map.of("stream", "host||" + temp.resolve("*.log"));
        assertRefused(starred, good, "one file, not a glob");
        Files.createFile(temp.resolve("*.log"));
        assertThat(alter(starred, good)).isTrue();
    }

    @Test
    void offsetsThatMakeNoSenseAreRefused() {
        Map<String, Object> stream = Map.of("stream", "host||/var/log/a");
        Map<String, Object> good = Map.of("position", 0);
        assertRefused(Map.of("file", "x"), good, "{file=x}");
        assertRefused(Map.of("stream", "host||/a", "more", 1), good, "exactly the field 'stream'");
        assertRefused(Map.of("stream", 5), good, "this is not: 5");
        assertRefused(Map.of("stream", "/var/log/a"), good, "this is not: /var/log/a");
        assertRefused(Map.of("stream", "web2||/var/log/a"), good, "of the host web2");
        assertRefused(stream, Map.of("position", -1), "is not: -1");
        assertRefused(stream, Map.of("position", 1.5), "is not: 1.5");
        assertRefused(stream, Map.of("position", "1"), "is not: 1");
        assertRefused(stream, Map.of("position", 1, "inode", 2), "is: {");
        assertRefused(stream, Map.of("generation", 1), "must have the field 'position'");
        assertRefused(stream, Map.of("position", 1, "generation", -2), "is not: -2");
        assertRefused(stream, Map.of(), "must have the field 'position'");
    }

    @Test
    void severalOffsetsAreAlteredAllOrNone() throws IOException {
        Entry entry = EntriesJson.parse("[{\"path\":\"/var/log/*\",\"topic\":\"t\"}]", "the test")
                .get(0);
        Entry other = EntriesJson.parse("[{\"path\":\"/var/log/*\",\"topic\":\"t\",\"id\":\"2\"}]", "the test")
                .get(0);
        LocalPositions positions = remembered(entry);
        LocalPositions others = remembered(other);
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        offsets.put(stream("host||/var/log/a"), Map.of("position", 7));
        offsets.put(stream("host||/var/log/b"), null);
        offsets.put(stream("host|2|/var/log/c"), Map.of("position", 0, "generation", 1));
        Map<Map<String, ?>, Map<String, ?>> refused = new HashMap<>(offsets);
        refused.put(stream("host|2|/var/log/d"), Map.of("position", "bad"));
        assertThatThrownBy(() -> connector.alterOffsets(altering(), refused)).hasMessageContaining("is not: bad");
        assertThat(positions.read()).containsOnlyKeys("/var/log/a", "/var/log/b", "/var/log/c");
        assertThat(connector.alterOffsets(altering(), offsets)).isTrue();
        assertThat(positions.read()).containsOnlyKeys("/var/log/c");
        assertThat(others.read()).containsOnlyKeys("/var/log/a", "/var/log/b");
    }

    private static Map<String, Object> stream(String name) {
        return Map.of("stream", name);
    }

    /** What tasks remember of some streams of an entry. */
    private LocalPositions remembered(Entry entry) throws IOException {
        StreamOffset.Generation generation =
                new StreamOffset.Generation(1, new FileKey(1, 2), Finished.NONE, System.currentTimeMillis());
        LocalPosition position = new LocalPosition(null, null, new StreamOffset(generation, 3, 4, 5));
        LocalPositions positions = new LocalPositions(StateDir.open(temp), LocalPositions.name("test", entry));
        positions.write(Map.of("/var/log/a", position, "/var/log/b", position, "/var/log/c", position));
        return positions;
    }

    private void assertRefused(Map<String, Object> partition, Map<String, Object> offset, String message) {
        assertThatThrownBy(() -> alter(partition, offset))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(message);
    }

    private boolean alter(Map<String, Object> partition, Map<String, Object> offset) {
        return connector.alterOffsets(altering(), Collections.singletonMap(partition, offset));
    }

    private Map<String, String> altering() {
        return config("host.id", "host", "entries", GOOD, "allowed.paths", temp.toString());
    }

    private void start(String... pairs) {
        connector.initialize(new RecordingContext());
        connector.start(config(pairs));
    }

    private Map<String, String> config(String... pairs) {
        Map<String, String> config =
                new HashMap<>(Map.of("name", "test", "tasks.max", "1", "state.dir", temp.toString()));
        for (int i = 0; i < pairs.length; i += 2) {
            config.put(pairs[i], pairs[i + 1]);
        }
        return config;
    }

    private Map<String, List<String>> errors(Map<String, String> config) {
        return connector.validate(config).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
    }
}
