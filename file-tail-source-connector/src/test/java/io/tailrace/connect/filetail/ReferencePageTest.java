package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.entries.EntryField;
import io.tailrace.testing.DocPage;
import io.tailrace.testing.KeyTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The reference page says what the code says. Run with {@code -Dtailrace.docs.update=true} to write the generated parts anew
 * after a change.
 */
class ReferencePageTest {
    private static final DocPage PAGE = new DocPage("configuration.md");

    @Test
    void connectorKeysAreCurrent() throws IOException {
        PAGE.check("file-tail-source", KeyTable.of(FileTailSourceConfig.definition()));
    }

    @Test
    void entryFieldsAreCurrent() throws IOException {
        PAGE.check("entry-fields", fields());
    }

    private static String fields() {
        String rows = Arrays.stream(EntryField.values())
                .map(field -> "| `" + field.jsonName() + "` | " + field.type() + " | " + field.defaultText() + " | "
                        + KeyTable.cell(field.documentation()) + " |")
                .collect(Collectors.joining("\n"));
        return "\n| field | type | default | meaning |\n| --- | --- | --- | --- |\n" + rows + "\n\n";
    }
}
