package io.tailrace.connect.filetail.entries;

import io.tailrace.connect.filetail.glob.GlobPattern;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** What makes a single value of an entry legal. Each answers with the reason why it is not, to be read after the value. */
final class EntryRules {
    static final int MAX_PATH_CHARS = 4_096;
    static final int MAX_TOPIC_CHARS = 249;
    static final int MAX_REGEX_CHARS = 1_000;

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]+");
    /** They take the byte order from the file's first bytes, which are gone when reading is resumed further down. */
    private static final Set<String> CHARSETS_WITH_BYTE_ORDER_MARK =
            Set.of("UTF-16", "UTF-32", "x-UTF-16LE-BOM", "X-UTF-32LE-BOM", "X-UTF-32BE-BOM");

    private static final Set<String> WIDE_CHARSETS = Set.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE");

    /** Characters that character sets with shift sequences have such sequences for. */
    private static final String SHIFTED = "\u00e9\u65e5\u4e2d\ud55c\uff71";

    private static final byte ESCAPE = 0x1B;
    private static final byte SHIFT_OUT = 0x0E;

    private EntryRules() {}

    static Optional<String> path(String path) {
        if (!path.equals(path.strip())) {
            return Optional.of("begins or ends with white space");
        }
        if (path.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("has a control character in it");
        }
        if (path.endsWith("/")) {
            return Optional.of("names a folder; write " + path + "* for the files in it");
        }
        return glob(path);
    }

    static Optional<String> glob(String glob) {
        try {
            GlobPattern.of(glob);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is not a glob: " + describe(e));
        }
    }

    /** What is compared with whole paths, which begin with a slash. */
    static Optional<String> exclude(String glob) {
        boolean ofWholePaths = Stream.of("/", "**", "{", "\\").anyMatch(glob::startsWith);
        return glob.contains("/") && !ofWholePaths
                ? Optional.of("has a '/' in it and so is compared with whole paths, none of which it matches; begin it"
                        + " with '/' or '**/'")
                : glob(glob);
    }

    static Optional<String> regex(String regex) {
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is not a regular expression: " + describe(e));
        }
    }

    /** Kafka's rules for the names of topics, and no internal ones: every other rule about topics can be configured, these not. */
    static Optional<String> topic(String topic) {
        if (topic.startsWith("__")) {
            return Optional.of("is an internal topic");
        }
        if (topic.equals(".") || topic.equals("..") || !TOPIC.matcher(topic).matches()) {
            return Optional.of("is not a topic name: only a-z, A-Z, 0-9, '.', '_' and '-' may stand in one");
        }
        return Optional.empty();
    }

    static Optional<String> id(String id) {
        boolean bad = id.codePoints().anyMatch(c -> c == '|' || Character.isISOControl(c));
        return bad ? Optional.of("may have neither '|' nor control characters in it") : Optional.empty();
    }

    static Optional<String> charset(String name) {
        try {
            Charset charset = Charset.forName(name);
            if (CHARSETS_WITH_BYTE_ORDER_MARK.contains(charset.name())) {
                return Optional.of("leaves the byte order open; write UTF-16LE or UTF-16BE (UTF-32LE, UTF-32BE)");
            }
            return charset.canEncode()
                    ? lineEnds(charset)
                    : Optional.of("is a guess between character sets; name the one the files are in");
        } catch (IllegalArgumentException e) {
            return Optional.of("is not a character set known here");
        }
    }

    /** Lines are cut before they are decoded, and each is decoded by itself. */
    private static Optional<String> lineEnds(Charset charset) {
        if (WIDE_CHARSETS.contains(charset.name())) {
            return Optional.empty();
        }
        if (!Arrays.equals("\n".getBytes(charset), new byte[] {'\n'})) {
            return Optional.of("is not supported: its lines do not end in the byte 0x0A");
        }
        for (byte b : SHIFTED.getBytes(charset)) {
            if (b == ESCAPE || b == SHIFT_OUT) {
                return Optional.of("is not supported: what its bytes mean depends on bytes before them");
            }
        }
        return Optional.empty();
    }

    static Optional<String> unicode(String text) {
        boolean broken = text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
        return broken ? Optional.of("has half of a surrogate pair in it, which is no character") : Optional.empty();
    }

    private static String describe(PatternSyntaxException e) {
        return e.getDescription() + (e.getIndex() < 0 ? "" : " near position " + e.getIndex());
    }
}
