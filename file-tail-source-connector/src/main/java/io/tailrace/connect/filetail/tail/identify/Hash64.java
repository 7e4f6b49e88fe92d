package io.tailrace.connect.filetail.tail.identify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 64-bit hash of a few bytes, quick enough to be taken once per line. Eight bytes at a time go through the finaliser of
 * SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014). It guards against mistaking
 * one log file for another, not against forgery. Saved offsets hold its results, so it must never change.
 */
public final class Hash64 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = 0x9E3779B97F4A7C15L;

    private Hash64() {}

    /**
     * Hashes {@code bytes[from, to)}.
     *
     * @param bytes where they are
     * @param from index of the first
     * @param to index after the last
     * @return the hash, which also depends on how many bytes there are
     */
    public static long of(byte[] bytes, int from, int to) {
        long hash = SEED ^ (to - from);
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, i)) + SEED;
        }
        long rest = 0;
        for (int shift = 0; i < to; i++, shift += Byte.SIZE) {
            rest |= (bytes[i] & 0xFFL) << shift;
        }
        return mix(hash ^ rest);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
