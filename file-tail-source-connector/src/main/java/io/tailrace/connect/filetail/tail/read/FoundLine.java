package io.tailrace.connect.filetail.tail.read;

import io.tailrace.connect.filetail.tail.frame.ByteOrderMark;
import io.tailrace.connect.filetail.tail.frame.CharacterEnds;
import io.tailrace.connect.filetail.tail.frame.LineEnding;
import java.nio.charset.Charset;

/** Where in the window a line is, without its end, and cut if it is longer than the limit. */
final class FoundLine {
    private final Window window;
    private final CharacterEnds characters;
    private final LineEnding ending;
    private final ByteOrderMark byteOrderMark;
    private final int maxBytes;

    private long offset;
    private int start;
    private int end;
    private boolean cut;

    FoundLine(Window window, Charset charset, int maxBytes) {
        this.window = window;
        this.characters = new CharacterEnds(charset);
        this.ending = LineEnding.of(charset);
        this.byteOrderMark = ByteOrderMark.of(charset);
        this.maxBytes = maxBytes;
    }

    /** All of it is in the window, from one index to another. */
    void isWhole(long position, int from, int to) {
        begin(position, from);
        end = ending.textEnd(window.buffer(), start, to);
        cut = end - start > maxBytes;
        if (cut) {
            end = characters.lastEnd(window.buffer(), start, start + maxBytes);
        }
    }

    /** It is too long, and its beginning is in the window from an index on. */
    void isTooLong(long position, int from) {
        begin(position, from);
        int to = characters.lastEnd(window.buffer(), start, Math.min(start + maxBytes, window.limit()));
        end = ending.beforeNuls(window.buffer(), start, to - (to - start) % ending.unit());
        cut = true;
    }

    private void begin(long position, int from) {
        offset = position;
        start = position == 0 ? byteOrderMark.after(window.buffer(), from, window.limit()) : from;
    }

    /** Its position in the file. */
    long offset() {
        return offset;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    boolean isCut() {
        return cut;
    }
}
