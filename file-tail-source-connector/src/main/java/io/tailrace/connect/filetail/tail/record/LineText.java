package io.tailrace.connect.filetail.tail.record;

import io.tailrace.connect.filetail.tail.frame.Line;
import io.tailrace.connect.filetail.tail.measure.Count;
import io.tailrace.connect.filetail.tail.measure.Counts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** Makes text of the lines of one stream. What means nothing in its charset is replaced by U+FFFD, and counted. */
final class LineText {
    private static final char REPLACEMENT = '\uFFFD';

    private final Charset charset;
    private final Counts counts;

    LineText(Charset charset, Counts counts) {
        this.charset = charset;
        this.counts = counts;
    }

    /** The text of a line. */
    String of(Line line) {
        String text = new String(line.buffer(), line.lineStart(), line.lineEnd() - line.lineStart(), charset);
        if (text.indexOf(REPLACEMENT) >= 0 && !isFaithful(line)) {
            counts.one(Count.DECODING_ERRORS);
        }
        return text;
    }

    /** A line may have that character in it by right. */
    private boolean isFaithful(Line line) {
        try {
            charset.newDecoder()
                    .decode(ByteBuffer.wrap(line.buffer(), line.lineStart(), line.lineEnd() - line.lineStart()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
