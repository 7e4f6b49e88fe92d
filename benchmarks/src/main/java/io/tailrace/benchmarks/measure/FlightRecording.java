package io.tailrace.benchmarks.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A recording of what another JVM does, and beside it the CPU time of its threads. Read it with {@link HotSpots}. */
public final class FlightRecording {
    private static final String NAME = "benchmark";

    private final AttachedJvm jvm;
    private final Path file;
    private final Map<Long, Double> before = new HashMap<>();

    private FlightRecording(AttachedJvm jvm, Path file) {
        this.jvm = jvm;
        this.file = file;
        jvm.threadTimes().forEach(thread -> before.put(thread.id(), thread.cpuSeconds()));
    }

    /**
     * Starts one. It costs the JVM some percent of its time.
     *
     * @param jvm to be recorded
     * @param file where the recording goes
     * @return the recording
     */
    public static FlightRecording start(AttachedJvm jvm, Path file) {
        jvm.command("jfrStart", "name=" + NAME, "settings=profile");
        return new FlightRecording(jvm, file);
    }

    /** Ends it, and writes the file and a summary beside it. */
    public void stop() {
        List<AttachedJvm.ThreadTime> times = new ArrayList<>();
        for (AttachedJvm.ThreadTime thread : jvm.threadTimes()) {
            double used = thread.cpuSeconds() - before.getOrDefault(thread.id(), 0.0);
            times.add(new AttachedJvm.ThreadTime(thread.id(), thread.name(), used));
        }
        jvm.command("jfrStop", "name=" + NAME, "filename=" + file);
        HotSpots.of(file).write(file.resolveSibling(file.getFileName() + ".txt"), times);
    }
}
