package io.tailrace.connect.filetail.tail.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/**
 * Where characters end in a charset, so that none is cut.
 *
 * @param charset of the bytes
 */
public record CharacterEnds(Charset charset) {
    /**
     * Finds the last end of a character; the decoder leaves over what is only part of one.
     *
     * @param bytes where to look
     * @param from index of the first byte, where a character begins
     * @param to index after the last byte
     * @return the index at or before {@code to}
     */
    public int lastEnd(byte[] bytes, int from, int to) {
        ByteBuffer text = ByteBuffer.wrap(bytes, from, to - from);
        charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(text, CharBuffer.allocate(to - from + 1), false);
        return text.position();
    }
}
