package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.frame.LineEnding;
import io.tailrace.connect.filetail.tail.identify.Bookmark;
import io.tailrace.connect.filetail.tail.identify.Recognition;
import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.scan.FileStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/**
 * Looks for the line that begins after a position of compressed text, for an entry: all before it has to be decompressed, so
 * each scan goes a part of the way. One file after the other, since each takes memory.
 */
final class Seek implements AutoCloseable {
    /** Takes half a second or so, in which the task can't be stopped. */
    static final int STEP_BYTES = 128 << 20;

    private static final int BLOCK_BYTES = 64 * 1024;

    private final int stepBytes;
    private final byte[] block = new byte[BLOCK_BYTES];
    private long scans;

    private FileStat file;
    private Content content;
    private LineEnding ending;
    private long position;
    private long at;
    private boolean arrived;
    private long usedInScan;

    /**
     * Makes one that has nothing to look for.
     *
     * @param stepBytes about so much text is decompressed at once
     */
    Seek(int stepBytes) {
        this.stepBytes = stepBytes;
    }

    /** Opens a file. */
    interface Opening {
        Content open() throws IOException;
    }

    /** A scan begins. What was not asked for in the one before need not be looked for any more. */
    void nextScan() {
        scans++;
        if (file != null && usedInScan < scans - 1) {
            close();
        }
    }

    /**
     * Goes a part of the way.
     *
     * @param opening opens the file
     * @param wanted position in the text, 0 or more
     * @return where the first line begins at or after it; the end of the text if there is none
     * @throws FarAwayException if it has not been reached yet, or another file has its turn
     * @throws IOException if the file can't be read
     */
    Bookmark nextLine(FileStat there, Opening opening, Charset charset, long wanted) throws IOException {
        if (file == null) {
            begin(there, opening.open(), charset, wanted);
        }
        if (!file.key().equals(there.key()) || file.modifiedMillis() != there.modifiedMillis() || position != wanted) {
            throw new FarAwayException(there.path());
        }
        usedInScan = scans;
        try {
            if (!goOn()) {
                throw new FarAwayException(there.path());
            }
            Bookmark found = Recognition.bookmark(content, there.key(), at);
            close();
            return found;
        } catch (FarAwayException e) {
            throw e;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void begin(FileStat there, Content opened, Charset charset, long wanted) {
        file = there;
        content = opened;
        ending = LineEnding.of(charset);
        position = wanted;
        at = wanted + Math.floorMod(-wanted, ending.unit());
        arrived = false;
    }

    private boolean goOn() throws IOException {
        if (!arrived) {
            arrived = content.forward(Math.max(0, at - Bookmark.FINGERPRINT_BYTES), at, stepBytes);
            if (!arrived || at == 0 || isLineStart()) {
                return arrived;
            }
        }
        for (int left = stepBytes; left > 0; left -= BLOCK_BYTES) {
            int length = load(at, BLOCK_BYTES);
            int after = ending.after(block, 0, length);
            if (after != LineEnding.NONE) {
                at += after;
                return true;
            }
            if (length < BLOCK_BYTES) {
                at = Math.min(at + length, content.size());
                return true;
            }
            at += BLOCK_BYTES;
        }
        return false;
    }

    private boolean isLineStart() throws IOException {
        int length = load(at - ending.unit(), ending.unit());
        return ending.after(block, 0, length) != LineEnding.NONE
                || ending.firstNul(block, 0, length) != LineEnding.NONE;
    }

    private int load(long from, int length) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(block, 0, length);
        while (into.hasRemaining()) {
            if (content.read(into, from + into.position()) < 0) {
                break;
            }
        }
        return into.position();
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        file = null;
        try {
            content.close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
