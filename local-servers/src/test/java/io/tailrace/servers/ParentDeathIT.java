package io.tailrace.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No server outlives the JVM that started it. */
class ParentDeathIT {

    /** A JVM that starts an etcd, says which process it is, and waits for its end. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws IOException {
            Etcd etcd = arguments.length == 1 ? Etcd.in(Path.of(arguments[0])) : Etcd.create();
            etcd.start();
            System.out.println(etcd.pid());
            System.out.println(etcd.directory());
            if (System.in.read() == 'p') {
                etcd.pause();
                System.out.println("paused");
                System.in.read();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void etcdGoesWhenItsJvmIsKilled(boolean paused, @TempDir Path folder) throws Exception {
        Process parent = startParent(folder.toString());
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle etcd =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            output.readLine();
            if (paused) {
                parent.getOutputStream().write('p');
                parent.getOutputStream().flush();
                assertThat(output.readLine()).isEqualTo("paused");
            }
            assertThat(etcd.isAlive()).isTrue();
            parent.destroyForcibly();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(etcd));
        }
    }

    @Test
    void etcdAndItsFolderGoWhenItsJvmForgetsToClose() throws Exception {
        Process parent = startParent();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle etcd =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            Path folder = Path.of(output.readLine());
            assertThat(folder).isDirectory();
            parent.getOutputStream().close();
            assertThat(parent.waitFor()).isZero();
            assertThat(folder).doesNotExist();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(etcd));
        }
    }

    /** In a container whose first process doesn't collect orphans, a dead one stays listed, without a command. */
    private static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static Process startParent(String... arguments) throws IOException {
        java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName()));
        command.addAll(java.util.List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
