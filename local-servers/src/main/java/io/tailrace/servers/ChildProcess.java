package io.tailrace.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program, as the leader of a process group of its own, with a guard that kills the whole group when this
 * JVM is gone.
 *
 * <p>The program is started through a small shell, which leaves a second shell behind and then becomes the program
 * (same process id). The second one, the guard, reads from a pipe whose other end only this JVM holds: when the JVM
 * ends, also by SIGKILL, the kernel closes that end, the read returns, and the guard kills the group. It sits in a
 * session of its own, so that neither a Ctrl-C nor a signal to the server's group reaches it. When the program ends
 * first, the JVM closes the pipe and the guard ends too.
 */
public final class ChildProcess {

    private static final String GUARDED = """
            exec 3<&0
            leader=$1
            shift
            ($leader sh -c 'read -r never <&3; kill -s KILL -- "-$1"' guard $$ >/dev/null 2>&1 &)
            exec "$@" 3<&- </dev/null
            """;

    private static final String SETSID_IN_PERL = "use POSIX; POSIX::setsid(); exec @ARGV or exit 127";

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param command the program and its arguments
     * @param environment variables to set; those with a null value are removed
     * @param directory its working directory
     * @param log takes its output, at the end
     * @return the running program
     * @throws IOException if it can't be started
     */
    public static ChildProcess start(List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        boolean setsid = Programs.find("setsid").isPresent();
        List<String> whole = new ArrayList<>(leader(setsid));
        whole.addAll(List.of("sh", "-c", GUARDED, "sh", setsid ? "setsid" : ""));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        environment.forEach((name, value) -> {
            if (value == null) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return new ChildProcess(builder.start());
    }

    /** Without setsid (macOS) Perl makes the session, and the guard stays in the session of this JVM. */
    private static List<String> leader(boolean setsid) {
        return setsid ? List.of("setsid") : List.of("perl", "-e", SETSID_IN_PERL);
    }

    /**
     * The program's process, which is the leader of its group.
     *
     * @return its id
     */
    public long pid() {
        return process.pid();
    }

    /** The process that does the work: the program itself, or what it has launched. */
    long workerPid() {
        return process.descendants()
                .filter(child -> child.children().findAny().isEmpty())
                .findFirst()
                .map(ProcessHandle::pid)
                .orElse(pid());
    }

    /**
     * Whether the program still runs.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * How a program ended that has.
     *
     * @return its exit status
     */
    public int exitValue() {
        return process.exitValue();
    }

    /**
     * Waits for the end of the process.
     *
     * @param timeout how long at most
     * @return whether it ended in time
     */
    public boolean waitFor(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for process " + pid(), e);
        }
    }

    /**
     * Sends SIGTERM to the program, but not to its children: a launcher passes it on as it sees fit. Not by way of
     * {@link Process#destroy}, which would also close the pipe that the guard watches.
     */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Kills the program and its children, and waits until all are dead. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        if (process.isAlive()) {
            signalGroup("KILL");
        }
        process.onExit().join();
        CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .join();
    }

    /** Freezes the program and its children. */
    void pause() {
        signalGroup("STOP");
    }

    /** Lets the program and its children go on. */
    void resume() {
        signalGroup("CONT");
    }

    /** The shell's own kill, because a minimal Debian has no other. */
    private void signalGroup(String signal) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", signal, "" + pid())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(kill.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (kill.waitFor() != 0 && process.isAlive()) {
                throw new IllegalStateException(
                        String.format(Locale.ROOT, "Cannot send SIG%s to group %d: %s", signal, pid(), output));
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot send SIG" + signal + " to group " + pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending SIG" + signal + " to group " + pid(), e);
        }
    }
}
