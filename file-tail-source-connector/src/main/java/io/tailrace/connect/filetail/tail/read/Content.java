package io.tailrace.connect.filetail.tail.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that can be read from any position, and that may grow. */
public interface Content extends Closeable {
    /**
     * Whether it can be read from front to back only, since it is compressed. Then {@link #size} grows as it is read.
     *
     * @return whether {@link #forward} has to come before a read further on
     */
    default boolean isSequential() {
        return false;
    }

    /**
     * Whether {@link #size} is all that there will ever be.
     *
     * @return whether the end of what is compressed has been reached
     */
    default boolean isComplete() {
        return false;
    }

    /**
     * Goes on towards a stretch, in steps, so that no step takes long.
     *
     * @param from the first byte that is going to be read
     * @param to after the last that has to be there
     * @param bytes how many bytes a step may pass over, about
     * @return whether it is there, or as much of it as there is
     * @throws IOException if it can't be read
     */
    default boolean forward(long from, long to, int bytes) throws IOException {
        return true;
    }

    /**
     * How many bytes there are now.
     *
     * @return the size in bytes
     * @throws IOException if that can't be found out
     */
    long size() throws IOException;

    /**
     * Reads at a position.
     *
     * @param into where the bytes go
     * @param position of the first byte
     * @return how many were read, or -1 at the end
     * @throws IOException if they can't be read
     */
    int read(ByteBuffer into, long position) throws IOException;
}
