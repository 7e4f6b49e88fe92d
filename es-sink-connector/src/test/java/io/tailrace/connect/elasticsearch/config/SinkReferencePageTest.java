package io.tailrace.connect.elasticsearch.config;

import io.tailrace.testing.DocPage;
import io.tailrace.testing.KeyTable;
import java.io.IOException;
import java.util.stream.Collectors;
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
        REFERENCE.check("elasticsearch-sink", KeyTable.of(SinkConfig.definition()));
    }

    @Test
    void ignoredKeysAreCurrent() throws IOException {
        String rows = ForeignKeys.allIgnored().entrySet().stream()
                .map(key -> "| `" + key.getKey() + "` | " + KeyTable.cell(key.getValue()) + " |\n")
                .collect(Collectors.joining());
        MIGRATION.check("ignored-keys", "\n| key | why |\n| --- | --- |\n" + rows + "\n");
    }

    @Test
    void refusedKeysAreCurrent() throws IOException {
        String rows = ForeignKeys.allRefused().entrySet().stream()
                .map(key -> "| `" + key.getKey() + "` | " + accepted(key.getKey()) + " | "
                        + KeyTable.cell(key.getValue()) + " |\n")
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
}
