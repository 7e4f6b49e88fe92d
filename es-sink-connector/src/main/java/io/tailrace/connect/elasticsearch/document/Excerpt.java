package io.tailrace.connect.elasticsearch.document;

import java.nio.charset.StandardCharsets;

/** The beginning of a value, for an error message. */
final class Excerpt {

    private static final int MAX_BYTES = 80;

    private Excerpt() {}

    static String of(byte[] bytes) {
        int length = Math.min(bytes.length, MAX_BYTES);
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return length < bytes.length ? text + "…" : text;
    }
}
