package io.tailrace.connect.filetail.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as an operator calls it. */
class ValidateScriptIT {
    @TempDir
    Path folder;

    @Test
    void itsExitStatusAndOutputAreThoseOfTheCheck() throws Exception {
        assertThat(run("[]", "-")).isEqualTo("0 standard input: good, 0 entries\n");
        assertThat(run("[1]", "-")).isEqualTo("""
                1 standard input: entry 1, value 1: must be an object with the entry's fields
                standard input: refused, 1 problem
                """);
        assertThat(run("", folder + "/missing")).isEqualTo("2 " + folder + "/missing: there is no such file\n");
    }

    private String run(String input, String... arguments) throws IOException, InterruptedException {
        Path stdin = Files.writeString(folder.resolve("stdin"), input);
        List<String> command = new ArrayList<>(
                List.of(Path.of("..", "bin", "tailrace-validate").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(stdin.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }
}
