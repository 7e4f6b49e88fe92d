package io.tailrace.connect.etcd;

import io.tailrace.connect.etcd.config.EtcdConfig;
import io.tailrace.testing.DocPage;
import io.tailrace.testing.KeyTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The page about the provider says what the code says; {@code -Dtailrace.docs.update=true} writes it anew. */
class SettingsPageTest {
    @Test
    void theTableOfSettingsIsCurrent() throws IOException {
        new DocPage("etcd-config-provider.md").check("etcd-config-provider", KeyTable.of(EtcdConfig.definition()));
    }
}
