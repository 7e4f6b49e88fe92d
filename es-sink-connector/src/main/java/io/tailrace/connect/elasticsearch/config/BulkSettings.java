package io.tailrace.connect.elasticsearch.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How much travels at once.
 *
 * @param maxCount the most documents in a request
 * @param maxBytes the most bytes in a request's body
 * @param lingerMillis how long a document may wait for others
 * @param maxInFlight the most requests under way
 * @param maxBufferedBytes above this, polling pauses
 */
public record BulkSettings(int maxCount, long maxBytes, long lingerMillis, int maxInFlight, long maxBufferedBytes) {

    /** Documents in a request. */
    public static final String BATCH_SIZE = "batch.size";
    /** Bytes in a request. */
    public static final String BULK_SIZE_BYTES = "bulk.size.bytes";
    /** Wait for company. */
    public static final String LINGER = "linger.ms";
    /** Requests under way. */
    public static final String MAX_IN_FLIGHT = "max.in.flight.requests";
    /** Memory. */
    public static final String MAX_BUFFERED_BYTES = "max.buffered.bytes";

    private static final String GROUP = "Bulk";
    private static final int MEBIBYTE = 1024 * 1024;

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                        BATCH_SIZE,
                        ConfigDef.Type.INT,
                        5_000,
                        Range.between(1, 1_000_000),
                        Importance.MEDIUM,
                        "The most documents in one bulk request.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Documents per request")
                .define(
                        BULK_SIZE_BYTES,
                        ConfigDef.Type.INT,
                        5 * MEBIBYTE,
                        Range.between(1, 100 * MEBIBYTE),
                        Importance.MEDIUM,
                        "The most bytes in the body of one bulk request. A document that is larger goes alone.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Bytes per request")
                .define(
                        LINGER,
                        ConfigDef.Type.LONG,
                        50L,
                        Range.between(0, 600_000),
                        Importance.LOW,
                        "How long a document may wait for others to travel with, in milliseconds.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Linger")
                .define(
                        MAX_IN_FLIGHT,
                        ConfigDef.Type.INT,
                        3,
                        Range.between(1, 10),
                        Importance.MEDIUM,
                        "The most bulk requests under way at any time, for each task. The server's answers lower the"
                                + " number when it is overloaded.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Requests in flight")
                .define(
                        MAX_BUFFERED_BYTES,
                        ConfigDef.Type.LONG,
                        64L * MEBIBYTE,
                        Range.atLeast(MEBIBYTE),
                        Importance.MEDIUM,
                        "Above this much in memory, for each task, its partitions are paused; they go on below half of"
                                + " it. What two polls bring may come on top.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Buffered bytes");
    }

    static BulkSettings of(AbstractConfig config) {
        return new BulkSettings(
                config.getInt(BATCH_SIZE),
                config.getInt(BULK_SIZE_BYTES),
                config.getLong(LINGER),
                config.getInt(MAX_IN_FLIGHT),
                config.getLong(MAX_BUFFERED_BYTES));
    }

    static void check(AbstractConfig config, Problems problems) {
        if (config.getLong(MAX_BUFFERED_BYTES) < config.getInt(BULK_SIZE_BYTES)) {
            problems.add(MAX_BUFFERED_BYTES, "must not be less than " + BULK_SIZE_BYTES);
        }
    }
}
