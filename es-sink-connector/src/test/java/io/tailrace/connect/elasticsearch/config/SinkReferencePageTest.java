package io.tailrace.connect.elasticsearch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/**
 * The pages about the sink say what the code says. Run with {@code -Dtailrace.docs.update=true} to write the generated
 * parts anew after a change.
 */
class SinkReferencePageTest {

    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final Path MIGRATION = Path.of("..", "docs", "migrating-from-confluent.md");

    @Test
    void connectorKeysAreCurrent() throws IOException {
        check(REFERENCE, "elasticsearch-sink", keys(SinkConfig.definition()));
    }

    @Test
    void ignoredKeysAreCurrent() throws IOException {
        String rows = ForeignKeys.allIgnored().entrySet().stream()
                .map(key -> "| `" + key.getKey() + "` | " + cell(key.getValue()) + " |\n")
                .collect(Collectors.joining());
        check(MIGRATION, "ignored-keys", "\n| key | why |\n| --- | --- |\n" + rows + "\n");
    }

    @Test
    void refusedKeysAreCurrent() throws IOException {
        String rows = ForeignKeys.allRefused().entrySet().stream()
                .map(key ->
                        "| `" + key.getKey() + "` | " + accepted(key.getKey()) + " | " + cell(key.getValue()) + " |\n")
                .collect(Collectors.joining());
        check(
                MIGRATION,
                "refused-keys",
                "\n| key | values that are taken all the same | what to do |\n| --- | --- | --- |\n" + rows + "\n");
    }

    private static String accepted(String key) {
        String values = ForeignKeys.accepted(key).stream()
                .map(value -> "`" + value + "`")
                .collect(Collectors.joining(", "));
        return values.isEmpty() ? "none" : values;
    }

    private static void check(Path path, String part, String generated) throws IOException {
        String begin = "<!-- generated: " + part + " -->\n";
        String end = "<!-- end: " + part + " -->\n";
        String page = Files.readString(path);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        assertThat(to).as("%s has the marks of %s", path, part).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("tailrace.docs.update")) {
            Files.writeString(path, page.substring(0, from) + generated + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("%s is current; if not, run the tests of this module with -Dtailrace.docs.update=true", path)
                .isEqualTo(generated);
    }

    private static String keys(ConfigDef definition) {
        Map<String, String> groups = new LinkedHashMap<>();
        definition.groups().forEach(group -> groups.put(group, ""));
        definition.configKeys().values().stream()
                .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                .forEach(key -> groups.merge(key.group, row(key), String::concat));
        return groups.entrySet().stream()
                        .map(group -> "\n### " + group.getKey()
                                + "\n\n| key | type | default | valid | meaning |\n| --- | --- | --- | --- | --- |\n"
                                + group.getValue())
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String row(ConfigKey key) {
        return "| `" + key.name + "` | " + key.type.toString().toLowerCase(Locale.ROOT) + " | " + defaultText(key)
                + " | " + (key.validator == null ? "" : cell(key.validator.toString())) + " | "
                + cell(key.documentation) + " |\n";
    }

    private static String defaultText(ConfigKey key) {
        if (key.defaultValue == ConfigDef.NO_DEFAULT_VALUE) {
            return "required";
        }
        if (key.defaultValue == null) {
            return "none";
        }
        String text = ConfigDef.convertToString(key.defaultValue, key.type);
        return text.isEmpty() ? "empty" : "`" + cell(text.replace(",", ", ")) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
