package io.tailrace.benchmarks.latency;

import io.tailrace.benchmarks.data.AccessLog;
import io.tailrace.benchmarks.data.DataSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that logs: it appends stamped lines to a file, each with a write of its own, in the thread that calls. Used by one
 * thread.
 */
final class SteadyWriter implements AutoCloseable {
    private final FileChannel file;
    private final AccessLog texts = DataSet.PLAIN.lines();
    private long lines;

    /**
     * Begins a file.
     *
     * @param path made here, with its folder
     */
    SteadyWriter(Path path) {
        try {
            Files.createDirectories(path.getParent());
            this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + path, e);
        }
    }

    /** How many lines there are by now. */
    long lines() {
        return lines;
    }

    /** Appends one line now. */
    void append() {
        byte[] text = texts.next();
        ByteBuffer line = ByteBuffer.wrap(StampedLine.of(System.nanoTime(), text));
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a line", e);
        }
        lines++;
    }

    /**
     * Appends lines at a steady rate. If it falls behind, for instance because it isn't given the processor, it makes up for
     * that; a line's stamp tells when it was written, not when it was due.
     *
     * @return how long it took and what was written
     */
    Stretch write(int linesPerSecond, Duration time) {
        long begin = System.nanoTime();
        long count = count(linesPerSecond, time);
        for (long number = 0; number < count; number++) {
            awaitTime(begin + dueNanos(number, linesPerSecond));
            append();
        }
        return new Stretch(begin, System.nanoTime(), count);
    }

    /** How many lines are due within a time. */
    static long count(int linesPerSecond, Duration time) {
        return time.toMillis() * linesPerSecond / 1000;
    }

    /** When a line is due, from the beginning on. */
    static long dueNanos(long number, int linesPerSecond) {
        long second = Duration.ofSeconds(1).toNanos();
        return number / linesPerSecond * second + number % linesPerSecond * second / linesPerSecond;
    }

    private static void awaitTime(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * Lines written one after the other.
     *
     * @param beginNanos before the first one
     * @param endNanos after the last one
     * @param lines how many
     */
    record Stretch(long beginNanos, long endNanos, long lines) {
        double linesPerSecond() {
            return lines * 1e9 / (endNanos - beginNanos);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the log file", e);
        }
    }
}
