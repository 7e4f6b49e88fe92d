package io.tailrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.quickstart.Quickstart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The quickstart in a JVM of its own, as bin/quickstart starts it. */
class QuickstartIT {

    private static final Path DIRECTORY = Path.of("target", "quickstart-it");
    private static final int PORTS = 4;
    private static final int FROM = 20_000;
    private static final int TO = 30_000;

    @Test
    void provesThatLinesArriveAlsoInAFolderThatWasUsedBefore() throws Exception {
        int base = freeBase();

        assertThat(run("--once", "--port-base", Integer.toString(base))).isZero();
        assertThat(run("--once", "--port-base", Integer.toString(base))).isZero();

        assertThat(areFree(base)).isTrue();
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        int base = freeBase();
        try (ServerSocket taken = new ServerSocket(base + 1, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--once", "--port-base", Integer.toString(base))).isEqualTo(1);
            assertThat(output()).contains("Port " + taken.getLocalPort() + ", meant for Kafka, is taken");
        }
    }

    @Test
    void refusesAnArgumentThatItDoesNotKnow() throws Exception {
        assertThat(run("--twice")).isEqualTo(2);
        assertThat(output()).contains("Unknown argument --twice");
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        Path repository = Path.of(System.getProperty("tailrace.repository"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Quickstart.class.getName()));
        command.addAll(List.of("--dir", DIRECTORY.toString()));
        command.addAll(List.of("--plugins", PluginZip.pluginPath().toString()));
        command.addAll(
                List.of("--configs", repository.resolve("connect-configs").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(outputFile().toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(output()).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path outputFile() {
        return DIRECTORY.resolve("output.txt");
    }

    private static String output() throws IOException {
        return Files.readString(outputFile());
    }

    private static int freeBase() {
        return Stream.iterate(FROM, base -> base < TO, base -> base + PORTS)
                .filter(QuickstartIT::areFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean areFree(int base) {
        for (int port = base; port < base + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
