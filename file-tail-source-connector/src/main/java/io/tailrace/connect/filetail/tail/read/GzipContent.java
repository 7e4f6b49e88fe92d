package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.identify.Bookmark;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The text in a gzip file. It is decompressed from front to back, and what was asked for last stays in memory: so reading
 * on is cheap, and going back before it means to begin anew. The first bytes are always there.
 *
 * <p>{@link #size} is how much has been decompressed; asking for it when all of that has been read makes more.
 */
public final class GzipContent implements Content {
    private static final int STEP_BYTES = 64 * 1024;
    private static final int MAGIC = 0x8b1f;
    private static final int TRAILER_BYTES = 8;

    private final Content compressed;
    private final byte[] head = new byte[Bookmark.FINGERPRINT_BYTES];
    private InputStream text;
    private byte[] buffer = new byte[2 * STEP_BYTES];

    /** Position of the first byte in the buffer. */
    private long base;

    /** Position after the last. */
    private long end;

    /** Before this, nothing is going to be read. */
    private long wantedFrom;

    /** Up to here it has been read. */
    private long readTo;

    /** So much of it there is, as far as is known, also when it is decompressed anew. */
    private long known;

    private Ending ending = Ending.NONE;

    /** How the text ends, as far as is known. */
    public enum Ending {
        /** It hasn't been reached yet. */
        NONE,
        /** All of it was there. */
        COMPLETE,
        /** The file ends before the text does; more of it may be written yet. */
        CUT_OFF,
        /** What comes can't be decompressed. */
        DAMAGED
    }

    /**
     * Makes a content; nothing is decompressed yet.
     *
     * @param compressed the file; closed with this
     */
    public GzipContent(Content compressed) {
        this.compressed = compressed;
    }

    /**
     * Whether a name says that the file is compressed with gzip.
     *
     * @param path of a file
     * @return whether it ends in {@code .gz}
     */
    public static boolean isNamed(Path path) {
        return path.toString().endsWith(".gz");
    }

    /**
     * Whether bytes are what a gzip file begins with.
     *
     * @param content of a file
     * @return whether its first two bytes say so
     * @throws IOException if it can't be read
     */
    public static boolean isGzip(Content content) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        while (first.hasRemaining() && content.read(first, first.position()) >= 0) {}
        return !first.hasRemaining() && (first.getShort(0) & 0xFFFF) == MAGIC;
    }

    /**
     * What the file itself says of the length of its text.
     *
     * @return bytes, modulo 2^32; of the last member only, if there are several
     * @throws IOException if it can't be read
     */
    public long statedSize() throws IOException {
        long size = compressed.size();
        ByteBuffer last = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (size > TRAILER_BYTES) {
            while (last.hasRemaining() && compressed.read(last, size - last.remaining()) >= 0) {}
        }
        return last.getInt(0) & 0xFFFFFFFFL;
    }

    @Override
    public boolean isSequential() {
        return true;
    }

    @Override
    public boolean isComplete() {
        return ending == Ending.COMPLETE || ending == Ending.DAMAGED;
    }

    /**
     * How the text ends.
     *
     * @return {@link Ending#NONE} before that has been reached
     */
    public Ending ending() {
        return ending;
    }

    @Override
    public boolean forward(long from, long to, int bytes) throws IOException {
        if (from < base) {
            beginAnew();
        }
        wantedFrom = from;
        for (long left = bytes; end < to && left > 0 && hasMore(); left -= STEP_BYTES) {
            more();
        }
        return end >= to || !hasMore();
    }

    @Override
    public long size() throws IOException {
        long before = known;
        while (readTo >= before && known == before && ending == Ending.NONE) {
            wantedFrom = end < before ? end : wantedFrom;
            more();
        }
        return known;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (position + into.remaining() <= Math.min(end, head.length)) {
            int length = into.remaining();
            into.put(head, (int) position, length);
            return length;
        }
        while (!forward(position, position + 1, STEP_BYTES)) {}
        if (position >= end) {
            return -1;
        }
        int length = (int) Math.min(into.remaining(), end - position);
        into.put(buffer, (int) (position - base), length);
        readTo = Math.max(readTo, position + length);
        return length;
    }

    private void beginAnew() throws IOException {
        closeText();
        base = 0;
        end = 0;
    }

    private boolean hasMore() {
        return end < known || ending == Ending.NONE;
    }

    private void closeText() throws IOException {
        if (text != null) {
            text.close();
            text = null;
        }
    }

    private void more() throws IOException {
        makeRoom();
        long until = end + STEP_BYTES;
        try {
            if (text == null) {
                text = new GZIPInputStream(new ContentStream(compressed), STEP_BYTES / 4);
            }
            while (end < until && hasMore()) {
                int at = (int) (end - base);
                int length = text.read(buffer, at, (int) (until - end));
                if (length < 0) {
                    endsAs(Ending.COMPLETE);
                } else {
                    moveEnd(at, length);
                }
            }
        } catch (EOFException e) {
            endsAs(Ending.CUT_OFF);
        } catch (ZipException e) {
            endsAs(Ending.DAMAGED);
        }
    }

    private void endsAs(Ending how) {
        ending = how;
        known = end;
    }

    private void moveEnd(int at, int length) {
        if (end < head.length) {
            int missing = (int) Math.min(length, head.length - end);
            System.arraycopy(buffer, at, head, (int) end, missing);
        }
        end += length;
        known = Math.max(known, end);
    }

    private void makeRoom() {
        int unwanted = (int) (Math.min(Math.max(wantedFrom, base), end) - base);
        int kept = (int) (end - base) - unwanted;
        if (buffer.length - (end - base) < STEP_BYTES) {
            byte[] next = kept + STEP_BYTES > buffer.length ? new byte[2 * buffer.length] : buffer;
            System.arraycopy(buffer, unwanted, next, 0, kept);
            buffer = next;
            base += unwanted;
        }
    }

    @Override
    public void close() throws IOException {
        closeText();
        compressed.close();
    }
}
