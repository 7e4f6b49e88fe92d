package io.tailrace.benchmarks.data;

import io.tailrace.benchmarks.data.AccessLog.Form;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A kind of data that pipelines are measured with. */
public enum DataSet {
    /** One file of plain lines of about 180 bytes. */
    PLAIN(1),
    /** One file of JSON objects of about 270 bytes. */
    JSON(1),
    /** One file of plain lines of about 8 KiB, a fortieth as many. */
    LONG(40),
    /** A thousand files of plain lines. */
    MANY(1);

    private static final long SEED = 20_261_122;
    private static final int MANY_FILES = 1000;
    private static final int LONG_PADDING_BYTES = 8000;

    private final int fewer;

    DataSet(int fewer) {
        this.fewer = fewer;
    }

    /**
     * The kind of a name.
     *
     * @param name in lower case
     * @return the kind
     * @throws IllegalArgumentException naming those that there are
     */
    public static DataSet named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--data " + name + " is none of "
                        + Arrays.stream(values()).map(DataSet::id).collect(Collectors.joining(", "))));
    }

    /**
     * Its name.
     *
     * @return in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The lines.
     *
     * @return from the first one on, always the same
     */
    public AccessLog lines() {
        if (this == LONG) {
            return AccessLog.ofLongLines(SEED, LONG_PADDING_BYTES);
        }
        return AccessLog.of(SEED, this == JSON ? Form.JSON : Form.PLAIN);
    }

    /**
     * How many lines stand for so many of the usual length.
     *
     * @param usual number of lines of about 180 bytes
     * @return at least 1
     */
    public int count(int usual) {
        return Math.max(1, usual / fewer);
    }

    /**
     * How many files they are divided among.
     *
     * @return 1 or more
     */
    public int files() {
        return this == MANY ? MANY_FILES : 1;
    }
}
