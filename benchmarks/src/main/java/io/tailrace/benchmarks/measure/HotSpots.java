package io.tailrace.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What a flight recording says of where time goes and what is allocated, thread by thread, as a text. */
public final class HotSpots {
    private static final int TOP = 60;
    private static final double MIN_SHARE = 0.005;

    private final Map<Long, Samples> cpu = new TreeMap<>();
    private final Map<Long, Samples> allocation = new TreeMap<>();

    /** Weights of one thread's samples: by the method at the top, by each method on the stack, and by what else there is. */
    private static final class Samples {
        private final String thread;
        private final Map<String, Double> self = new HashMap<>();
        private final Map<String, Double> inclusive = new HashMap<>();
        private final Map<String, Double> classes = new HashMap<>();
        private double total;

        Samples(String thread) {
            this.thread = thread;
        }

        void add(List<RecordedFrame> frames, double weight) {
            total += weight;
            Set<String> seen = new HashSet<>();
            for (RecordedFrame frame : frames) {
                String method = name(frame.getMethod());
                if (seen.isEmpty()) {
                    self.merge(method, weight, Double::sum);
                }
                if (seen.add(method)) {
                    inclusive.merge(method, weight, Double::sum);
                }
            }
        }

        private static String name(RecordedMethod method) {
            return method.getType().getName() + "." + method.getName();
        }
    }

    private HotSpots() {}

    /**
     * Reads a recording.
     *
     * @param file as the JVM wrote it
     * @return what it says
     */
    public static HotSpots of(Path file) {
        HotSpots spots = new HotSpots();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                spots.add(recording.readEvent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        return spots;
    }

    private void add(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" ->
                samples(cpu, event.getThread("sampledThread")).add(frames, 1);
            case "jdk.ObjectAllocationSample" -> {
                Samples samples = samples(allocation, event.getThread());
                double weight = (double) event.getLong("weight");
                samples.add(frames, weight);
                RecordedClass type = event.getClass("objectClass");
                samples.classes.merge(type.getName(), weight, Double::sum);
            }
            default -> {}
        }
    }

    private static Samples samples(Map<Long, Samples> byThread, RecordedThread thread) {
        long id = thread == null ? -1 : thread.getJavaThreadId();
        String name = thread == null || thread.getJavaName() == null ? "of the JVM" : thread.getJavaName();
        return byThread.computeIfAbsent(id, any -> new Samples(name));
    }

    /**
     * Writes a summary.
     *
     * @param file is written
     * @param times what each thread took over the time of the recording; a recording knows only the names that threads began
     *     with, and these are their last
     */
    public void write(Path file, List<AttachedJvm.ThreadTime> times) {
        List<String> text = new ArrayList<>();
        text.add("CPU seconds by Java thread");
        Map<Long, String> names = new HashMap<>();
        times.stream()
                .sorted(Comparator.comparingDouble(AttachedJvm.ThreadTime::cpuSeconds)
                        .reversed())
                .limit(TOP)
                .forEach(thread -> text.add("%8.2f  %s".formatted(thread.cpuSeconds(), thread.name())));
        times.forEach(thread -> names.put(thread.id(), thread.name()));
        cpu.forEach((id, samples) ->
                write(text, "CPU samples", names.getOrDefault(id, samples.thread), samples, total(cpu)));
        allocation.forEach((id, samples) ->
                write(text, "Allocated", names.getOrDefault(id, samples.thread), samples, total(allocation)));
        try {
            Files.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static double total(Map<Long, Samples> all) {
        return all.values().stream().mapToDouble(samples -> samples.total).sum();
    }

    private static void write(List<String> text, String what, String thread, Samples samples, double total) {
        if (samples.total < total / 50) {
            return;
        }
        text.add("");
        text.add("== %s of thread %s: %.0f, %.1f %% of all"
                .formatted(what, thread, samples.total, 100 * samples.total / total));
        table(text, "in the method itself", samples.self, samples.total);
        table(text, "in the method and what it calls", samples.inclusive, samples.total);
        table(text, "by class", samples.classes, samples.total);
    }

    private static void table(List<String> text, String title, Map<String, Double> weights, double total) {
        if (weights.isEmpty()) {
            return;
        }
        text.add("-- " + title);
        for (Map.Entry<String, Double> each : top(weights)) {
            if (each.getValue() >= MIN_SHARE * total) {
                text.add("%7.1f %%  %s".formatted(100 * each.getValue() / total, each.getKey()));
            }
        }
    }

    private static List<Map.Entry<String, Double>> top(Map<String, Double> weights) {
        return weights.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(TOP)
                .toList();
    }
}
