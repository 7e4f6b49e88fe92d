package io.tailrace.connect.filetail.tail.record;

import java.time.Instant;

/** Points in time as ISO 8601 texts. Lines that were read in one go share theirs, so that the text is seldom made. */
final class TimeText {
    private long millis = Long.MIN_VALUE;
    private String text = "";

    /**
     * The text of a point in time.
     *
     * @param epochMillis since the epoch
     * @return in UTC, such as {@code 2026-11-22T10:24:00.123Z}
     */
    String of(long epochMillis) {
        if (epochMillis != millis || text.isEmpty()) {
            text = Instant.ofEpochMilli(epochMillis).toString();
            millis = epochMillis;
        }
        return text;
    }
}
