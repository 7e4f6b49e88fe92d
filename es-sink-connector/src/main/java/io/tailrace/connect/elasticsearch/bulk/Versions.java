package io.tailrace.connect.elasticsearch.bulk;

import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import io.tailrace.connect.elasticsearch.target.RecordText;

/**
 * Where the version of a document comes from: of two records with the same id, the one with the higher version wins,
 * whichever arrives last.
 *
 * @param source what it is
 * @param header the header of {@link Source#HEADER}, else null
 */
public record Versions(Source source, String header) {

    /** What a version is. */
    public enum Source {
        /** There is none: the last that arrives wins. */
        NONE,
        /** The record's offset. */
        OFFSET,
        /** The record's timestamp; of two with the same, the last that arrives wins. */
        TIMESTAMP,
        /** A number in a header. */
        HEADER
    }

    /**
     * Whether no two records of a document have the same version, so that it doesn't matter which arrives first.
     *
     * @return true if so, as far as can be known
     */
    public boolean areDistinct() {
        return source == Source.OFFSET || source == Source.HEADER;
    }

    /**
     * The version of a record.
     *
     * @param text what is known of it
     * @return members of an action line, empty without a version
     */
    String members(RecordText text) {
        return switch (source) {
            case NONE -> "";
            case OFFSET -> members(text.record().originalKafkaOffset(), "external");
            case TIMESTAMP ->
                members(
                        text.time()
                                .orElseThrow(() -> new MalformedRecordException(
                                        "its version is made of its timestamp and it has none"))
                                .toEpochMilli(),
                        "external_gte");
            case HEADER -> members(number(text), "external");
        };
    }

    private long number(RecordText text) {
        String value = text.header(header)
                .orElseThrow(() -> new MalformedRecordException(
                        "its version is made of header '" + header + "' (external.version.header) and it has none"));
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new MalformedRecordException(
                    "its header '" + header + "' (external.version.header) is no whole number: " + value, e);
        }
    }

    private static String members(long version, String type) {
        if (version < 0) {
            throw new MalformedRecordException("its version is negative: " + version);
        }
        return ",\"version\":" + version + ",\"version_type\":\"" + type + "\"";
    }
}
