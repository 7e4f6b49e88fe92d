package io.tailrace.connect.elasticsearch.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing run of bytes that knows how to quote JSON strings. May be used for one run after the other, so that only what is
 * kept of each is allocated. Not for several threads.
 */
public final class ByteSink {

    /** An array that is longer isn't kept for the next run. */
    private static final int MAX_KEPT_BYTES = 64 * 1024;

    /** By byte: what can't stand in a JSON string as it is. */
    private static final boolean[] SPECIAL = new boolean[256];

    static {
        Arrays.fill(SPECIAL, 0, 0x20, true);
        SPECIAL['"'] = true;
        SPECIAL['\\'] = true;
    }

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] buffer;
    private int size;

    /**
     * An empty one.
     *
     * @param expectedBytes how long runs probably become
     */
    public ByteSink(int expectedBytes) {
        buffer = new byte[Math.max(16, expectedBytes)];
    }

    /**
     * Begins another run.
     *
     * @return this
     */
    public ByteSink clear() {
        if (buffer.length > MAX_KEPT_BYTES) {
            buffer = new byte[MAX_KEPT_BYTES];
        }
        size = 0;
        return this;
    }

    int size() {
        return size;
    }

    /**
     * What was appended since the run began.
     *
     * @return an array of that length, the caller's own
     */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /**
     * Appends ASCII.
     *
     * @param text of such characters only
     */
    public void ascii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[size++] = (byte) text.charAt(i);
        }
    }

    /** Appends the last so many digits of a number that isn't negative. */
    void digits(int number, int digits) {
        ensure(digits);
        for (int at = size + digits - 1, rest = number; at >= size; at--, rest /= 10) {
            buffer[at] = (byte) ('0' + rest % 10);
        }
        size += digits;
    }

    /**
     * Appends bytes as they are.
     *
     * @param bytes any
     */
    public void bytes(byte[] bytes) {
        bytes(bytes, 0, bytes.length);
    }

    void bytes(byte[] bytes, int from, int to) {
        ensure(to - from);
        System.arraycopy(bytes, from, buffer, size, to - from);
        size += to - from;
    }

    /** Appends text as a JSON string, quotes included. The text must be well-formed UTF-8. */
    void quoted(byte[] utf8) {
        ensure(utf8.length + 2);
        buffer[size++] = '"';
        int copied = 0;
        for (int i = special(utf8, 0); i < utf8.length; i = special(utf8, copied)) {
            bytes(utf8, copied, i);
            escaped(utf8[i]);
            copied = i + 1;
        }
        bytes(utf8, copied, utf8.length);
        ensure(1);
        buffer[size++] = '"';
    }

    /**
     * Appends text as a JSON string, quotes included.
     *
     * @param text without halves of characters
     */
    public void quoted(String text) {
        ensure(text.length() + 2);
        int begin = size;
        buffer[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || SPECIAL[c]) {
                size = begin;
                quoted(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            buffer[size++] = (byte) c;
        }
        buffer[size++] = '"';
    }

    /** Where the next byte is that must be escaped; the length if there is none. */
    private static int special(byte[] utf8, int from) {
        int at = from;
        while (at <= utf8.length - Long.BYTES && Words.arePlain(utf8, at)) {
            at += Long.BYTES;
        }
        while (at < utf8.length && !SPECIAL[utf8[at] & 0xFF]) {
            at++;
        }
        return at;
    }

    private void escaped(byte b) {
        switch (b) {
            case '"' -> ascii("\\\"");
            case '\\' -> ascii("\\\\");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> {
                ascii("\\u00");
                ensure(2);
                buffer[size++] = HEX[b >> 4];
                buffer[size++] = HEX[b & 0xF];
            }
        }
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            int doubled = (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8L);
            buffer = Arrays.copyOf(buffer, Math.max(doubled, needed));
        }
    }
}
