package io.tailrace.servers;

import java.nio.file.Path;

/**
 * A real server in a process of its own, on ports of 127.0.0.1 that it keeps for its whole life.
 *
 * <pre>
 *   stopped --start--> running --stop, kill--> stopped
 *                      running --pause--> paused --resume--> running
 * </pre>
 *
 * <p>The process never outlives this JVM, not even when this JVM is killed. Methods are safe to call from any thread,
 * one call at a time.
 */
public interface LocalServer extends AutoCloseable {

    /**
     * Starts the process and waits until the server answers. After {@link #stop} or {@link #kill} it comes back on the
     * same ports with the same data.
     *
     * @throws IllegalStateException if it runs already or was closed
     * @throws ServerStartException if it ends or isn't ready in time; the message quotes the end of its log
     */
    void start();

    /** Asks the process to end, and kills it if it hasn't within a bound. Does nothing if it isn't running. */
    void stop();

    /** Kills the process with SIGKILL and waits until it is dead. Does nothing if it isn't running. */
    void kill();

    /**
     * Freezes the process with SIGSTOP: its connections stay open and nothing answers.
     *
     * @throws IllegalStateException if it isn't running
     */
    void pause();

    /**
     * Lets a paused process go on.
     *
     * @throws IllegalStateException if it isn't running
     */
    void resume();

    /**
     * Tells whether there is a process, paused or not.
     *
     * @return true from a successful {@link #start} until the process ends, by itself or by a call
     */
    boolean isRunning();

    /**
     * The process that a signal would have to hit.
     *
     * @return the id of the server's process
     * @throws IllegalStateException if it isn't running
     */
    long pid();

    /**
     * Where data, configuration and log are.
     *
     * @return the server's own folder
     */
    Path directory();

    /**
     * What the process writes.
     *
     * @return the file that takes the process's output, appended to over restarts
     */
    Path log();

    /** Kills the process, and deletes the folder if it was this server's own temporary one. Can be called twice. */
    @Override
    void close();
}
