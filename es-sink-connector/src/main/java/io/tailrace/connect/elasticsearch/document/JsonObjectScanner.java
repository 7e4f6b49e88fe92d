package io.tailrace.connect.elasticsearch.document;

/**
 * Proves in one scan, without building a tree, that some bytes are exactly one JSON object (RFC 8259, well-formed
 * UTF-8, at most {@value #MAX_DEPTH} levels deep), and notes where its top-level members are.
 *
 * <p>Inside valid JSON a raw CR or LF can only be insignificant whitespace: within a string both must be escaped.
 * That is what makes it safe to replace every raw line break of a proven object by a space.
 *
 * <p>One instance serves one thread; its findings are those of the last {@link #scan}.
 */
final class JsonObjectScanner {

    /**
     * Deeper values aren't taken for JSON: Elasticsearch's own parser stops here, too, since version 8. Before that a
     * node dies of a document with 1,500 levels.
     */
    static final int MAX_DEPTH = 1000;

    private final boolean[] isObject = new boolean[MAX_DEPTH + 1];
    private final TopLevelMembers members = new TopLevelMembers();
    private byte[] input = new byte[0];
    private int position;
    private int depth;
    private boolean justOpened;
    private boolean escapeSeen;
    private boolean lineBreakSeen;
    private int openedAt;
    private int closedAt;

    /**
     * Scans some bytes.
     *
     * @param bytes the whole value; kept by reference until the next scan
     * @return true if they are one complete JSON object with nothing but whitespace around it
     */
    boolean scan(byte[] bytes) {
        input = bytes;
        position = 0;
        depth = 0;
        lineBreakSeen = false;
        members.reset(bytes);
        skipWhitespace();
        openedAt = position;
        if (peek() != '{' || !open(true)) {
            return false;
        }
        while (depth > 0) {
            if (!step()) {
                return false;
            }
        }
        skipWhitespace();
        return position == input.length;
    }

    /** Where the opening brace is. */
    int openedAt() {
        return openedAt;
    }

    /** Where the closing brace is. */
    int closedAt() {
        return closedAt;
    }

    /** Whether a raw CR or LF stands anywhere in the value. */
    boolean hasLineBreak() {
        return lineBreakSeen;
    }

    /** The top-level members, in order. */
    TopLevelMembers members() {
        return members;
    }

    /** One member or element, as far as the start of its content if it is a container. */
    private boolean step() {
        skipWhitespace();
        if (justOpened && peek() == closing()) {
            return completed();
        }
        justOpened = false;
        if (isObject[depth] && !name()) {
            return false;
        }
        return value();
    }

    private boolean name() {
        int start = position;
        escapeSeen = false;
        if (peek() != '"' || !string()) {
            return false;
        }
        int end = position;
        skipWhitespace();
        if (peek() != ':') {
            return false;
        }
        position++;
        skipWhitespace();
        if (depth == 1) {
            members.begin(start + 1, end - 1, escapeSeen, position, peek() == '{');
        }
        return true;
    }

    private boolean value() {
        return switch (peek()) {
            case '{' -> open(true);
            case '[' -> open(false);
            case '"' -> string() && completed();
            case 't' -> literal("true") && completed();
            case 'f' -> literal("false") && completed();
            case 'n' -> literal("null") && completed();
            default -> number() && completed();
        };
    }

    private boolean open(boolean object) {
        if (depth == MAX_DEPTH) {
            return false;
        }
        position++;
        depth++;
        isObject[depth] = object;
        justOpened = true;
        return true;
    }

    /** After a complete value: a comma goes on in its container, the bracket completes the container itself. */
    private boolean completed() {
        while (depth > 0) {
            if (depth == 1 && !justOpened) {
                members.end(position);
            }
            skipWhitespace();
            int next = peek();
            if (next == ',' && !justOpened) {
                position++;
                return true;
            }
            if (next != closing()) {
                return false;
            }
            closedAt = position++;
            depth--;
            justOpened = false;
        }
        return true;
    }

    private int closing() {
        return isObject[depth] ? '}' : ']';
    }

    private boolean string() {
        position++;
        while (position < input.length) {
            int b = input[position++];
            if (b == '"') {
                return true;
            }
            if (b == '\\') {
                if (!escape()) {
                    return false;
                }
            } else if (b < 0) {
                int length = Utf8.sequenceLength(input, position - 1);
                if (length == 0) {
                    return false;
                }
                position += length - 1;
            } else if (b < 0x20) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        escapeSeen = true;
        int b = peek();
        position++;
        return switch (b) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            case 'u' -> hexDigits();
            default -> false;
        };
    }

    private boolean hexDigits() {
        for (int i = 0; i < 4; i++) {
            int b = peek();
            boolean hex = isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
            if (!hex) {
                return false;
            }
            position++;
        }
        return true;
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                return false;
            }
            position++;
        }
        return true;
    }

    private boolean number() {
        if (peek() == '-') {
            position++;
        }
        if (peek() == '0') {
            position++;
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            position++;
            if (!digits()) {
                return false;
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            position++;
            if (peek() == '+' || peek() == '-') {
                position++;
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = position;
        while (isDigit(peek())) {
            position++;
        }
        return position > start;
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    private void skipWhitespace() {
        while (position < input.length) {
            byte b = input[position];
            if (b == '\n' || b == '\r') {
                lineBreakSeen = true;
            } else if (b != ' ' && b != '\t') {
                return;
            }
            position++;
        }
    }

    /** The next byte, or a value that is none of JSON's own at the end. */
    private int peek() {
        return position < input.length ? input[position] : Byte.MIN_VALUE - 1;
    }
}
