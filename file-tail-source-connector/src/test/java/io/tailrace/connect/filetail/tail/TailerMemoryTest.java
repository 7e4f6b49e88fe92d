package io.tailrace.connect.filetail.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory depends neither on the number of files nor on what their lines look like: tried in a JVM that has little. */
class TailerMemoryTest {
    private static final int LONG_LINES = 40;
    private static final int STACK_TRACES = 600;
    private static final int IDLE_FILES = 1_000;

    /** Of a stack trace, whose lines wait for one that begins the next event. */
    private static final int TRACE_LINES = 200;

    private static final String FRAME = "\tat " + "x".repeat(1_000) + "\n";

    @TempDir
    Path dir;

    @Test
    void readsHugeLinesAndManyStackTracesInLittleMemory() throws IOException, InterruptedException {
        Path output = dir.resolve("output");
        Process tailer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InLittleMemory.class.getName(),
                        dir.resolve("logs").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(tailer.waitFor(4, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(output)).isEqualTo("whole events: " + STACK_TRACES + "\n");
        } finally {
            tailer.destroyForcibly();
        }
    }

    /** What runs in that JVM. */
    static final class InLittleMemory {
        private InLittleMemory() {}

        public static void main(String[] args) throws IOException {
            Path logs = Files.createDirectories(Path.of(args[0]));
            write(logs, "long", LONG_LINES, "x".repeat(2_000_000));
            write(logs, "trace", STACK_TRACES, "Exception\n" + FRAME.repeat(TRACE_LINES));
            write(logs, "idle", IDLE_FILES, "a line\n");
            int wholeEvents = 0;
            try (Rig rig = new Rig(
                    InLittleMemory::asUsual,
                    Rig.entry(logs + "/long*"),
                    Rig.entry(logs + "/idle*"),
                    Rig.entry(logs + "/trace*", "'multiline':{'pattern':'^\\\\s'}"))) {
                int size = "Exception\n".length() + TRACE_LINES * FRAME.length() - 1;
                for (int poll = 0; poll < 100_000 && wholeEvents < STACK_TRACES; poll++) {
                    rig.pollAtOnce().commit();
                    wholeEvents += (int) rig.newLines().stream()
                            .filter(line -> line.getBytes(StandardCharsets.UTF_8).length == size)
                            .count();
                }
            }
            System.out.print("whole events: " + wholeEvents + "\n");
        }

        /** With a read buffer and a number of open files as by default. */
        private static RigSettings asUsual(RigSettings settings) {
            return settings.readBufferBytes(256 << 10).openFilesMax(512);
        }

        private static void write(Path logs, String name, int files, String text) throws IOException {
            for (int file = 0; file < files; file++) {
                Files.writeString(logs.resolve(name + file + ".log"), text);
            }
        }
    }
}
