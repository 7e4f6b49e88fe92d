package io.tailrace.connect.elasticsearch.document;

/** In a bulk body a line break ends a document, so none may stand inside one. */
final class LineBreaks {

    private LineBreaks() {}

    /**
     * Replaces raw line breaks by spaces, which changes nothing in valid JSON.
     *
     * @param json valid JSON
     * @return the same array if it holds none, else a copy
     */
    static byte[] replaced(byte[] json) {
        byte[] copy = null;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                copy = copy == null ? json.clone() : copy;
                copy[i] = ' ';
            }
        }
        return copy == null ? json : copy;
    }
}
