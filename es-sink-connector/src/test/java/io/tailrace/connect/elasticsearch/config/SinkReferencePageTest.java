package io.tailrace.connect.elasticsearch.config;

import io.tailrace.connect.elasticsearch.DocPage;
import java.io.IOException;
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

    private static final DocPage REFERENCE = new DocPage("configuration.md");
    private static final DocPage MIGRATION = new DocPage("migrating-from-confluent.md");

    @Test
    void connectorKeysAreCurrent() throws IOException {
        REFERENCE.check("elasticsearch-sink", keys(SinkConfig.definition()));
    }

    @Test
    void ignoredKeysAreCurrent() throws IOException {
        String rows = ForeignKeys.allIgnored().entrySet().stream()
                .map(key -> "| `" + key.getKey() + "` | " + cell(key.getValue()) + " |\n")
                .collect(Collectors.joining());
        MIGRATION.check("ignored-keys", "\n| key | why |\n| --- | --- |\n" + rows + "\n");
    }

    @Test
    void refusedKeysAreCurrent() throws IOException {
        String rows = ForeignKeys.allRefused().entrySet().stream()
                .map(key ->
                        "| `" + key.getKey() + "` | " + accepted(key.getKey()) + " | " + cell(key.getValue()) + " |\n")
                .collect(Collectors.joining());
        MIGRATION.check(
                "refused-keys",
                "\n| key | values that are taken all the same | what to do |\n| --- | --- | --- |\n" + rows + "\n");
    }

    private static String accepted(String key) {
        String values = ForeignKeys.accepted(key).stream()
                .map(value -> "`" + value + "`")
                .collect(Collectors.joining(", "));
        return values.isEmpty() ? "none" : values;
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
