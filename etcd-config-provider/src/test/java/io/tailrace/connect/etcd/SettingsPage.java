package io.tailrace.connect.etcd;

import io.tailrace.connect.etcd.config.EtcdConfig;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;

/** The table of settings in the documentation, made from their declaration. */
final class SettingsPage {
    private static final String BEGIN = "<!-- settings: made from EtcdConfig; ./mvnw test -Dupdate renews it -->\n";
    private static final String END = "<!-- end of settings -->\n";

    private SettingsPage() {}

    /** The page with its table renewed. */
    static String renewed(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page lacks the line " + BEGIN + " or " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + table() + page.substring(end);
    }

    private static String table() {
        return "| setting | type | default | allowed | meaning |\n| --- | --- | --- | --- | --- |\n"
                + EtcdConfig.definition().configKeys().values().stream()
                        .map(SettingsPage::row)
                        .collect(Collectors.joining());
    }

    private static String row(ConfigDef.ConfigKey key) {
        String type = key.type.toString().toLowerCase(Locale.ROOT);
        String allowed = key.validator == null ? "" : key.validator.toString();
        return "| `" + key.name + "` | " + type + " | " + defaultOf(key) + " | " + allowed + " | " + key.documentation
                + " |\n";
    }

    private static String defaultOf(ConfigDef.ConfigKey key) {
        String text = ConfigDef.convertToString(key.defaultValue, key.type);
        return text == null || text.isEmpty() ? "none" : "`" + text + "`";
    }
}
