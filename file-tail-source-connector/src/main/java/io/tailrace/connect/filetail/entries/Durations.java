package io.tailrace.connect.filetail.entries;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 5s}, {@code 5m}, {@code 2h}, {@code 1d}, or a bare number of milliseconds. */
public final class Durations {
    /** What {@link #parse} accepts, for error messages. */
    public static final String EXPECTED = "a duration such as 500ms, 5s, 5m, 2h or 1d, or a number of milliseconds";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})(ms|s|m|h|d|)");
    private static final List<Unit> UNITS_FROM_LARGEST = List.of(
            new Unit("d", 86_400_000),
            new Unit("h", 3_600_000),
            new Unit("m", 60_000),
            new Unit("s", 1_000),
            new Unit("ms", 1));
    private static final long MAX_MILLIS = Duration.ofDays(36_500).toMillis();

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text the duration, not negative, at most a hundred years
     * @return the duration, in whole milliseconds
     * @throws IllegalArgumentException with a reason that fits behind "must be …"
     */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be " + EXPECTED);
        }
        long count = Long.parseLong(matcher.group(1));
        long unitMillis = unitMillis(matcher.group(2));
        if (count > MAX_MILLIS / unitMillis) {
            throw new IllegalArgumentException("must be at most 36500d");
        }
        return Duration.ofMillis(count * unitMillis);
    }

    /**
     * Writes a duration in the largest unit that divides it.
     *
     * @param duration a duration in whole milliseconds, not negative
     * @return text that {@link #parse} reads back to the same duration
     */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        for (Unit unit : UNITS_FROM_LARGEST) {
            if (millis != 0 && millis % unit.millis() == 0) {
                return millis / unit.millis() + unit.name();
            }
        }
        return "0ms";
    }

    private static long unitMillis(String name) {
        return UNITS_FROM_LARGEST.stream()
                .filter(unit -> unit.name().equals(name))
                .mapToLong(Unit::millis)
                .findFirst()
                .orElse(1);
    }

    private record Unit(String name, long millis) {}
}
