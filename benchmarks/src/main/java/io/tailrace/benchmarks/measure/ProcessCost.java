package io.tailrace.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process has cost so far, as Linux accounts for it.
 *
 * @param cpuSeconds of all its threads, also of those that have ended, in user and in kernel mode; in steps of 10 ms
 * @param peakRssBytes most physical memory that it ever had
 */
public record ProcessCost(double cpuSeconds, long peakRssBytes) {
    /** What /proc counts in: sysconf(_SC_CLK_TCK), 100 on every Linux that there is. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int KERNEL_TICKS = 12;
    private static final String PEAK = "VmHWM:";

    /**
     * Looks at a process.
     *
     * @param pid its id
     * @return its cost; nothing if it has ended
     */
    public static Optional<ProcessCost> of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String status = Files.readString(folder.resolve("status"), StandardCharsets.ISO_8859_1);
            return status.contains(PEAK) ? Optional.of(parse(stat, status)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!Files.exists(folder)) {
                return Optional.empty();
            }
            throw new IllegalStateException("Cannot read what process " + pid + " costs: " + e, e);
        }
    }

    /** Of the text of both files. The program's name, in parentheses, may have anything in it. */
    static ProcessCost parse(String stat, String status) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = Double.parseDouble(fields[USER_TICKS]) + Double.parseDouble(fields[KERNEL_TICKS]);
        int peak = status.indexOf(PEAK) + PEAK.length();
        String kibibytes = status.substring(peak, status.indexOf("kB", peak)).strip();
        return new ProcessCost(ticks / TICKS_PER_SECOND, Long.parseLong(kibibytes) * 1024);
    }
}
