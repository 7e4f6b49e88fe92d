package io.tailrace.it.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A program that logs: appends numbered lines to a file without pause, at a given rate, until it is told to stop. As with
 * real programs, a write may end in the middle of a line. Lines are JSON objects, numbered from 0 (see {@link Tally}).
 */
public final class LineWriter implements AutoCloseable {

    private static final long TICK_MILLIS = 5;
    /** Not a divisor of any line's length, so that cuts fall everywhere. */
    private static final int HELD_BACK_BYTES_MAX = 61;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "line-writer"));
    private final Path file;
    private final String source;
    private final LongSupplier due;
    private final Future<?> ticks;
    private OutputStream output;
    private byte[] heldBack = new byte[0];
    private long lines;
    private UncheckedIOException failure;
    private boolean closed;

    /**
     * Starts to write.
     *
     * @param file appended to; made if it isn't there
     * @param linesPerSecond how fast
     */
    public LineWriter(Path file, long linesPerSecond) {
        this(file, steady(linesPerSecond / 1e9));
    }

    /**
     * Starts to write as fast as it is told to.
     *
     * @param file appended to; made if it isn't there
     * @param due how many lines there are to be by now; asked by the writer's own thread
     */
    public LineWriter(Path file, LongSupplier due) {
        this.file = file;
        this.source = file.getFileName().toString();
        this.due = due;
        this.output = open();
        this.ticks = thread.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static LongSupplier steady(double linesPerNano) {
        long startNanos = System.nanoTime();
        return () -> (long) ((System.nanoTime() - startNanos) * linesPerNano);
    }

    /**
     * How many lines it has written by now.
     *
     * @return a count; the last of them may be without its end yet
     */
    public synchronized long lines() {
        return lines;
    }

    /**
     * Renames the file, as logrotate does, with older ones before it, and goes on in a new one: {@code app.log} becomes
     * {@code app.log.1}, {@code app.log.1} becomes {@code app.log.2}. The line being written is finished in the old file.
     */
    public void rotate() {
        rotate(Integer.MAX_VALUE);
    }

    /**
     * The same, but of the rotated files only the newest stay.
     *
     * @param keep how many; older ones are deleted
     */
    public synchronized void rotate(int keep) {
        try {
            LogFiles.rename(file, keep);
            reopen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies the file to {@code app.log.1}, with older ones renamed before it, and truncates it. Nothing is written in
     * between.
     *
     * @param keep how many copies stay; older ones are deleted
     */
    public void copyTruncate(int keep) {
        pauseFor(() -> {
            try {
                LogFiles.copyTruncate(file, keep);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Finishes its line in the file that it has open, whatever that is called by now, and goes on in one at its path. */
    public synchronized void reopen() {
        try {
            flush();
            output.close();
            output = open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finishes its line, and writes nothing while something is done.
     *
     * @param work what is done
     */
    public synchronized void pauseFor(Runnable work) {
        try {
            flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        work.run();
    }

    private OutputStream open() {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(heldBack);
            long end = due.getAsLong();
            for (; lines < end; lines++) {
                bytes.write(line(source, lines).getBytes(StandardCharsets.UTF_8));
                bytes.write('\n');
            }
            hold(bytes.toByteArray());
        } catch (IOException e) {
            failure = new UncheckedIOException("Cannot write " + file, e);
            throw failure;
        }
    }

    /** Writes all but some of the last bytes. */
    private void hold(byte[] bytes) throws IOException {
        int held = Math.min(bytes.length, (int) (lines % HELD_BACK_BYTES_MAX));
        output.write(bytes, 0, bytes.length - held);
        heldBack = Arrays.copyOfRange(bytes, bytes.length - held, bytes.length);
    }

    private void flush() throws IOException {
        output.write(heldBack);
        heldBack = new byte[0];
    }

    /**
     * A line of such a program.
     *
     * @param source name of the program's file
     * @param number of the line
     * @return a JSON object of about 110 bytes, without a line end
     */
    public static String line(String source, long number) {
        return "{\"n\":" + number + ",\"source\":\"" + source + "\",\"code\":\"200\",\"url\":\"/api/v1/orders/" + number
                + "\",\"agent\":\"Mozilla/5.0 (X11; Linux x86_64)\"}";
    }

    /**
     * Stops, with the last line whole.
     *
     * @return how many lines there are: their numbers are all below it
     */
    public long stop() {
        close();
        return lines();
    }

    /** Stops. Can be called twice. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        ticks.cancel(false);
        thread.shutdown();
        synchronized (this) {
            closed = true;
            try {
                flush();
                output.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
