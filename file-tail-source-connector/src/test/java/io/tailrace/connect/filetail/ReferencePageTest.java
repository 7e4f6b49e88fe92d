package io.tailrace.connect.filetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.EntryField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final boolean UPDATE = Boolean.getBoolean("tailrace.docs.update");

    @Test
    void connectorKeysAreCurrent() throws IOException {
        check("file-tail-source", keys(FileTailSourceConfig.definition()));
    }

    @Test
    void entryFieldsAreCurrent() throws IOException {
        check("entry-fields", fields());
    }

    private static void check(String part, String generated) throws IOException {
        String begin = "<!-- generated: " + part + " -->\n";
        String end = "<!-- end: " + part + " -->\n";
        String page = Files.readString(PAGE);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        assertThat(to).as("%s has the marks of %s", PAGE, part).isGreaterThanOrEqualTo(from);
        if (UPDATE) {
            Files.writeString(PAGE, page.substring(0, from) + generated + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("%s is current; if not, run the tests of this module with -Dtailrace.docs.update=true", PAGE)
                .isEqualTo(generated);
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
