package io.tailrace.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    /** A server that is never ready. */
    private static final class Unready extends AbstractServer {
        private Unready() {
            super("unready", Home.temporary("unready"));
        }

        @Override
        List<String> command() {
            return List.of("sleep", "300");
        }

        @Override
        boolean isReady() {
            return false;
        }

        @Override
        Duration startTimeout() {
            return Duration.ofSeconds(60);
        }

        @Override
        Duration stopTimeout() {
            return Duration.ofSeconds(1);
        }
    }

    /** A JVM that ends while it starts a server. */
    static final class HastyParent {

        private HastyParent() {}

        public static void main(String[] arguments) throws IOException {
            Unready server = new Unready();
            Thread starting = new Thread(server::start, "starting");
            starting.setDaemon(true);
            starting.setUncaughtExceptionHandler((thread, e) -> {});
            starting.start();
            System.out.println(server.directory());
            System.in.read();
        }
    }

    @Test
    void aJvmThatEndsWhileItStartsAServerDoesNotWaitForIt() throws Exception {
        Process parent = startParent(HastyParent.class);
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            Path folder = Path.of(output.readLine());
            List<ProcessHandle> servers = Awaitility.await()
                    .until(
                            () -> parent.descendants().toList(),
                            found -> found.stream()
                                    .anyMatch(each ->
                                            each.info().command().orElse("").endsWith("sleep")));
            parent.getOutputStream().close();
            assertThat(parent.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(folder).doesNotExist();
            Awaitility.await().until(() -> servers.stream().noneMatch(ParentDeathIT::isAlive));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void etcdGoesWhenItsJvmIsKilled(boolean paused, @TempDir Path folder) throws Exception {
        Process parent = startParent(Parent.class, folder.toString());
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
        Process parent = startParent(Parent.class);
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

    private static Process startParent(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
