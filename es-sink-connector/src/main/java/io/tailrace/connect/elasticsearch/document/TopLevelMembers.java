package io.tailrace.connect.elasticsearch.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the top-level members of a scanned object are: positions in its bytes, nothing copied. */
final class TopLevelMembers {

    private static final int FIELDS = 6;
    private static final int NAME_START = 0;
    private static final int NAME_END = 1;
    private static final int NAME_ESCAPED = 2;
    private static final int VALUE_START = 3;
    private static final int VALUE_IS_OBJECT = 4;
    private static final int VALUE_END = 5;

    /** Reused between scans up to this many members, so that one huge document isn't remembered for ever. */
    private static final int KEPT = 256 * FIELDS;

    private byte[] input = new byte[0];
    private int[] positions = new int[16 * FIELDS];
    private int count;

    void reset(byte[] bytes) {
        input = bytes;
        count = 0;
        if (positions.length > KEPT) {
            positions = new int[KEPT];
        }
    }

    void begin(int nameStart, int nameEnd, boolean nameEscaped, int valueStart, boolean valueIsObject) {
        int at = count * FIELDS;
        if (at == positions.length) {
            positions = Arrays.copyOf(positions, Math.multiplyExact(at, 2));
        }
        positions[at + NAME_START] = nameStart;
        positions[at + NAME_END] = nameEnd;
        positions[at + NAME_ESCAPED] = nameEscaped ? 1 : 0;
        positions[at + VALUE_START] = valueStart;
        positions[at + VALUE_IS_OBJECT] = valueIsObject ? 1 : 0;
        count++;
    }

    void end(int valueEnd) {
        positions[(count - 1) * FIELDS + VALUE_END] = valueEnd;
    }

    int count() {
        return count;
    }

    boolean valueIsObject(int member) {
        return positions[member * FIELDS + VALUE_IS_OBJECT] == 1;
    }

    /** The name as UTF-8, without quotes and escapes. */
    byte[] name(int member) {
        int start = positions[member * FIELDS + NAME_START];
        int end = positions[member * FIELDS + NAME_END];
        if (positions[member * FIELDS + NAME_ESCAPED] == 1) {
            return unescaped(start, end);
        }
        return Arrays.copyOfRange(input, start, end);
    }

    /** The value as it stands in the input. */
    byte[] value(int member) {
        return Arrays.copyOfRange(
                input, positions[member * FIELDS + VALUE_START], positions[member * FIELDS + VALUE_END]);
    }

    /**
     * Whether a member and a field of the given dotted name can't stand in one document: they are one field, or
     * one is a scalar where the other needs an object ({@code "host": "a"} beside {@code "host.name": "b"}). To the
     * server a name with a dot and an object inside of another are the same.
     */
    boolean excludes(int member, byte[] field) {
        int start = positions[member * FIELDS + NAME_START];
        int end = positions[member * FIELDS + NAME_END];
        if (positions[member * FIELDS + NAME_ESCAPED] == 1) {
            byte[] name = unescaped(start, end);
            return excludes(name, 0, name.length, field, member);
        }
        return excludes(input, start, end, field, member);
    }

    /** Whether any member and a field of the given dotted name can't stand in one document. */
    boolean exclude(byte[] field) {
        for (int i = 0; i < count; i++) {
            if (excludes(i, field)) {
                return true;
            }
        }
        return false;
    }

    private boolean excludes(byte[] name, int start, int end, byte[] field, int member) {
        int length = end - start;
        int common = Math.min(length, field.length);
        if (!Arrays.equals(name, start, start + common, field, 0, common)) {
            return false;
        }
        if (length == field.length) {
            return true;
        }
        return length < field.length
                ? field[length] == '.' && (!valueIsObject(member) || excludesInside(member, field, length + 1))
                : name[start + field.length] == '.';
    }

    private boolean excludesInside(int member, byte[] field, int from) {
        int start = positions[member * FIELDS + VALUE_START];
        int end = positions[member * FIELDS + VALUE_END];
        String rest = new String(field, from, field.length - from, StandardCharsets.UTF_8);
        return JsonText.excludes(input, start, end, rest);
    }

    private byte[] unescaped(int start, int end) {
        try (JsonParser parser = new JsonFactory().createParser(input, start - 1, end - start + 2)) {
            parser.nextToken();
            return parser.getText().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a scanned name must be readable", e);
        }
    }
}
