package io.tailrace.benchmarks.stages;

import io.tailrace.connect.filetail.tail.read.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that is open, and in the page cache after the first reading. */
record OpenContent(FileChannel channel) implements Content {
    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
