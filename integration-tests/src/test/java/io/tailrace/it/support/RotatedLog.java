package io.tailrace.it.support;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A log that is written to and rotated, and the topic that it is collected to, of which every line is counted. Rotations may
 * come from another thread than the rest.
 */
public final class RotatedLog implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(30);

    private final String name;
    private final Rotation rotation;
    private final Optional<Logrotate> logrotate;
    private final int keep;
    private final Path file;
    private final LineWriter writer;
    private final TopicReader reader;
    private final Tally tally = new Tally();

    /** Of the rotated files that there are, the oldest first: how many lines had been written when each was left. */
    private final Deque<Long> ends = new ArrayDeque<>();

    /** How many of the first lines have all arrived. */
    private volatile long arrived;

    private int rotations;

    /**
     * Starts to write.
     *
     * @param site where it lies
     * @param name of its folder and its topic, and in reports
     * @param rotation how it is rotated
     * @param logrotate needed for some ways of it
     * @param keep how many rotated files stay
     * @param linesPerSecond how fast it is written
     */
    public RotatedLog(
            Site site, String name, Rotation rotation, Optional<Logrotate> logrotate, int keep, long linesPerSecond) {
        this.name = name;
        this.rotation = rotation;
        this.logrotate = logrotate;
        this.keep = keep;
        this.file = site.log(name, "app.log");
        this.writer = new LineWriter(file, linesPerSecond);
        this.reader = site.reader(site.topic(name));
    }

    /**
     * Rotates, unless that would delete a file of which not all has arrived: however long the agent is down, only the agent
     * can lose lines.
     */
    public synchronized void rotate() {
        if (ends.size() == keep && ends.getFirst() > arrived) {
            return;
        }
        rotation.rotate(writer, file, logrotate, keep);
        rotations++;
        ends.addLast(writer.lines());
        if (ends.size() > keep) {
            ends.removeFirst();
        }
    }

    /**
     * How often it has been rotated.
     *
     * @return a count
     */
    public synchronized int rotations() {
        return rotations;
    }

    /** Reads what has arrived, for a moment. */
    public void glance() {
        reader.readUntil(record -> tally.add(TopicReader.text(record)), () -> false, GLANCE);
        arrived = tally.withoutGap();
    }

    /** Stops to write, with the last line whole. */
    public void stop() {
        writer.close();
    }

    /**
     * Waits until every line that was written has arrived.
     *
     * @param patience how long
     * @throws AssertionError if they don't; says what is missing
     */
    public void awaitAll(Duration patience) {
        try {
            reader.readLines(tally, lines(), patience);
        } catch (AssertionError e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    /** Reads whatever else has arrived. */
    public void readToEnd() {
        reader.readLinesToEnd(tally);
    }

    /**
     * How many lines have not arrived.
     *
     * @return a count
     */
    public long lost() {
        return tally.lost(lines());
    }

    /**
     * What has arrived so far.
     *
     * @return counted
     */
    public Tally tally() {
        return tally;
    }

    /**
     * How many lines have been written so far.
     *
     * @return a count
     */
    public long lines() {
        return writer.lines();
    }

    /**
     * Says what was written and what has arrived.
     *
     * @return one line
     */
    public String report() {
        return name + ": " + rotations() + " rotations, " + tally.report(lines());
    }

    @Override
    public void close() {
        try (reader) {
            writer.close();
        }
    }
}
