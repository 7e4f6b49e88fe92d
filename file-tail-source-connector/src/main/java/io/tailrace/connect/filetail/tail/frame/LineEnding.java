package io.tailrace.connect.filetail.tail.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a line ends, in bytes. In every supported character set but UTF-16 the byte 0x0A is nothing but a line feed. */
public enum LineEnding {
    /** One byte 0x0A. */
    LF(1) {
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

        @Override
        boolean endsWith(byte[] bytes, int from, int to, char c) {
            return to > from && bytes[to - 1] == c;
        }
    },
    /** Bytes 0x0A 0x00 where a code unit begins. */
    UTF_16LE(2) {
        @Override
        public int after(byte[] bytes, int from, int to) {
            return afterUnit(bytes, from, to, (byte) '\n', (byte) 0);
        }

        @Override
        boolean endsWith(byte[] bytes, int from, int to, char c) {
            return to - from >= 2 && bytes[to - 2] == c && bytes[to - 1] == 0;
        }
    },
    /** Bytes 0x00 0x0A where a code unit begins. */
    UTF_16BE(2) {
        @Override
        public int after(byte[] bytes, int from, int to) {
            return afterUnit(bytes, from, to, (byte) 0, (byte) '\n');
        }

        @Override
        boolean endsWith(byte[] bytes, int from, int to, char c) {
            return to - from >= 2 && bytes[to - 2] == 0 && bytes[to - 1] == c;
        }
    };

    /** The answer of {@link #after} when there is no line end. */
    public static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LF_IN_EACH_BYTE = 0x0A0A0A0A0A0A0A0AL;

    private final int unit;

    LineEnding(int unit) {
        this.unit = unit;
    }

    /**
     * The line ending of a character set.
     *
     * @param charset of a file
     * @return how its lines end
     */
    public static LineEnding of(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_16LE)) {
            return UTF_16LE;
        }
        return charset.equals(StandardCharsets.UTF_16BE) || charset.equals(StandardCharsets.UTF_16) ? UTF_16BE : LF;
    }

    /**
     * Finds the first line end.
     *
     * @param bytes where to look
     * @param from index of the first byte, where a code unit begins
     * @param to index after the last byte
     * @return index after the line end, or {@link #NONE}
     */
    public abstract int after(byte[] bytes, int from, int to);

    abstract boolean endsWith(byte[] bytes, int from, int to, char c);

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
     * Bytes in a code unit.
     *
     * @return 1 or 2
     */
    public int unit() {
        return unit;
    }

    /** Sets the high bit of each byte that is zero (Warren, "Hacker's Delight", 6-1), exact up to the first of them. */
    private static long zeroBytes(long word) {
        return (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
    }

    private static int afterUnit(byte[] bytes, int from, int to, byte first, byte second) {
        for (int i = from; i + 2 <= to; i += 2) {
            if (bytes[i] == first && bytes[i + 1] == second) {
                return i + 2;
            }
        }
        return NONE;
    }
}
