package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.entries.EntryField;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/**
 * The reference page says what the code says. Run with {@code -Dtailrace.docs.update=true} to write the generated parts anew
 * after a change.
 */
class ReferencePageTest {
    private static final DocPage PAGE = new DocPage("configuration.md");

    @Test
    void connectorKeysAreCurrent() throws IOException {
        PAGE.check("file-tail-source", keys(FileTailSourceConfig.definition()));
    }

    @Test
    void entryFieldsAreCurrent() throws IOException {
        PAGE.check("entry-fields", fields());
    }

    private static String keys(ConfigDef definition) {
        Map<String, String> groups = new TreeMap<>(Comparator.comparing(definition.groups()::indexOf));
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
        if (key.defaultValue == null) {
            return "none";
        }
        String text = ConfigDef.convertToString(key.defaultValue, key.type);
        return text.isEmpty() ? "empty" : "`" + cell(text.replace(",", ", ")) + "`";
    }

    private static String fields() {
        String rows = Arrays.stream(EntryField.values())
                .map(field -> "| `" + field.jsonName() + "` | " + field.type() + " | " + field.defaultText() + " | "
                        + cell(field.documentation()) + " |")
                .collect(Collectors.joining("\n"));
        return "\n| field | type | default | meaning |\n| --- | --- | --- | --- |\n" + rows + "\n\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
