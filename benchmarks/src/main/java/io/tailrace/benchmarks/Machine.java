package io.tailrace.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What this machine is, and whether it is quiet enough to measure on. */
final class Machine {
    /** With more than this of other work for each core, absolute figures mean little. */
    private static final double BUSY_LOAD_PER_CORE = 0.25;

    private Machine() {}

    /** Facts by name, for whoever reads the results elsewhere. */
    static Map<String, String> facts() {
        int cores = Runtime.getRuntime().availableProcessors();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", "%d cores, %s".formatted(cores, processor()));
        facts.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java " + Runtime.version());
        facts.put(
                "load before",
                String.format(Locale.ROOT, "%.2f", load)
                        + (load > BUSY_LOAD_PER_CORE * cores
                                ? ": OTHERS WERE AT WORK, so only ratios mean something, and they little"
                                : ""));
        return facts;
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
