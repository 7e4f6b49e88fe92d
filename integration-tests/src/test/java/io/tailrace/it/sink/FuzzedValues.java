package io.tailrace.it.sink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Values as nobody means them: bytes, JSON, what is nearly JSON, and what would be a bulk action. */
final class FuzzedValues {

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\n",
            "\r\n",
            " ",
            "\"a\"",
            "\"b\":",
            "1",
            "-0",
            "1e400",
            "NaN",
            "null",
            "true",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "é",
            "\uFEFF",
            "{\"index\":{}}",
            "{\"create\":{\"_index\":\"smuggled\"}}",
            "{\"delete\":{\"_index\":\"precious\",\"_id\":\"1\"}}",
            "{\"a\":1}",
            "{\"a\":{\"b\":[1,\"x\"]}}",
            "123456789012345678901234567890",
            "\"2026-11-21T10:15:30Z\"");

    private final Random random;

    FuzzedValues(long seed) {
        random = new Random(seed);
    }

    /** Any value; never null. */
    byte[] next() {
        return switch (random.nextInt(4)) {
            case 0 -> bytes();
            case 1 -> object(0).getBytes(StandardCharsets.UTF_8);
            case 2 -> damaged(object(0).getBytes(StandardCharsets.UTF_8));
            default -> pieces().getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String pieces() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** Few names, so that the index doesn't run out of fields. */
    private String object(int depth) {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append("\"")
                    .append((char) ('a' + random.nextInt(6)))
                    .append("\":")
                    .append(value(depth));
            text.append(i > 0 ? "," : "");
        }
        return text.append(random.nextBoolean() ? "\n}" : "}").toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 2 ? 5 : 7)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> "\"x" + random.nextInt(100) + "\"";
            case 2 -> "null";
            case 3 -> random.nextDouble() + "e" + random.nextInt(500);
            case 4 -> Boolean.toString(random.nextBoolean());
            case 5 -> "[" + value(depth + 1) + ",\r\n" + value(depth + 1) + "]";
            default -> object(depth + 1);
        };
    }

    private byte[] damaged(byte[] bytes) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
