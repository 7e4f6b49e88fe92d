package io.tailrace.connect.filetail.entries;

import static io.tailrace.connect.filetail.entries.FieldReader.notEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.Entry.Multiline;
import io.tailrace.connect.filetail.entries.Entry.StartPosition;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes an {@link Entry} of one JSON object. */
final class EntryParser {
    static final int DEFAULT_MAX_LINES = 500;
    static final Duration DEFAULT_MULTILINE_TIMEOUT = Duration.ofSeconds(5);

    static final long MAX_RATE_LINES = 1_000_000_000L;
    static final long MAX_RATE_BYTES = 1_000_000_000_000L;
    static final int MIN_LINE_BYTES = 16;
    static final int MAX_LINE_BYTES = 16 * 1024 * 1024;
    static final int MAX_NAME_CHARS = 250;
    static final int MAX_FIELDS = 50;
    static final int MAX_FIELD_CHARS = 4_096;
    static final int MAX_MAX_LINES = 100_000;
    static final int MAX_TIMEOUT_MILLIS = 3_600_000;

    private static final Set<String> ENTRY_FIELDS =
            Arrays.stream(EntryField.values()).map(EntryField::jsonName).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> MULTILINE_FIELDS = Set.of("pattern", "negate", "match", "max_lines", "timeout_ms");
    /** What the connector itself writes into the metadata. */
    static final Set<String> RESERVED_FIELDS = Set.of(
            "@timestamp",
            "host.ip",
            "host.name",
            "log.file.path",
            "log.flags",
            "log.generation",
            "log.offset",
            "log.stream",
            "message",
            "service.name");

    private final FieldReader in;

    private EntryParser(FieldReader in) {
        this.in = in;
    }

    /**
     * The entry, with defaults (for path and topic, nothing) in place of what problems were added for, so that others can be
     * found; empty if there is no object at all.
     */
    static Optional<ParsedEntry> parse(int entryNumber, JsonNode node, Problems problems) {
        if (!(node instanceof ObjectNode object)) {
            problems.add(entryNumber, "", node, "must be an object with the entry's fields");
            return Optional.empty();
        }
        Entry entry = new EntryParser(new FieldReader(entryNumber, "", object, problems)).entry();
        return Optional.of(new ParsedEntry(entryNumber, object.has("path") ? "path" : "log_path", entry));
    }

    private Entry entry() {
        in.refuseOthersThan(ENTRY_FIELDS);
        return new Entry(
                path(),
                topic(),
                in.text("service", MAX_NAME_CHARS, EntryParser::anything).orElse(""),
                in.text("id", MAX_NAME_CHARS, EntryRules::id).orElse(""),
                rate("send_rate", MAX_RATE_LINES),
                rate("send_bytes", MAX_RATE_BYTES),
                in.texts("exclude", EntryRules.MAX_PATH_CHARS, EntryRules::exclude),
                startPosition(),
                in.text("encoding", MAX_NAME_CHARS, EntryRules::charset)
                        .map(Charset::forName)
                        .orElse(StandardCharsets.UTF_8),
                in.object("multiline").map(EntryParser::multiline),
                in.texts("include_lines", EntryRules.MAX_REGEX_CHARS, EntryRules::regex),
                in.texts("exclude_lines", EntryRules.MAX_REGEX_CHARS, EntryRules::regex),
                in.bool("keep_empty_lines", false),
                (int) in.integer("max_line_bytes", MIN_LINE_BYTES, MAX_LINE_BYTES, Entry.DEFAULT_MAX_LINE_BYTES),
                in.duration("ignore_older").filter(age -> !age.isZero()),
                closeIdle(),
                in.object("fields").map(EntryParser::fields).orElseGet(TreeMap::new));
    }

    private String path() {
        if (in.has("path") && in.has("log_path")) {
            in.refuseMissing("path", "is another name of log_path; give one of the two");
        }
        if (!in.has("path") && !in.has("log_path")) {
            in.refuseMissing("log_path", "is missing");
        }
        Optional<String> path = in.text("log_path", EntryRules.MAX_PATH_CHARS, notEmpty(EntryRules::path));
        Optional<String> other = in.text("path", EntryRules.MAX_PATH_CHARS, notEmpty(EntryRules::path));
        return path.or(() -> other).orElse("");
    }

    private String topic() {
        if (!in.has("topic")) {
            in.refuseMissing("topic", "is missing");
        }
        return in.text("topic", EntryRules.MAX_TOPIC_CHARS, notEmpty(EntryRules::topic))
                .orElse("");
    }

    /** Whatever is not above 0 means unlimited, as in the agents whose lists are taken over. */
    private long rate(String field, long max) {
        return Math.max(0, in.integer(field, Long.MIN_VALUE, max, 0));
    }

    private StartPosition startPosition() {
        return in.text("start_position", MAX_NAME_CHARS, oneOf("beginning", "end"))
                .filter("end"::equals)
                .map(end -> StartPosition.END)
                .orElse(StartPosition.BEGINNING);
    }

    private Duration closeIdle() {
        Optional<Duration> given = in.duration("close_idle");
        if (given.filter(Duration::isZero).isPresent()) {
            in.refuseMissing("close_idle", "must be longer than 0");
        }
        return given.orElse(Entry.DEFAULT_CLOSE_IDLE);
    }

    private static Multiline multiline(FieldReader in) {
        in.refuseOthersThan(MULTILINE_FIELDS);
        if (!in.has("pattern")) {
            in.refuseMissing("pattern", "is missing");
        }
        return new Multiline(
                in.text("pattern", EntryRules.MAX_REGEX_CHARS, notEmpty(EntryRules::regex))
                        .orElse(""),
                in.bool("negate", false),
                in.text("match", MAX_NAME_CHARS, oneOf("after", "before"))
                        .filter("before"::equals)
                        .map(before -> Multiline.Match.BEFORE)
                        .orElse(Multiline.Match.AFTER),
                (int) in.integer("max_lines", 1, MAX_MAX_LINES, DEFAULT_MAX_LINES),
                Duration.ofMillis(
                        in.integer("timeout_ms", 1, MAX_TIMEOUT_MILLIS, DEFAULT_MULTILINE_TIMEOUT.toMillis())));
    }

    private static SortedMap<String, Object> fields(FieldReader in) {
        SortedMap<String, Object> fields = new TreeMap<>();
        if (in.size() > MAX_FIELDS) {
            in.refuseMissing("*", "are more than " + MAX_FIELDS);
            return fields;
        }
        for (Iterator<String> names = in.names(); names.hasNext(); ) {
            String name = names.next();
            fieldNameProblem(name).ifPresent(reason -> in.refuseMissing(name, reason));
            in.constant(name, MAX_FIELD_CHARS).ifPresent(value -> fields.put(name, value));
        }
        return fields;
    }

    private static Optional<String> fieldNameProblem(String name) {
        if (RESERVED_FIELDS.contains(name)) {
            return Optional.of("is a name that the connector itself writes");
        }
        if (name.isBlank()
                || name.length() > MAX_NAME_CHARS
                || name.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of(
                    "is not a name: it must be 1 to " + MAX_NAME_CHARS + " characters, no control characters");
        }
        return EntryRules.unicode(name);
    }

    private static Optional<String> anything(String text) {
        return Optional.empty();
    }

    private static Function<String, Optional<String>> oneOf(String one, String other) {
        return text -> text.equals(one) || text.equals(other)
                ? Optional.empty()
                : Optional.of("must be '" + one + "' or '" + other + "'");
    }
}
