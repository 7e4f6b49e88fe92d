package io.tailrace.console;

import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.testing.DocPage;
import io.tailrace.testing.KeyTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The reference page says what the code says. Run with {@code -Dtailrace.docs.update=true} to write it anew after a change. */
class ReferencePageTest {
    @Test
    void settingsAreCurrent() throws IOException {
        new DocPage("console.md").check("console", KeyTable.of(ConsoleConfig.definition()));
    }
}
