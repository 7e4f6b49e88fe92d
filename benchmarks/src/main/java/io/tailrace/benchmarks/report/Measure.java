package io.tailrace.benchmarks.report;

import java.util.Locale;

/**
 * Something that is measured of each contender.
 *
 * @param id its name in JSON
 * @param title its name in tables and charts, with its unit
 * @param scale divides a value before it is shown
 * @param decimals of a value that is shown
 */
public record Measure(String id, String title, double scale, int decimals) {
    /** Lines, or documents, per second. */
    public static final Measure RATE = new Measure("lines_per_second", "lines/s", 1, 0);

    /** Microseconds of CPU time of the process for each line. */
    public static final Measure CPU = new Measure("cpu_micros_per_line", "CPU µs/line", 1, 2);

    /** Bytes that Java threads allocated for each line. */
    public static final Measure ALLOCATION = new Measure("allocated_bytes_per_line", "allocated B/line", 1, 0);

    /** How many more records came than there are lines; none, unless something sends lines twice. */
    public static final Measure SURPLUS = new Measure("surplus_lines", "lines too many", 1, 0);

    /** Most physical memory of the process, in bytes. */
    public static final Measure PEAK_RSS = new Measure("peak_rss_bytes", "peak RSS MB", 1e6, 0);

    /**
     * A value as it is shown.
     *
     * @param value in the unit of the JSON
     * @return a number, with commas between thousands
     */
    public String show(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value / scale);
    }

    /**
     * A spread as it is shown.
     *
     * @param spread in the unit of the JSON
     * @return the median, and the least and the greatest in parentheses, unless all are the same
     */
    public String show(Spread spread) {
        if (spread.min() == spread.max()) {
            return show(spread.median());
        }
        return "%s (%s–%s)".formatted(show(spread.median()), show(spread.min()), show(spread.max()));
    }
}
