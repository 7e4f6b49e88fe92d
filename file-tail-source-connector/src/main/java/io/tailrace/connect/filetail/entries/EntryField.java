package io.tailrace.connect.filetail.entries;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The members of an entry's JSON object, in the order in which they are written; the reference page is made from this list. */
public enum EntryField {
    /** See {@link Entry#path()}. */
    LOG_PATH(
            "log_path",
            "string",
            "required",
            "File or glob: `*`, `?`, `[..]`, `[!..]` or `[^..]`, `{a,b}`, `**` (`/**/` stands for no folder, too), `\\` before a "
                    + "character that is meant literally. A relative path is taken from the worker's working directory. `..` "
                    + "may not follow a wildcard."),
    /** The other name of {@link #LOG_PATH}. */
    PATH("path", "string", "", "Another name of `log_path`; an entry has one of the two."),
    /** See {@link Entry#topic()}. */
    TOPIC(
            "topic",
            "string",
            "required",
            "Kafka topic. Internal topics (`__*`, `connect-*`, `tailrace-agent-*`) are refused."),
    /** See {@link Entry#service()}. */
    SERVICE("service", "string", "none", "Name of the service the lines belong to; becomes `service.name`."),
    /** See {@link Entry#sendRate()}. */
    SEND_RATE(
            "send_rate",
            "integer",
            "unlimited",
            "Lines per second for this entry, all its files together. 0 or less means unlimited."),
    /** See {@link Entry#sendBytes()}. */
    SEND_BYTES(
            "send_bytes",
            "integer",
            "unlimited",
            "Bytes per second for this entry, all its files together. 0 or less means unlimited."),
    /** See {@link Entry#id()}. */
    ID(
            "id",
            "string",
            "empty",
            "Tells two entries on the same file apart; without it a list may name a path only once. Part of what positions "
                    + "are remembered under: another id reads the file anew. No `|`."),
    /** See {@link Entry#exclude()}. */
    EXCLUDE(
            "exclude",
            "array of strings",
            "none",
            "Globs of files that are left out. One without `/` is compared with the file's name, any other with its whole path."),
    /** See {@link Entry#startPosition()}. */
    START_POSITION(
            "start_position",
            "`beginning` or `end`",
            "`beginning`",
            "Where files that exist when first seen are begun. Files that appear later, also while the tasks are down, are read from their beginning."),
    /** See {@link Entry#encoding()}. */
    ENCODING(
            "encoding",
            "string",
            "`UTF-8`",
            "Character set of the files: UTF-8, GBK, GB18030, UTF-16LE, UTF-16BE, ISO-8859-1, Big5, Shift_JIS, EUC-KR or another "
                    + "one that Java knows. Refused are those that leave the byte order open (UTF-16), whose lines don't end in "
                    + "the byte 0x0A (EBCDIC), and with shift sequences (ISO-2022). A byte order mark is no part of the first line."),
    /** See {@link Entry#multiline()}. */
    MULTILINE(
            "multiline",
            "object",
            "off",
            "Joins lines into events: `pattern` (regular expression, required), `negate` (boolean, default false), `match` "
                    + "(`after` or `before`, default `after`), `max_lines` (default 500), `timeout_ms` (default 5000). Lines "
                    + "beyond `max_lines` or `max_line_bytes` are dropped and the event is flagged."),
    /** See {@link Entry#includeLines()}. */
    INCLUDE_LINES(
            "include_lines",
            "array of strings",
            "all lines",
            "Regular expressions; only lines in which one of them is found are sent, and those in which looking for it takes too "
                    + "many steps (1,000,000, and 100 for each character). With `multiline`, these are about whole events."),
    /** See {@link Entry#excludeLines()}. */
    EXCLUDE_LINES(
            "exclude_lines",
            "array of strings",
            "none",
            "Regular expressions; lines in which one of them is found are not sent. Where looking for it takes too many steps, "
                    + "it isn't found."),
    /** See {@link Entry#keepEmptyLines()}. */
    KEEP_EMPTY_LINES(
            "keep_empty_lines",
            "boolean",
            "`false`",
            "Whether empty lines are sent too. A line of white space isn't empty. With `multiline`, an empty line within an "
                    + "event is part of it whatever this says; only an event that is nothing but one empty line is left out."),
    /** See {@link Entry#maxLineBytes()}. */
    MAX_LINE_BYTES(
            "max_line_bytes",
            "integer",
            "983040",
            "Longer lines are cut there and flagged, also those that only become longer in UTF-8 or as JSON; from 16 to 16777216. "
                    + "For more than the default, the producer must be allowed larger requests (`producer.override.max.request.size`), "
                    + "and the topic larger records (`max.message.bytes`); else the task fails."),
    /** See {@link Entry#ignoreOlder()}. */
    IGNORE_OLDER(
            "ignore_older",
            "duration",
            "off",
            "Files that have not been modified for this long are left alone. 0 means off."),
    /** See {@link Entry#closeIdle()}. */
    CLOSE_IDLE("close_idle", "duration", "`5m`", "An open file without news for this long is closed."),
    /** See {@link Entry#fields()}. */
    FIELDS(
            "fields",
            "object",
            "none",
            "Constants added to every record's metadata: strings, numbers and booleans by name, at most 50.");

    private static final Map<String, EntryField> BY_JSON_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EntryField::jsonName, field -> field));

    private final String jsonName;
    private final String type;
    private final String defaultText;
    private final String documentation;

    EntryField(String jsonName, String type, String defaultText, String documentation) {
        this.jsonName = jsonName;
        this.type = type;
        this.defaultText = defaultText;
        this.documentation = documentation;
    }

    /**
     * Finds a field by its name in JSON.
     *
     * @param jsonName the member's name
     * @return the field, or empty for a name that no entry has
     */
    public static Optional<EntryField> named(String jsonName) {
        return Optional.ofNullable(BY_JSON_NAME.get(jsonName));
    }

    /**
     * The field's name in JSON.
     *
     * @return the member's name
     */
    public String jsonName() {
        return jsonName;
    }

    /**
     * What kind of value it takes, in Markdown.
     *
     * @return a few words
     */
    public String type() {
        return type;
    }

    /**
     * What holds when it is absent, in Markdown.
     *
     * @return a few words, empty for an alias
     */
    public String defaultText() {
        return defaultText;
    }

    /**
     * What it means, in Markdown.
     *
     * @return one or more sentences
     */
    public String documentation() {
        return documentation;
    }
}
