package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as an operator calls it: it says where it listens, answers, writes down who changed what, and ends when told. */
class ConsoleScriptIT {
    @TempDir
    Path folder;

    @Test
    void itRunsUntilItIsEnded() throws Exception {
        try (Fixture fixture = new Fixture()) {
            Path file = folder.resolve("console.properties");
            Properties settings = new Properties();
            settings.putAll(fixture.settings());
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
            Path audit = folder.resolve("audit.log");
            Process process = start(file, audit);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                assertThat(line).matches("The console listens on port [0-9]+");
                Client client = new Client(Integer.parseInt(line.replaceAll("[^0-9]", ""))).open();
                assertThat(client.send(
                                        "PUT",
                                        "/entries/logagent/a/logconfig",
                                        Map.of("text", "[]"),
                                        "If-None-Match",
                                        "*")
                                .status())
                        .isEqualTo(201);
                assertThat(Files.readString(audit)).contains("PUT /api/v1/entries/logagent/a/logconfig", "\"ok\"");
            } finally {
                process.destroy();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static Process start(Path settings, Path audit) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Path.of("..", "bin", "tailrace-console").toString(), settings.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TAILRACE_AUDIT_FILE", audit.toString());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
