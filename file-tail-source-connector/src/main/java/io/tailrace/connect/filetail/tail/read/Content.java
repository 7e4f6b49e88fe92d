package io.tailrace.connect.filetail.tail.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that can be read from any position, and that may grow. */
public interface Content extends Closeable {
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
