package io.tailrace.connect.elasticsearch.config;

import io.tailrace.connect.elasticsearch.document.DocumentShape;
import io.tailrace.connect.elasticsearch.document.MetadataHeader;
import io.tailrace.connect.elasticsearch.malformed.MalformedPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What becomes of a record.
 *
 * @param shape what joins its document
 * @param nulls what happens to records without a value
 * @param malformed what happens to records that no document can be made of
 */
public record DocumentSettings(DocumentShape shape, NullPolicy nulls, MalformedPolicy malformed) {

    /** Whether documents get a time. */
    public static final String TIMESTAMP = "timestamp.add";
    /** Members that the time is taken from. */
    public static final String TIMESTAMP_FIELD = "timestamp.field";
    /** The same, as other sinks call it. */
    public static final String STREAM_TIMESTAMP_FIELD = "data.stream.timestamp.field";
    /** Headers that become members. */
    public static final String HEADER_FIELDS = "header.fields";
    /** Records without a value. */
    public static final String NULL_VALUES = "behavior.on.null.values";
    /** Records that are refused. */
    public static final String MALFORMED = "behavior.on.malformed.documents";

    private static final String GROUP = "Documents";
    private static final String ERRORS_TOLERANCE = "errors.tolerance";
    private static final String DLQ_TOPIC = "errors.deadletterqueue.topic.name";

    static void define(ConfigDef def) {
        new Group(def, GROUP)
                .add(
                        TIMESTAMP,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        "Add @timestamp",
                        "Whether a JSON object without `@timestamp` gets one: from `" + TIMESTAMP_FIELD
                                + "`, else the record's. Data streams and `" + TIMESTAMP_FIELD
                                + "` imply it. Text that is wrapped has one anyway.")
                .add(
                        TIMESTAMP_FIELD,
                        ConfigDef.Type.LIST,
                        List.of(),
                        "Timestamp fields",
                        "Members that `@timestamp` is taken from, the first one that is there: text as it is, a whole"
                                + " number as milliseconds since 1970. Dots for one inside of another.")
                .add(
                        STREAM_TIMESTAMP_FIELD,
                        ConfigDef.Type.LIST,
                        List.of(),
                        "Timestamp fields",
                        "Another name of `" + TIMESTAMP_FIELD + "`; one of the two may be set.")
                .add(
                        HEADER_FIELDS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Checks.list("header or header:member, or *", DocumentSettings::headerFields),
                        Importance.LOW,
                        "Header fields",
                        "Headers that become members of the document where it has none of that name: `name`, or"
                                + " `header:member`; `*` for all others by their own names. Bytes count as UTF-8 text.")
                .add(
                        NULL_VALUES,
                        ConfigDef.Type.STRING,
                        "fail",
                        Checks.oneOf("ignore", "delete", "fail"),
                        Importance.LOW,
                        "Null values",
                        "What happens to records without a value. `ignore`: they are skipped. `delete`: the document"
                                + " whose id is the record's key is deleted. `fail`: the task fails.")
                .add(
                        MALFORMED,
                        ConfigDef.Type.STRING,
                        "fail",
                        Checks.oneOf("fail", "warn", "ignore", "dlq"),
                        Importance.MEDIUM,
                        "Malformed documents",
                        "What happens to records that Elasticsearch refuses for what is in them, and to those that no"
                                + " document can be made of. `fail`: the task fails. `warn`: they are logged and"
                                + " skipped. `ignore`: they are skipped. `dlq`: they go to the dead letter queue; needs `"
                                + ERRORS_TOLERANCE + "=all` and `" + DLQ_TOPIC + "`; the task waits there for Kafka.");
    }

    static DocumentSettings of(AbstractConfig config) {
        List<String> timestampFields = config.getList(TIMESTAMP_FIELD).isEmpty()
                ? config.getList(STREAM_TIMESTAMP_FIELD)
                : config.getList(TIMESTAMP_FIELD);
        Map<String, String> headers = headerFields(config.getList(HEADER_FIELDS));
        boolean allHeaders = headers.remove("*") != null;
        boolean timed =
                config.getBoolean(TIMESTAMP) || !timestampFields.isEmpty() || TargetSettings.dataStreams(config);
        return new DocumentSettings(
                new DocumentShape(timed, timestampFields, headers, allHeaders),
                Checks.valueOf(NullPolicy.class, config.getString(NULL_VALUES)),
                Checks.valueOf(MalformedPolicy.class, config.getString(MALFORMED)));
    }

    static void check(AbstractConfig config, Map<String, String> properties, Problems problems) {
        if (!config.getList(TIMESTAMP_FIELD).isEmpty()
                && !config.getList(STREAM_TIMESTAMP_FIELD).isEmpty()) {
            problems.add(STREAM_TIMESTAMP_FIELD, "can't be set together with " + TIMESTAMP_FIELD);
        }
        checkHeaderFields(headerFields(config.getList(HEADER_FIELDS)), problems);
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

    private static void checkHeaderFields(Map<String, String> fields, Problems problems) {
        if (fields.containsKey(MetadataHeader.NAME)) {
            problems.add(
                    HEADER_FIELDS,
                    "the header " + MetadataHeader.NAME
                            + " joins every document, member by member, without being named");
        }
        if (fields.containsValue("@timestamp")) {
            problems.add(
                    HEADER_FIELDS,
                    "@timestamp is the record's, or a member's (" + TIMESTAMP_FIELD + "), not a header's");
        }
    }

    private static Map<String, String> headerFields(List<String> list) {
        return new LinkedHashMap<>(Checks.pairs(list.stream()
                .map(String::trim)
                .map(name -> name.contains(":") ? name : name + ":" + name)
                .toList()));
    }
}
