package io.tailrace.connect.etcd.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What etcd holds at a key.
 *
 * @param modRevision the revision that wrote it
 * @param text the value; empty where its bytes aren't UTF-8 text
 */
public record Stored(long modRevision, Optional<String> text) {
    /**
     * Decodes a value.
     *
     * @param modRevision the revision that wrote it
     * @param bytes the value as etcd has it
     * @return the value
     */
    public static Stored of(long modRevision, byte[] bytes) {
        return new Stored(modRevision, decode(bytes));
    }

    private static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
