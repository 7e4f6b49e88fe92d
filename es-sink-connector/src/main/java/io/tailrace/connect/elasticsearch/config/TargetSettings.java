package io.tailrace.connect.elasticsearch.config;

import io.tailrace.connect.elasticsearch.target.IndexNames;
import io.tailrace.connect.elasticsearch.target.IndexResolver;
import io.tailrace.connect.elasticsearch.target.TargetKind;
import io.tailrace.connect.elasticsearch.target.Template;
import io.tailrace.connect.elasticsearch.target.TopicNames;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Where documents go.
 *
 * @param index what names look like
 * @param topics what topics are called in them
 * @param kind what the names are
 */
public record TargetSettings(Template index, TopicNames topics, TargetKind kind) {

    /** Index template. */
    public static final String INDEX = "index";
    /** Zone of dates. */
    public static final String DATE_ZONE = "index.date.zone";
    /** What to replace in topics' names. */
    public static final String TOPIC_REGEX = "index.topic.regex";
    /** By what. */
    public static final String TOPIC_REPLACEMENT = "index.topic.replacement";
    /** Targets by topic. */
    public static final String TOPIC_MAP = "topic.to.external.resource.mapping";
    /** What targets are. */
    public static final String USAGE = "external.resource.usage";
    /** Data stream naming scheme: type. */
    public static final String STREAM_TYPE = "data.stream.type";
    /** Data set. */
    public static final String STREAM_DATASET = "data.stream.dataset";
    /** Name space. */
    public static final String STREAM_NAMESPACE = "data.stream.namespace";

    private static final String GROUP = "Target";
    private static final String NONE = "none";

    static void define(ConfigDef def) {
        new Group(def, GROUP)
                .add(
                        INDEX,
                        ConfigDef.Type.STRING,
                        "{topic}",
                        Checks.text(
                                "a name with placeholders", text -> IndexResolver.check(index(text, ZoneOffset.UTC))),
                        Importance.HIGH,
                        "Index",
                        "Index, alias or data stream that documents go to. Placeholders: `{topic}`, the record's topic;"
                                + " `{date:pattern}`, the record's timestamp, as in `{topic}-{date:yyyy.MM.dd}`;"
                                + " `{field:name}`, a member of the document, dots for one inside of another; `{key}`;"
                                + " `{header:name}`. All but literal text is put in lower case. A record that lacks"
                                + " what the name is made of, or makes an illegal name, is malformed.")
                .add(
                        DATE_ZONE,
                        ConfigDef.Type.STRING,
                        "UTC",
                        Checks.text("a time zone", TargetSettings::zone),
                        Importance.LOW,
                        "Time zone",
                        "Time zone of `{date:pattern}`, such as UTC, Asia/Shanghai or +01:00.")
                .add(
                        TOPIC_REGEX,
                        ConfigDef.Type.STRING,
                        null,
                        Checks.text("a regular expression", TargetSettings::pattern),
                        Importance.LOW,
                        "Topic regex",
                        "Regular expression; what it finds first in a topic's name is replaced in `{topic}` by `"
                                + TOPIC_REPLACEMENT + "`.")
                .add(
                        TOPIC_REPLACEMENT,
                        ConfigDef.Type.STRING,
                        "",
                        "Topic replacement",
                        "What `" + TOPIC_REGEX + "` is replaced by; `$1` stands for its first group.")
                .add(
                        TOPIC_MAP,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Checks.list("topic:name pairs", TargetSettings::checkMap),
                        Importance.LOW,
                        "Topic map",
                        "Index, alias or data stream for single topics, as topic:name pairs separated by commas; other"
                                + " topics go where `" + INDEX + "` says.")
                .add(
                        USAGE,
                        ConfigDef.Type.STRING,
                        "disabled",
                        Checks.oneOf("disabled", "index", "alias_index", "datastream", "alias_datastream"),
                        Importance.MEDIUM,
                        "Target kind",
                        "What the names are those of. `datastream`: of data streams, which take only new documents that"
                                + " have an `@timestamp`; one is added where it is missing. A data stream that isn't"
                                + " there is made, if an index template on the server claims its name. `alias_index`,"
                                + " `alias_datastream`: of aliases of indices or data streams. `index`, `disabled`: of"
                                + " whatever the server finds, or makes, under the name. Documents wait as long as there"
                                + " is no such data stream or alias, or a plain index in its place.")
                .add(
                        STREAM_TYPE,
                        ConfigDef.Type.STRING,
                        NONE,
                        Checks.oneOf(NONE, "logs", "metrics", "traces", "synthetics"),
                        Importance.LOW,
                        "Data stream type",
                        "If not `none`, documents go to the data stream type-dataset-namespace, and `" + INDEX
                                + "` is not used.")
                .add(
                        STREAM_DATASET,
                        ConfigDef.Type.STRING,
                        "",
                        "Data set",
                        "Middle part of the data stream's name, such as `nginx.access`; `${topic}` and the"
                                + " placeholders of `" + INDEX + "` can be used.")
                .add(
                        STREAM_NAMESPACE,
                        ConfigDef.Type.STRING,
                        "${topic}",
                        "Name space",
                        "Last part of the data stream's name; `${topic}` and the placeholders of `" + INDEX
                                + "` can be used.");
    }

    static TargetSettings of(AbstractConfig config) {
        ZoneId zone = zone(config.getString(DATE_ZONE));
        return new TargetSettings(index(template(config), zone), topics(config), kind(config));
    }

    private static TopicNames topics(AbstractConfig config) {
        Pattern pattern = Optional.ofNullable(config.getString(TOPIC_REGEX))
                .filter(Checks::isSet)
                .map(TargetSettings::pattern)
                .orElse(null);
        return new TopicNames(Checks.pairs(config.getList(TOPIC_MAP)), pattern, config.getString(TOPIC_REPLACEMENT));
    }

    static boolean dataStreams(AbstractConfig config) {
        return kind(config).isDataStream();
    }

    private static TargetKind kind(AbstractConfig config) {
        return switch (config.getString(USAGE).toLowerCase(Locale.ROOT)) {
            case "alias_datastream" -> TargetKind.DATA_STREAM_ALIAS;
            case "datastream" -> TargetKind.DATA_STREAM;
            case "alias_index" -> hasScheme(config) ? TargetKind.DATA_STREAM : TargetKind.ALIAS;
            default -> hasScheme(config) ? TargetKind.DATA_STREAM : TargetKind.ANY;
        };
    }

    static void check(AbstractConfig config, Problems problems) {
        try {
            IndexResolver.check(of(config).index());
        } catch (IllegalArgumentException e) {
            problems.add(hasScheme(config) ? STREAM_DATASET : INDEX, e.getMessage());
        }
        if (hasScheme(config) && config.originals().containsKey(INDEX)) {
            problems.add(INDEX, "can't be set together with " + STREAM_TYPE);
        }
        if (hasScheme(config) && !Checks.isSet(config.getString(STREAM_DATASET))) {
            problems.add(STREAM_DATASET, "is needed because " + STREAM_TYPE + " is set");
        }
        if (!hasScheme(config) && Checks.isSet(config.getString(STREAM_DATASET))) {
            problems.add(STREAM_DATASET, "needs " + STREAM_TYPE);
        }
        checkReplacement(topics(config), problems);
        if (Checks.isSet(config.getString(TOPIC_REPLACEMENT)) && !Checks.isSet(config.getString(TOPIC_REGEX))) {
            problems.add(TOPIC_REPLACEMENT, "needs " + TOPIC_REGEX);
        }
    }

    private static void checkReplacement(TopicNames topics, Problems problems) {
        try {
            topics.checkReplacement();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            problems.add(
                    TOPIC_REPLACEMENT,
                    "'" + topics.replacement() + "' can't replace what " + TOPIC_REGEX + " finds: " + e.getMessage());
        }
    }

    /** The template, if it is one; what is wrong otherwise is said on its own key. */
    static Optional<Template> indexOf(AbstractConfig config) {
        try {
            return Optional.of(of(config).index());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean hasScheme(AbstractConfig config) {
        return !config.getString(STREAM_TYPE).equalsIgnoreCase(NONE);
    }

    private static String template(AbstractConfig config) {
        if (!hasScheme(config)) {
            return config.getString(INDEX);
        }
        String name = config.getString(STREAM_TYPE).toLowerCase(Locale.ROOT) + "-" + config.getString(STREAM_DATASET)
                + "-" + config.getString(STREAM_NAMESPACE);
        return name.replace("${topic}", "{topic}");
    }

    private static Template index(String text, ZoneId zone) {
        return Template.parse(text, zone);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.trim());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time zone: " + e.getMessage(), e);
        }
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("no regular expression: " + e.getMessage(), e);
        }
    }

    private static void checkMap(List<String> pairs) {
        Checks.pairs(pairs)
                .forEach((topic, name) -> IndexNames.problem(name).ifPresent(problem -> {
                    throw new IllegalArgumentException(
                            "'" + name + "' for topic '" + topic + "': an index name " + problem);
                }));
    }
}
