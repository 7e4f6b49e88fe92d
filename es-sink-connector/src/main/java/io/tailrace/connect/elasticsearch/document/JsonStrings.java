package io.tailrace.connect.elasticsearch.document;

/** Text as JSON strings. */
public final class JsonStrings {

    private JsonStrings() {}

    /**
     * A JSON string.
     *
     * @param text any text
     * @return it, escaped and in quotes
     */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20) {
                quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
