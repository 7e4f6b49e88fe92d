package io.tailrace.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {
    /** Another JVM, since one can't attach to itself. */
    private static Process busyJvm() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new ProcessBuilder(java, "-Xmx64m", "-cp", classPath, Busy.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void saysWhereTimeGoesAndWhatIsAllocated(@TempDir Path folder) throws Exception {
        Process process = busyJvm();
        // One can attach to a JVM before it has begun; some have nothing to say then.
        ask(process);
        try (AttachedJvm jvm = AttachedJvm.to(process.pid())) {
            long allocated = jvm.allocatedBytes();
            Path file = folder.resolve("busy.jfr");
            FlightRecording recording = FlightRecording.start(jvm, file);
            int rounds = 3;
            for (int i = 0; i < rounds; i++) {
                ask(process);
            }
            recording.stop();
            // A thread that ends takes its count along, such as one that served the connection; hence a round of slack.
            assertThat(jvm.allocatedBytes() - allocated).isGreaterThan((rounds - 1) * Busy.BYTES);
            List<String> summary = Files.readAllLines(folder.resolve("busy.jfr.txt"));
            assertThat(summary)
                    .anyMatch(line -> line.startsWith("== CPU samples of thread busy with something else"))
                    .anyMatch(line -> line.contains("Busy.work"));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void ask(Process process) throws IOException {
        process.getOutputStream().write('?');
        process.getOutputStream().flush();
        assertThat(process.getInputStream().read()).isEqualTo('.');
    }

    /** Answers each byte it is sent, when it has allocated {@link #BYTES} for it. */
    static final class Busy {
        static final long BYTES = 200_000_000;

        public static void main(String[] arguments) throws IOException {
            Thread.currentThread().setName("busy with something else");
            while (System.in.read() >= 0) {
                long allocated = 0;
                while (allocated < BYTES) {
                    allocated += work(100_000).length;
                }
                System.out.write('.');
                System.out.flush();
            }
        }

        private static byte[] work(int size) {
            byte[] bytes = new byte[size];
            for (int i = 1; i < size; i++) {
                bytes[i] = (byte) (bytes[i - 1] * 31 + i);
            }
            return bytes;
        }
    }
}
