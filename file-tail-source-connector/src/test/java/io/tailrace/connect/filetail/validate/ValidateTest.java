package io.tailrace.connect.filetail.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connect.filetail.entries.EntriesJson;
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

class ValidateTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aGoodListIsSaidToBeGood() throws IOException {
        Path file = file("[{\"path\":\"/var/log/a.log\",\"topic\":\"web\"}]");
        assertThat(run("", file.toString())).isEqualTo(Validate.GOOD);
        assertThat(out()).isEqualTo(file + ": good, 1 entry\n");
    }

    @Test
    void eachProblemIsALineWithEntryFieldValueAndReason() throws IOException {
        Path file =
                file("[{\"path\":\"/var/log/a\",\"topic\":\"web\"},\n{\"log_path\":\"/b\",\"topic\":\"a b\",\"x\":1}]");
        assertThat(run("", file.toString())).isEqualTo(Validate.REFUSED);
        assertThat(out())
                .isEqualTo(file + ": entry 2, field 'x', value 1: is not a field that entries have\n" + file
                        + ": entry 2, field 'topic', value \"a b\": is not a topic name: only a-z, A-Z, 0-9, '.', '_' and '-' may"
                        + " stand in one\n" + file + ": refused, 2 problems\n");
    }

    @Test
    void theHostsLimitsCanBeGiven() {
        String list = "[{\"path\":\"/etc/shadow\",\"topic\":\"web\"},{\"log_path\":\"/srv/x\",\"topic\":\"other\"}]";
        assertThat(run(list, "-")).isEqualTo(Validate.GOOD);
        assertThat(run(list, "--allowed-paths", "/var/log, /srv", "--allowed-topics", "web", "-"))
                .isEqualTo(Validate.REFUSED);
        assertThat(out())
                .contains("standard input: entry 1, field 'path', value \"/etc/shadow\": lies outside of allowed.paths")
                .contains("standard input: entry 2, field 'topic', value \"other\": does not match allowed.topics web");
    }

    @Test
    void internalTopicsAreRefusedWithoutAnyOption() {
        assertThat(run("[{\"path\":\"/a\",\"topic\":\"connect-offsets\"}]", "-"))
                .isEqualTo(Validate.REFUSED);
    }

    @Test
    void theWorstOfSeveralFilesDecides() throws IOException {
        Path good = file("[]");
        assertThat(run("[", good.toString(), "-")).isEqualTo(Validate.REFUSED);
        assertThat(run("[", good.toString(), folder + "/missing", "-")).isEqualTo(Validate.UNUSABLE);
        assertThat(err()).isEqualTo(folder + "/missing: there is no such file\n");
    }

    @Test
    void whatCannotBeReadAsTextIsRefused() throws IOException {
        Path file = folder.resolve("latin1.json");
        Files.write(file, "[\"ü\"]".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(run("", file.toString())).isEqualTo(Validate.REFUSED);
        assertThat(out()).contains("is not UTF-8 text");
        assertThat(run("é".repeat(2 * EntriesJson.MAX_CHARS), "-")).isEqualTo(Validate.REFUSED);
        assertThat(out()).contains("is more than 1048576 characters long");
        assertThat(run("", folder.toString())).isEqualTo(Validate.UNUSABLE);
    }

    @Test
    void wrongArgumentsAreNamedWithTheUsage() {
        assertThat(run("")).isEqualTo(Validate.UNUSABLE);
        assertThat(err()).startsWith("Name a file").contains("Usage: tailrace-validate");
        assertThat(run("", "--colour", "-")).isEqualTo(Validate.UNUSABLE);
        assertThat(err()).contains("There is no option --colour.");
        assertThat(run("", "--allowed-topics", "(", "-")).isEqualTo(Validate.UNUSABLE);
        assertThat(err()).contains("'(' is not a regular expression");
        assertThat(run("", "--allowed-paths", "var/log", "-")).isEqualTo(Validate.UNUSABLE);
        assertThat(err()).contains("'var/log' is not an absolute path");
        assertThat(run("", "--allowed-paths")).isEqualTo(Validate.UNUSABLE);
        assertThat(err()).contains("--allowed-paths needs a value");
    }

    @Test
    void theSchemaAndTheUsageCanBePrinted() {
        assertThat(run("", "--schema")).isEqualTo(Validate.GOOD);
        assertThat(run("", "--help")).isEqualTo(Validate.GOOD);
        assertThat(out()).contains("\"$schema\"", "Usage: tailrace-validate");
    }

    private int run(String input, String... arguments) {
        return new Validate(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), stream(out), stream(err))
                .run(List.of(arguments));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("entries.json"), text);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
