package io.tailrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.console.auth.Passwords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(String input, String... arguments) {
        return new ConsoleMain(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    @Test
    void aPasswordBecomesAHash() {
        assertThat(run("correct horse\n", "hash-password")).isEqualTo(ConsoleMain.GOOD);
        assertThat(Passwords.isHash(out.toString(StandardCharsets.UTF_8).strip()))
                .isTrue();
        assertThat(run("short\n", "hash-password")).isEqualTo(ConsoleMain.REFUSED);
        assertThat(run("x".repeat(73) + "\n", "hash-password")).isEqualTo(ConsoleMain.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("at least 8", "at most 72");
    }

    @Test
    void wrongArgumentsAreAnsweredWithTheUsage() {
        assertThat(run("")).isEqualTo(ConsoleMain.UNUSABLE);
        assertThat(run("", "--odd")).isEqualTo(ConsoleMain.UNUSABLE);
        assertThat(run("", "--help")).isEqualTo(ConsoleMain.GOOD);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(ConsoleMain.USAGE);
    }

    @Test
    void aFileThatIsNotThereOrNotGoodIsNamed() throws IOException {
        assertThat(run("", folder.resolve("none").toString())).isEqualTo(ConsoleMain.UNUSABLE);
        Path bad = folder.resolve("bad.properties");
        Files.writeString(bad, "entries.paths=/a/{hostname}\nlisten.host=0.0.0.0\nauth.mode=off\n");
        assertThat(run("", bad.toString())).isEqualTo(ConsoleMain.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("bad.properties", "auth.mode", "0.0.0.0");
    }
}
