package io.tailrace.connect.filetail.tail.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/**
 * How a line ends, in bytes. A line feed is one code unit in every supported character set, and where units are one byte
 * long 0x0A is nothing else; entries with others are refused. All indices are of whole units, counted from {@code from}.
 */
public enum LineEnding {
    /** One byte 0x0A. */
    LF(1, 0) {
        @Override
        public int after(byte[] bytes, int from, int to) {
            int i = from;
            for (; i + Long.BYTES <= to; i += Long.BYTES) {
                long found = zeroBytes((long) LONGS.get(bytes, i) ^ LF_IN_EACH_BYTE);
                if (found != 0) {
                    return i + Long.numberOfTrailingZeros(found) / Byte.SIZE + 1;
                }
            }
            for (; i < to; i++) {
                if (bytes[i] == '\n') {
                    return i + 1;
                }
            }
            return NONE;
        }
    },
    /** Two bytes, the lower one first. */
    UTF_16LE(2, 0),
    /** Two bytes, the lower one last. */
    UTF_16BE(2, 1),
    /** Four bytes, the lowest one first. */
    UTF_32LE(4, 0),
    /** Four bytes, the lowest one last. */
    UTF_32BE(4, 3);

    /** The answer of {@link #after} when there is no line end. */
    public static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LF_IN_EACH_BYTE = 0x0A0A0A0A0A0A0A0AL;

    private final int unit;
    private final int low;

    LineEnding(int unit, int low) {
        this.unit = unit;
        this.low = low;
    }

    /**
     * The line ending of a character set.
     *
     * @param charset of a file
     * @return how its lines end
     */
    public static LineEnding of(Charset charset) {
        return switch (charset.name()) {
            case "UTF-16LE" -> UTF_16LE;
            case "UTF-16BE" -> UTF_16BE;
            case "UTF-32LE" -> UTF_32LE;
            case "UTF-32BE" -> UTF_32BE;
            default -> LF;
        };
    }

    /**
     * Finds the first line end.
     *
     * @param bytes where to look
     * @param from index of the first byte, where a code unit begins
     * @param to index after the last byte
     * @return index after the line end, or {@link #NONE}
     */
    public int after(byte[] bytes, int from, int to) {
        for (int i = from; i + unit <= to; i += unit) {
            if (bytes[i + low] == '\n' && isUnit(bytes, i, '\n')) {
                return i + unit;
            }
        }
        return NONE;
    }

    private boolean isUnit(byte[] bytes, int at, char c) {
        for (int i = 0; i < unit; i++) {
            if (bytes[at + i] != (i == low ? c : 0)) {
                return false;
            }
        }
        return true;
    }

    private boolean endsWith(byte[] bytes, int from, int to, char c) {
        return to - from >= unit && isUnit(bytes, to - unit, c);
    }

    /**
     * Where the text of a line ends.
     *
     * @param bytes where the line is
     * @param from index of its first byte
     * @param to index after its line end
     * @return index after its last byte without LF or CRLF
     */
    public int textEnd(byte[] bytes, int from, int to) {
        int end = endsWith(bytes, from, to, '\n') ? to - unit : to;
        return endsWith(bytes, from, end, '\r') ? end - unit : end;
    }

    /**
     * Passes over NULs.
     *
     * @param bytes where to look
     * @param from index of the first byte
     * @param to index after the last byte
     * @return index of the first unit that isn't NUL, or of what is left of a unit
     */
    public int afterNuls(byte[] bytes, int from, int to) {
        int i = from;
        while (i + Long.BYTES <= to && (long) LONGS.get(bytes, i) == 0) {
            i += Long.BYTES;
        }
        while (i < to && bytes[i] == 0) {
            i++;
        }
        return i - (i - from) % unit;
    }

    /**
     * Passes over NULs backwards.
     *
     * @param bytes where to look
     * @param from index of the first byte
     * @param to index after the last byte of a unit
     * @return index after the last unit that isn't NUL
     */
    public int beforeNuls(byte[] bytes, int from, int to) {
        int i = to;
        while (i - Long.BYTES >= from && (long) LONGS.get(bytes, i - Long.BYTES) == 0) {
            i -= Long.BYTES;
        }
        while (i > from && bytes[i - 1] == 0) {
            i--;
        }
        return i + Math.floorMod(from - i, unit);
    }

    /**
     * Finds the first NUL.
     *
     * @param bytes where to look
     * @param from index of the first byte
     * @param to index after the last byte
     * @return index of the unit, or {@link #NONE}
     */
    public int firstNul(byte[] bytes, int from, int to) {
        for (int i = from; i + unit <= to; i += unit) {
            if (bytes[i] == 0 && isUnit(bytes, i, '\0')) {
                return i;
            }
        }
        return NONE;
    }

    /**
     * Bytes in a code unit.
     *
     * @return 1, 2 or 4
     */
    public int unit() {
        return unit;
    }

    /** Sets the high bit of each byte that is zero (Warren, "Hacker's Delight", 6-1), exact up to the first of them. */
    private static long zeroBytes(long word) {
        return (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
    }
}
