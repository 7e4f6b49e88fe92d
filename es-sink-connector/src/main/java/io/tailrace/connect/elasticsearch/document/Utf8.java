package io.tailrace.connect.elasticsearch.document;

import java.nio.charset.StandardCharsets;

/** What is well-formed UTF-8 (Unicode's table 3-7: no overlong forms, no surrogates, nothing past U+10FFFF). */
final class Utf8 {

    private Utf8() {}

    /**
     * The length of the multi-byte sequence that begins at a byte.
     *
     * @param bytes the text
     * @param at where a byte with the high bit stands
     * @return 2, 3 or 4; 0 if what stands there isn't well formed
     */
    static int sequenceLength(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continues(bytes, at, 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return continues(bytes, at, 2, low, high) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int low = lead == 0xF0 ? 0x90 : 0x80;
            int high = lead == 0xF4 ? 0x8F : 0xBF;
            return continues(bytes, at, 3, low, high) ? 4 : 0;
        }
        return 0;
    }

    /**
     * The same text, well formed: what isn't becomes U+FFFD.
     *
     * @param bytes text that is meant to be UTF-8
     * @return the same array if it is plain ASCII, else a well-formed copy
     */
    static byte[] repaired(byte[] bytes) {
        return Words.areAscii(bytes)
                ? bytes
                : new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean continues(byte[] bytes, int lead, int count, int secondLow, int secondHigh) {
        if (lead + count >= bytes.length) {
            return false;
        }
        int second = bytes[lead + 1] & 0xFF;
        if (second < secondLow || second > secondHigh) {
            return false;
        }
        for (int i = 2; i <= count; i++) {
            if ((bytes[lead + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
