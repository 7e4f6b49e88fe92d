package io.tailrace.connect.elasticsearch.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Writes times as {@link Instant#toString} does. Neighbouring records mostly are of the same second, so that is what is
 * remembered. One instance serves one thread.
 */
final class UtcTimes {

    private static final long SECOND_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private long second;
    private byte[] text;

    UtcTimes() {
        remember(0);
    }

    /** Appends a time in milliseconds since 1970, in quotes. */
    void quoted(ByteSink sink, long millis) {
        long itsSecond = Math.floorDiv(millis, SECOND_MILLIS);
        if (itsSecond != second) {
            remember(itsSecond);
        }
        sink.bytes(text);
        int fraction = (int) Math.floorMod(millis, SECOND_MILLIS);
        if (fraction > 0) {
            sink.ascii(".");
            sink.digits(fraction, 3);
        }
        sink.ascii("Z\"");
    }

    private void remember(long epochSecond) {
        second = epochSecond;
        String time = Instant.ofEpochSecond(epochSecond).toString();
        text = ('"' + time.substring(0, time.length() - 1)).getBytes(StandardCharsets.US_ASCII);
    }
}
