package io.tailrace.connect.elasticsearch.config;

import io.tailrace.connect.elasticsearch.id.IdStrategy;
import io.tailrace.connect.elasticsearch.malformed.MalformedPolicy;
import io.tailrace.connect.elasticsearch.target.IndexTemplate;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * What becomes of a record.
 *
 * @param index where its document goes
 * @param ids how the document's id is made
 * @param skipNulls whether records without a value are skipped; otherwise they fail the task
 * @param malformed what happens to records that no document can be made of
 */
public record DocumentSettings(IndexTemplate index, IdStrategy ids, boolean skipNulls, MalformedPolicy malformed) {

    /** Index template. */
    public static final String INDEX = "index";
    /** How ids are made. */
    public static final String ID_STRATEGY = "id.strategy";
    /** Records without a value. */
    public static final String NULL_VALUES = "behavior.on.null.values";
    /** Records that are refused. */
    public static final String MALFORMED = "behavior.on.malformed.documents";

    private static final String GROUP = "Documents";
    private static final String ERRORS_TOLERANCE = "errors.tolerance";
    private static final String DLQ_TOPIC = "errors.deadletterqueue.topic.name";

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                        INDEX,
                        ConfigDef.Type.STRING,
                        "{topic}",
                        ConfigDef.LambdaValidator.with(
                                DocumentSettings::checkIndex, () -> "an index name with placeholders"),
                        Importance.HIGH,
                        "Index, alias or data stream that documents go to. {topic} stands for the record's topic in"
                                + " lower case, {date:pattern} for the record's timestamp in UTC, as in"
                                + " {topic}-{date:yyyy.MM.dd}.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.MEDIUM,
                        "Index")
                .define(
                        ID_STRATEGY,
                        ConfigDef.Type.STRING,
                        IdStrategy.OFFSET.toString(),
                        ConfigDef.LambdaValidator.with(DocumentSettings::checkIds, () -> "[offset]"),
                        Importance.MEDIUM,
                        "How the document's id is made. offset: from topic, partition, offset and timestamp, so that"
                                + " a record that is read again gives the same document.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Id strategy")
                .define(
                        NULL_VALUES,
                        ConfigDef.Type.STRING,
                        "fail",
                        ConfigDef.LambdaValidator.with(DocumentSettings::checkNulls, () -> "[ignore, fail]"),
                        Importance.LOW,
                        "What happens to records without a value. ignore: they are skipped. fail: the task fails.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Null values")
                .define(
                        MALFORMED,
                        ConfigDef.Type.STRING,
                        "fail",
                        ConfigDef.CaseInsensitiveValidString.in("fail", "warn", "ignore", "dlq"),
                        Importance.MEDIUM,
                        "What happens to records that Elasticsearch refuses for what is in them, and to those that no"
                                + " document can be made of. fail: the task fails. warn: they are logged and skipped."
                                + " ignore: they are skipped. dlq: they go to the dead letter queue; needs "
                                + ERRORS_TOLERANCE + "=all and " + DLQ_TOPIC + ".",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Malformed documents");
    }

    static DocumentSettings of(AbstractConfig config) {
        return new DocumentSettings(
                IndexTemplate.parse(config.getString(INDEX)),
                IdStrategy.valueOf(config.getString(ID_STRATEGY).toUpperCase(Locale.ROOT)),
                config.getString(NULL_VALUES).equalsIgnoreCase("ignore"),
                MalformedPolicy.valueOf(config.getString(MALFORMED).toUpperCase(Locale.ROOT)));
    }

    static void check(AbstractConfig config, Map<String, String> properties, Problems problems) {
        if (!config.getString(MALFORMED).equalsIgnoreCase("dlq")) {
            return;
        }
        if (!"all".equalsIgnoreCase(properties.get(ERRORS_TOLERANCE))) {
            problems.add(MALFORMED, "dlq needs " + ERRORS_TOLERANCE + "=all: Connect reports nothing otherwise");
        }
        String topic = properties.get(DLQ_TOPIC);
        if (topic == null || topic.isBlank()) {
            problems.add(MALFORMED, "dlq needs " + DLQ_TOPIC + ": records would be lost otherwise");
        }
    }

    private static void checkIndex(String name, Object value) {
        try {
            IndexTemplate.parse((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    private static void checkIds(String name, Object value) {
        if (!IdStrategy.OFFSET.toString().equalsIgnoreCase((String) value)) {
            boolean planned = "origin".equalsIgnoreCase((String) value);
            throw new ConfigException(name, value, planned ? "not supported yet; use offset" : "must be offset");
        }
    }

    private static void checkNulls(String name, Object value) {
        String text = (String) value;
        if (text.equalsIgnoreCase("delete")) {
            throw new ConfigException(name, value, "not supported yet: ids aren't made from keys; use ignore or fail");
        }
        if (!text.equalsIgnoreCase("ignore") && !text.equalsIgnoreCase("fail")) {
            throw new ConfigException(name, value, "must be ignore or fail");
        }
    }
}
