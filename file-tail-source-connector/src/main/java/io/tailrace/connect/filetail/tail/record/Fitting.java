package io.tailrace.connect.filetail.tail.record;

/** How much of a text fits into so many bytes of UTF-8, without a part of a character. */
final class Fitting {
    private static final int MAX_BYTES_PER_CHAR = 3;

    private Fitting() {}

    /**
     * How much of a text fits.
     *
     * @param from index of its first character
     * @return index after the last character that fits
     */
    static int text(CharSequence text, int from, int maxBytes) {
        if ((long) (text.length() - from) * MAX_BYTES_PER_CHAR <= maxBytes) {
            return text.length();
        }
        int left = maxBytes;
        int i = from;
        while (i < text.length()) {
            int c = Character.codePointAt(text, i);
            left -= bytes(c);
            if (left < 0) {
                return i;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static int bytes(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        if (codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            return 4;
        }
        // Half of a surrogate pair becomes a question mark.
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? 1 : 3;
    }

    /**
     * How much fits of a text with the escapes of JSON in it, of which none is cut.
     *
     * @param from index of its first character
     * @return index after the last character that fits
     */
    static int escaped(CharSequence json, int from, int maxBytes) {
        int end = text(json, from, maxBytes);
        if (end == json.length()) {
            return end;
        }
        int i = from;
        while (i < end) {
            int length = 1;
            if (json.charAt(i) == '\\') {
                length = json.charAt(i + 1) == 'u' ? 6 : 2;
            }
            if (i + length > end) {
                return i;
            }
            i += length;
        }
        return end;
    }
}
