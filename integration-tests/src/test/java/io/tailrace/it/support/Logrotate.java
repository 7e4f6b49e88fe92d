package io.tailrace.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The program of that name, run when a test says so and for one file at a time. */
public final class Logrotate {

    /** What to do before saying that there is none. */
    public static final String ADVICE =
            "There is no logrotate: run bin/ensure-logrotate, or install it, or name its binary in TAILRACE_LOGROTATE";

    private final Path program;
    private final Path folder;

    private Logrotate(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * Looks for it where {@code bin/ensure-logrotate} does.
     *
     * @param folder for its configuration and its memory
     * @return empty if the machine has none
     */
    public static Optional<Logrotate> find(Path folder) {
        Map<String, String> environment = System.getenv();
        Path caches = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .orElse(Path.of(environment.getOrDefault("HOME", "/var/tmp"), ".cache"));
        Stream<Path> onPath = Stream.of(environment.getOrDefault("PATH", "").split(":"))
                .filter(text -> !text.isEmpty())
                .map(text -> Path.of(text, "logrotate"));
        Stream<Path> elsewhere = Stream.of(
                Path.of("/usr/sbin/logrotate"),
                Path.of("/sbin/logrotate"),
                caches.resolve("tailrace/logrotate/bin/logrotate"));
        Stream<Path> named = Optional.ofNullable(environment.get("TAILRACE_LOGROTATE")).map(Path::of).stream();
        return Stream.of(named, onPath, elsewhere)
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Logrotate(program, folder));
    }

    /**
     * Rotates a file, whether it is time or not.
     *
     * @param file which one
     * @param directives as in its configuration
     * @throws IllegalStateException if it fails; says what it said
     */
    public void rotate(Path file, String... directives) {
        try {
            Path configuration = folder.resolve(file.getFileName() + ".conf");
            Files.writeString(configuration, file + " {\n" + String.join("\n", directives) + "\n}\n");
            Process process = new ProcessBuilder(List.of(
                            program.toString(),
                            "--force",
                            "--state",
                            folder.resolve("logrotate.state").toString(),
                            configuration.toString()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("logrotate ended with " + process.exitValue() + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while logrotate ran", e);
        }
    }
}
