package io.tailrace.it.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Logs that are rotated at random, two for each way of {@link Rotation}: one is collected by its name alone, the other by a
 * glob that matches its rotated files too.
 */
public final class RotatedLogs implements AutoCloseable {

    private final List<RotatedLog> logs = new ArrayList<>();
    private final List<String> entries = new ArrayList<>();
    private final ScheduledThreadPoolExecutor rotator = new ScheduledThreadPoolExecutor(1);
    private final Random random;
    private ScheduledFuture<?> rotations;

    /**
     * Starts to write them all.
     *
     * @param site where they lie
     * @param logrotate without it, its ways are left out
     * @param keep how many rotated files of each stay
     * @param linesPerSecond how fast each is written
     * @param seed of when which is rotated
     */
    public RotatedLogs(Site site, Optional<Logrotate> logrotate, int keep, long linesPerSecond, long seed) {
        this.random = new Random(seed);
        for (Rotation rotation : Rotation.values()) {
            if (rotation.needsLogrotate() && logrotate.isEmpty()) {
                continue;
            }
            for (String glob : List.of("app.log", "app.log*")) {
                String name = rotation.name().toLowerCase(Locale.ROOT) + (glob.endsWith("*") ? "_glob" : "");
                logs.add(new RotatedLog(site, name, rotation, logrotate, keep, linesPerSecond));
                entries.add(Site.entry(site.log(name, glob), site.topic(name)));
            }
        }
    }

    /**
     * What to collect.
     *
     * @return an entry for each log
     */
    public String[] entries() {
        return entries.toArray(String[]::new);
    }

    /**
     * Begins to rotate, one log after the other.
     *
     * @param every time between two rotations
     */
    public void startRotations(Duration every) {
        rotations = rotator.scheduleWithFixedDelay(
                () -> logs.get(random.nextInt(logs.size())).rotate(), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the rotations. Fails as one of them has failed, if one has. */
    public void stopRotations() {
        rotations.cancel(false);
        try {
            rotations.get();
        } catch (CancellationException asExpected) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A rotation has failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /**
     * Reads what has arrived for a while.
     *
     * @param time how long
     */
    public void readFor(Duration time) {
        long endNanos = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < endNanos) {
            logs.forEach(RotatedLog::glance);
        }
    }

    /**
     * Reads until something has arrived of every log.
     *
     * @param patience how long
     * @throws AssertionError if it hasn't
     */
    public void awaitFirstLines(Duration patience) {
        await(patience, () -> logs.stream().allMatch(log -> log.tally().distinct() > 0));
    }

    /**
     * Reads until something more has arrived, of any log.
     *
     * @param patience how long
     * @throws AssertionError if it hasn't
     */
    public void awaitMore(Duration patience) {
        long before = sum(log -> log.tally().distinct());
        await(patience, () -> sum(log -> log.tally().distinct()) > before);
    }

    private void await(Duration patience, BooleanSupplier condition) {
        long endNanos = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > endNanos) {
                throw new AssertionError("Nothing more has arrived for " + patience + ":\n" + report());
            }
            logs.forEach(RotatedLog::glance);
        }
    }

    /**
     * Stops to write, and waits until every line has arrived.
     *
     * @param patience how long, for each log
     * @throws AssertionError if they don't; says what is missing
     */
    public void awaitAll(Duration patience) {
        logs.forEach(RotatedLog::stop);
        try {
            logs.forEach(log -> log.awaitAll(patience));
        } catch (AssertionError e) {
            readToEnd();
            throw new AssertionError(e.getMessage() + "\n" + report(), e);
        }
    }

    /** Reads whatever else has arrived. */
    public void readToEnd() {
        logs.forEach(RotatedLog::readToEnd);
    }

    /**
     * Adds something up.
     *
     * @param figure of each log
     * @return of all logs together
     */
    public long sum(ToLongFunction<RotatedLog> figure) {
        return logs.stream().mapToLong(figure).sum();
    }

    /**
     * Says what was written and what has arrived.
     *
     * @return a line for each log
     */
    public String report() {
        return logs.stream().map(log -> "  " + log.report()).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        rotator.shutdownNow();
        logs.forEach(RotatedLog::close);
    }
}
