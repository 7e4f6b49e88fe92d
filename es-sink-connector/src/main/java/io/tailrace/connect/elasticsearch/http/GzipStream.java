package io.tailrace.connect.elasticsearch.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses a stream while it is read, at the fastest level: logs shrink to a sixth or so even then, and the sink is
 * rarely short of network and often of CPU. Ends its memory outside of the heap when it is closed or read to its end.
 */
final class GzipStream extends InputStream {

    private static final byte[] HEADER = {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 4, (byte) 0xFF};
    private static final int TRAILER_BYTES = 8;
    private static final int CHUNK_BYTES = 16 * 1024;

    private final InputStream source;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 checksum = new CRC32();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private byte[] frame = HEADER;
    private int framePosition;
    private boolean trailing;
    private boolean closed;

    GzipStream(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int fromFrame = framed(target, offset, length);
        if (fromFrame > 0 || trailing) {
            return fromFrame > 0 ? fromFrame : ended();
        }
        int deflated = deflated(target, offset, length);
        if (deflated > 0) {
            return deflated;
        }
        frame = trailer();
        framePosition = 0;
        trailing = true;
        return framed(target, offset, length);
    }

    /** As for the stream below: nothing here ever waits. */
    @Override
    public int available() {
        return closed || (trailing && framePosition == frame.length) ? 0 : 1;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            deflater.end();
        }
    }

    private int ended() {
        close();
        return -1;
    }

    private int framed(byte[] target, int offset, int length) {
        int count = Math.min(length, frame.length - framePosition);
        System.arraycopy(frame, framePosition, target, offset, count);
        framePosition += count;
        return count;
    }

    private int deflated(byte[] target, int offset, int length) throws IOException {
        while (!deflater.finished()) {
            int count = deflater.deflate(target, offset, length);
            if (count > 0) {
                return count;
            }
            if (deflater.needsInput()) {
                feed();
            }
        }
        return 0;
    }

    private void feed() throws IOException {
        int count = source.read(chunk, 0, chunk.length);
        if (count < 0) {
            deflater.finish();
        } else {
            checksum.update(chunk, 0, count);
            deflater.setInput(chunk, 0, count);
        }
    }

    private byte[] trailer() {
        byte[] trailer = new byte[TRAILER_BYTES];
        long values = (checksum.getValue() & 0xFFFFFFFFL) | (deflater.getBytesRead() << Integer.SIZE);
        for (int i = 0; i < TRAILER_BYTES; i++) {
            trailer[i] = (byte) (values >> (Byte.SIZE * i));
        }
        return trailer;
    }
}
