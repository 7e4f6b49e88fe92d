package io.tailrace.connect.elasticsearch.document;

import java.util.Arrays;

/** A growing run of bytes that knows how to quote JSON strings. Not for several threads. */
final class ByteSink {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] buffer;
    private int size;

    ByteSink(int expectedBytes) {
        buffer = new byte[Math.max(16, expectedBytes)];
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    }

    void ascii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[size++] = (byte) text.charAt(i);
        }
    }

    void bytes(byte[] bytes) {
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
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
                bytes(utf8, copied, i);
                escaped(b);
                copied = i + 1;
            }
        }
        bytes(utf8, copied, utf8.length);
        ensure(1);
        buffer[size++] = '"';
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
