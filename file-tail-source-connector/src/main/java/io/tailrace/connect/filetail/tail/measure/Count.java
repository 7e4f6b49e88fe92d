package io.tailrace.connect.filetail.tail.measure;

/** Something that is counted, for each stream and for the whole task. */
public enum Count {
    /** Lines, or events of joined lines, that became records. */
    LINES("lines-total", "Lines, or events of joined lines, that became records"),
    /** Bytes of those lines, without their line ends, as they are in the file. */
    BYTES("bytes-total", "Bytes of those lines as they are in the file, without line ends"),
    /** Lines that gave no record. */
    FILTERED_LINES("filtered-lines-total", "Lines that gave no record: empty, or not wanted by the entry"),
    /** Lines that were longer than the limit, and events with more lines or bytes than theirs. */
    TRUNCATED_LINES("truncated-lines-total", "Lines that were cut at `max_line_bytes`, and events cut at their limits"),
    /** Lines that a pattern could not decide on. */
    UNDECIDED_LINES(
            "undecided-lines-total",
            "Times that a pattern of `include_lines`, `exclude_lines` or `multiline` took too many steps on a line and was"
                    + " given up"),
    /** Lines with bytes that mean nothing in the file's charset. */
    DECODING_ERRORS(
            "decoding-errors-total",
            "Lines in which bytes that mean nothing in the entry's `encoding` were replaced; UTF-8 that is passed"
                    + " through as bytes (`value.format=line`, `value.type=bytes`) is not looked at"),
    /** Time in nanoseconds during which the rate limit kept a file with unread bytes from being read. */
    THROTTLED_NANOS(
            "throttled-ms-total",
            "Milliseconds for which `send_rate` or `send_bytes` kept a file that had unread bytes waiting; files that"
                    + " wait at the same time add up"),
    /** Files that were rotated away, or removed, and have been read to their end. */
    ROTATIONS("rotations-total", "Files that were renamed or removed, and have been read to their end"),
    /** Files that shrank or were overwritten. */
    TRUNCATIONS("truncations-total", "Files that were found truncated or overwritten"),
    /** Times that part of a file could not be read any more. */
    LOSSES("losses-total", "Times that bytes were gone before they could be read; each is a warning in the log"),
    /** How many bytes those were, as far as is known. */
    LOST_BYTES("lost-bytes-total", "How many bytes those were, as far as it is known"),
    /** Attempts to read that failed. */
    READ_ERRORS("read-errors-total", "Attempts to open, look at or read a file that failed; each is made again");

    private final String metric;
    private final String meaning;

    Count(String metric, String meaning) {
        this.metric = metric;
        this.meaning = meaning;
    }

    /** Its place in an array, of which none outlives the process. */
    @SuppressWarnings("EnumOrdinal")
    int slot() {
        return ordinal();
    }

    /**
     * The name of its metric.
     *
     * @return lower case, with hyphens; it ends in {@code -total}
     */
    public String metric() {
        return metric;
    }

    /**
     * What its metric says.
     *
     * @return a phrase for operators
     */
    public String meaning() {
        return meaning;
    }
}
