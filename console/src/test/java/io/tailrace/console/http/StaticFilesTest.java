package io.tailrace.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticFilesTest {
    @TempDir
    Path folder;

    private StaticFiles files;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(folder.resolve("web/js"));
        Files.writeString(folder.resolve("web/index.html"), "<!doctype html>");
        Files.writeString(folder.resolve("web/js/app.js"), "1");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("web/run.sh"), "secret");
        URL url = folder.toUri().toURL();
        files = new StaticFiles(new URLClassLoader(new URL[] {url}, null));
    }

    @Test
    void filesHaveTheirTypesAndTags() {
        assertThat(files.find("/js/app.js").orElseThrow().type()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(files.find("/js/app.js").orElseThrow().etag()).matches("\"[0-9a-f]{32}\"");
        assertThat(files.find("/js/none.js")).isEmpty();
    }

    @Test
    void whatNamesNoFileIsThePage() {
        for (String path : List.of("/", "/hosts", "/hosts/web1")) {
            assertThat(files.find(path).orElseThrow().type()).startsWith("text/html");
        }
    }

    @Test
    void noNameLeadsOutOfTheFolder() {
        for (String path : List.of(
                "/../secret.txt", "/js/../../secret.txt", "//secret.txt", "/run.sh", "/.x.js", "/a\\..\\b.js")) {
            assertThat(files.find(path)).as(path).isEmpty();
        }
    }
}
