package io.tailrace.benchmarks.stages;

import io.tailrace.connect.filetail.tail.read.Content;
import java.nio.ByteBuffer;

/** A file that is an array. */
final class HeldContent implements Content {
    private final byte[] bytes;

    HeldContent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(ByteBuffer into, long position) {
        if (position >= bytes.length) {
            return -1;
        }
        int count = (int) Math.min(into.remaining(), bytes.length - position);
        into.put(bytes, (int) position, count);
        return count;
    }

    @Override
    public void close() {}
}
