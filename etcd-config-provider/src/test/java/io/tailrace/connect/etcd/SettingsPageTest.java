package io.tailrace.connect.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "etcd-config-provider.md");

    @Test
    void theTableOfSettingsIsCurrent() throws IOException {
        String page = Files.readString(PAGE);
        String renewed = SettingsPage.renewed(page);
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, renewed);
        } else {
            assertThat(page).as("%s; renew it with -Dupdate", PAGE).isEqualTo(renewed);
        }
    }
}
