package io.tailrace.testing;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The keys of a configuration as the reference pages show them: a table for each group. */
public final class KeyTable {
    private static final String HEAD = "| key | type | default | valid | meaning |\n| --- | --- | --- | --- | --- |\n";
    private static final String UNGROUPED = "";

    private KeyTable() {}

    /**
     * Makes the tables.
     *
     * @param definition what is defined
     * @return Markdown
     */
    public static String of(ConfigDef definition) {
        Map<String, String> groups = new TreeMap<>(Comparator.comparing(definition.groups()::indexOf));
        definition.configKeys().values().stream()
                .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                .forEach(key -> groups.merge(Objects.toString(key.group, UNGROUPED), row(key), String::concat));
        return groups.entrySet().stream()
                        .map(group -> heading(group.getKey()) + HEAD + group.getValue())
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String heading(String group) {
        return group.equals(UNGROUPED) ? "\n" : "\n### " + group + "\n\n";
    }

    private static String row(ConfigKey key) {
        return "| `" + key.name + "` | " + key.type.toString().toLowerCase(Locale.ROOT) + " | " + defaultText(key)
                + " | " + (key.validator == null ? "" : cell(key.validator.toString())) + " | "
                + cell(key.documentation) + " |\n";
    }

    private static String defaultText(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        if (key.defaultValue == null) {
            return "none";
        }
        String text = ConfigDef.convertToString(key.defaultValue, key.type);
        return text.isEmpty() ? "empty" : "`" + cell(text.replace(",", ", ")) + "`";
    }

    /**
     * Text within a table.
     *
     * @param text any
     * @return the same without what would end the cell
     */
    public static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
