package io.tailrace.connect.filetail.entries;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An endless supply of texts that are nearly lists of entries, some of them wholly. */
final class FuzzedJson {
    private static final List<String> NAMES = List.of(
            "log_path",
            "path",
            "topic",
            "service",
            "send_rate",
            "send_bytes",
            "id",
            "exclude",
            "start_position",
            "encoding",
            "multiline",
            "include_lines",
            "exclude_lines",
            "keep_empty_lines",
            "max_line_bytes",
            "ignore_older",
            "close_idle",
            "fields",
            "pattern",
            "negate",
            "match",
            "max_lines",
            "timeout_ms",
            "nosuch",
            "",
            "\\u0000",
            "host.name");

    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1",
            "15",
            "16",
            "1.0",
            "1e3",
            "1e999",
            "-1e-999",
            "1000000001",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
            "\"\"",
            "\" \"",
            "\"5m\"",
            "\"1d\"",
            "\"99999999999999999d\"",
            "\"end\"",
            "\"after\"",
            "\"before\"",
            "\"GBK\"",
            "\"UTF-16\"",
            "\"JISAutoDetect\"",
            "\"x\"",
            "\"(\"",
            "\"[a-\"",
            "\"(?<a>\"",
            "\"\\\\\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"a|b\"",
            "\"${env:HOME}\"",
            "\"/var/log/a\"",
            "\"/var/log/../../etc/shadow\"",
            "\"/var/log/*/../x\"",
            "\"/var/log/{..,a}/x\"",
            "\"/etc/shadow\"",
            "\"/var/log/\"",
            "\"/var/log\"",
            "\"/var/log/{a\"",
            "\"/var/log/[!a]*.log\"",
            "\"../../etc/shadow\"",
            "\"__x\"",
            "\"connect-offsets\"",
            "\"..\"",
            "\"web_log\"",
            "\"日本\"",
            "\"😀\"");

    private static final String PIECES = "[]{}\",:\\ntfe0-+.E/*$\u0000\ud800é日 ";

    private final Random random;

    FuzzedJson(Random random) {
        this.random = random;
    }

    String next() {
        return switch (random.nextInt(4)) {
            case 0 -> value(0);
            case 1 -> mutated(list());
            default -> list();
        };
    }

    /** Of entries that are good but for a few members. */
    private String list() {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(number -> entry("/var/log/f" + number + (random.nextInt(3) == 0 ? "*.log" : "")))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String entry(String path) {
        String name = random.nextBoolean() ? "path" : "log_path";
        String members = IntStream.range(0, random.nextInt(4))
                .mapToObj(number -> "," + (random.nextInt(3) == 0 ? member(1) : goodMember()))
                .collect(Collectors.joining());
        return "{\"" + name + "\":\"" + path + "\",\"topic\":\"web_log\"" + members + "}";
    }

    private String goodMember() {
        return one(List.of(
                "\"service\":\"" + random.nextInt(9) + "\"",
                "\"send_rate\":" + random.nextInt(),
                "\"id\":\"${x}\"",
                "\"exclude\":[\"*.gz\"]",
                "\"multiline\":{\"pattern\":\"^x\",\"max_lines\":" + (1 + random.nextInt(9)) + "}",
                "\"include_lines\":[\"a$\"]",
                "\"ignore_older\":" + random.nextInt(9_999),
                "\"fields\":{\"a\":" + random.nextDouble() + "}",
                "\"encoding\":\"GB18030\"",
                "\"start_position\":\"end\""));
    }

    private String member(int depth) {
        return "\"" + one(NAMES) + "\":" + value(depth);
    }

    private String value(int depth) {
        int kind = random.nextInt(depth > 9 ? 1 : 4);
        if (kind < 2) {
            return one(SCALARS);
        }
        boolean object = kind == 2;
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(number -> object ? member(depth + 1) : value(depth + 1))
                .collect(Collectors.joining(",", object ? "{" : "[", object ? "}" : "]"));
    }

    private String mutated(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            int at = random.nextInt(mutated.length() + 1);
            int length = random.nextInt(Math.min(5, mutated.length() - at + 1));
            char piece = PIECES.charAt(random.nextInt(PIECES.length()));
            mutated.replace(at, at + length, random.nextBoolean() ? String.valueOf(piece) : one(SCALARS));
        }
        return mutated.toString();
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
