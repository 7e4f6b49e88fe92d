package io.tailrace.servers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What all servers have in common: a folder, a log, one process at a time, and the wait until it answers. */
abstract class AbstractServer implements LocalServer {

    private static final Duration READY_LOOK_EVERY = Duration.ofMillis(50);
    private static final int LOG_TAIL_BYTES_MAX = 4096;

    private final String name;
    private final Home home;
    private final Thread discardAtExit;
    private volatile boolean exiting;
    private ChildProcess process;
    private boolean closed;

    AbstractServer(String name, Home home) {
        this.name = name;
        this.home = home;
        this.discardAtExit =
                new Thread(this::discardAtExit, "discard-" + home.path().getFileName());
        if (home.temporary()) {
            Runtime.getRuntime().addShutdownHook(discardAtExit);
        }
    }

    /** The program and its arguments; called for each start, after {@link #prepare}. */
    abstract List<String> command();

    /** Whether the server does its work; called again and again, may throw {@link IOException} as long as it doesn't. */
    abstract boolean isReady() throws IOException;

    /** How long a start may take. */
    abstract Duration startTimeout();

    /** How long a graceful end may take. */
    abstract Duration stopTimeout();

    /** Writes configuration and the like, before each start. */
    void prepare() throws IOException {}

    /** Variables to set for the process; a null value removes one. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** Where the process is to find itself. */
    Path workingDirectory() {
        return home.path();
    }

    final Home home() {
        return home;
    }

    @Override
    public final synchronized void start() {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
        if (isRunning()) {
            throw new IllegalStateException(name + " runs already, as process " + process.pid());
        }
        try {
            prepare();
            process = ChildProcess.start(command(), environment(), workingDirectory(), log());
        } catch (IOException e) {
            throw new ServerStartException("Cannot start " + name + ": " + e.getMessage(), e);
        }
        try {
            awaitReady();
        } catch (RuntimeException | Error e) {
            process.kill();
            throw e;
        }
    }

    private void awaitReady() {
        long deadlineNanos = System.nanoTime() + startTimeout().toNanos();
        String last = "no answer yet";
        while (System.nanoTime() < deadlineNanos) {
            if (exiting) {
                throw new ServerStartException(name + " is not needed any more: this JVM ends");
            }
            if (process.waitFor(READY_LOOK_EVERY)) {
                throw new ServerStartException(name + " ended with " + process.exitValue() + logTail());
            }
            try {
                if (isReady()) {
                    return;
                }
            } catch (IOException | UncheckedIOException | ServerResponseException e) {
                last = e.toString();
            }
        }
        throw new ServerStartException(
                name + " was not ready within " + startTimeout().toSeconds() + " s (" + last + ")" + logTail());
    }

    /**
     * Waits a little, for those who ask a running server again and again.
     *
     * @return whether it ended meanwhile
     */
    final boolean endedWithin(Duration time) {
        ChildProcess current = running();
        return current.waitFor(time);
    }

    final String logTail() {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            long from = Math.max(0, file.length() - LOG_TAIL_BYTES_MAX);
            file.seek(from);
            byte[] tail = new byte[(int) Math.min(LOG_TAIL_BYTES_MAX, file.length() - from)];
            file.readFully(tail);
            return "; " + log() + " ends with:\n" + new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "; its log " + log() + " cannot be read: " + e.getMessage();
        }
    }

    @Override
    public final synchronized void stop() {
        if (!isRunning()) {
            return;
        }
        process.resume();
        process.terminate();
        process.waitFor(stopTimeout());
        process.kill();
    }

    @Override
    public final synchronized void kill() {
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public final synchronized void pause() {
        running().pause();
    }

    @Override
    public final synchronized void resume() {
        running().resume();
    }

    @Override
    public final synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public final synchronized long pid() {
        return running().workerPid();
    }

    private synchronized ChildProcess running() {
        if (!isRunning()) {
            throw new IllegalStateException(name + " is not running");
        }
        return process;
    }

    @Override
    public final Path directory() {
        return home.path();
    }

    @Override
    public final Path log() {
        return home.resolve(name + ".log");
    }

    @Override
    public final synchronized void close() {
        if (closed) {
            return;
        }
        discard();
        if (home.temporary()) {
            try {
                Runtime.getRuntime().removeShutdownHook(discardAtExit);
            } catch (IllegalStateException shuttingDown) {
                return;
            }
        }
    }

    /** When the JVM ends in an orderly way without a close; nobody waits for a start that is under way. */
    private void discardAtExit() {
        exiting = true;
        discard();
    }

    private synchronized void discard() {
        if (!closed) {
            closed = true;
            kill();
            home.discard();
        }
    }
}
