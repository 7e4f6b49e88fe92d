package io.tailrace.connect.elasticsearch.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at a time. How to find a byte in a word is from Sean Anderson's "Bit Twiddling Hacks" (haszero,
 * hasless).
 */
final class Words {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private Words() {}

    /** Whether there is nothing but ASCII. */
    static boolean areAscii(byte[] bytes) {
        long seen = 0;
        int i = 0;
        for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
            seen |= (long) WORD.get(bytes, i);
        }
        for (; i < bytes.length; i++) {
            seen |= bytes[i];
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** Whether the eight bytes from there on can stand in a JSON string as they are. */
    static boolean arePlain(byte[] bytes, int at) {
        long word = (long) WORD.get(bytes, at);
        long quotes = zeros(word ^ QUOTES);
        long backslashes = zeros(word ^ BACKSLASHES);
        long controls = (word - SPACES) & ~word;
        return ((quotes | backslashes | controls) & HIGH_BITS) == 0;
    }

    /** Has the high bit of a byte set if any byte is 0. */
    private static long zeros(long word) {
        return (word - ONES) & ~word;
    }
}
