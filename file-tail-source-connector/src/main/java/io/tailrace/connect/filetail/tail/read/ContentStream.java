package io.tailrace.connect.filetail.tail.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A content as a stream, for what reads nothing else. Closing it does nothing. */
final class ContentStream extends InputStream {
    private final Content content;
    private long position;

    ContentStream(Content content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = content.read(ByteBuffer.wrap(into, offset, length), position);
        position += Math.max(0, read);
        return read;
    }

    /** {@link java.util.zip.GZIPInputStream} asks whether another member may follow. */
    @Override
    public int available() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, content.size() - position));
    }
}
