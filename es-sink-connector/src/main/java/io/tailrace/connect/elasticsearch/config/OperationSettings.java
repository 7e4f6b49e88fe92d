package io.tailrace.connect.elasticsearch.config;

import io.tailrace.connect.elasticsearch.bulk.OperationShape;
import io.tailrace.connect.elasticsearch.bulk.Versions;
import io.tailrace.connect.elasticsearch.bulk.WriteMethod;
import io.tailrace.connect.elasticsearch.id.IdStrategy;
import io.tailrace.connect.elasticsearch.target.Template;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What is done with documents.
 *
 * @param ids how ids are made
 * @param idField the member that {@link IdStrategy#FIELD} takes, or null
 * @param shape what operations look like
 */
public record OperationSettings(IdStrategy ids, String idField, OperationShape shape) {

    /** How ids are made. */
    public static final String ID_STRATEGY = "id.strategy";
    /** Member that the id is. */
    public static final String ID_FIELD = "id.field";
    /** Other sinks' word for ids by place or by key. */
    public static final String KEY_IGNORE = "key.ignore";
    /** Kind of write. */
    public static final String WRITE_METHOD = "write.method";
    /** Version. */
    public static final String VERSION = "version.from";
    /** Header with the version. */
    public static final String VERSION_HEADER = "external.version.header";
    /** Routing. */
    public static final String ROUTING = "routing";
    /** Ingest pipeline. */
    public static final String PIPELINE = "pipeline";

    private static final String AUTO = "auto";
    private static final String INSERT = "insert";

    static void define(ConfigDef def) {
        new Group(def, "Operations")
                .add(
                        ID_STRATEGY,
                        ConfigDef.Type.STRING,
                        IdStrategy.OFFSET.toString(),
                        Checks.oneOf((Object[]) IdStrategy.values()),
                        Importance.MEDIUM,
                        "Id strategy",
                        "How the document's id is made. `offset`: from topic, partition, offset and timestamp, so that"
                                + " a record that is read again gives the same document. `key`: the record's key."
                                + " `field`: the member `" + ID_FIELD + "` of the document. `origin`: from the stream,"
                                + " generation and position in the `tailrace` header (the source needs `log.offset` in"
                                + " `metadata`), so that a line that an at-least-once source sent twice is one"
                                + " document.")
                .add(
                        ID_FIELD,
                        ConfigDef.Type.STRING,
                        null,
                        "Id field",
                        "Member of the document that its id is, for `" + ID_STRATEGY + "=field`; dots for one inside of"
                                + " another.")
                .add(
                        KEY_IGNORE,
                        ConfigDef.Type.BOOLEAN,
                        null,
                        "Ignore key",
                        "`false` means `" + ID_STRATEGY + "=key`, `true` means `" + ID_STRATEGY
                                + "=offset`; for configurations that come from other sinks.")
                .add(
                        WRITE_METHOD,
                        ConfigDef.Type.STRING,
                        INSERT,
                        Checks.oneOf(INSERT, "create", "index", "update", "upsert"),
                        Importance.MEDIUM,
                        "Write method",
                        "What is done with a document. `create`: it is written unless there is one of that id."
                                + " `index`: it is written over one of that id. `update`: its members are written over"
                                + " those of the document of that id, which must be there. `upsert`: likewise, and it"
                                + " is made if there is none. `insert`: `index` for ids from keys and fields, otherwise"
                                + " `create`. Where no version keeps several records of one id in order (`update`,"
                                + " `upsert`, `" + VERSION
                                + "` other than `offset`), and with deletions, the records of"
                                + " a partition are written in order, one request at a time.")
                .add(
                        VERSION,
                        ConfigDef.Type.STRING,
                        AUTO,
                        Checks.oneOf(AUTO, "offset", "timestamp", "none"),
                        Importance.LOW,
                        "Version",
                        "With `index` and deletions: of two records with the same id, which one wins. `offset`: the one"
                                + " with the higher offset, whichever arrives last; all records of an id must come from"
                                + " one partition, and a topic that was deleted and made again begins below what is"
                                + " there, so that its records are ignored. `timestamp`: the one with the later"
                                + " timestamp. `none`: the one that arrives last. `auto`: `offset`.")
                .add(
                        VERSION_HEADER,
                        ConfigDef.Type.STRING,
                        null,
                        "Version header",
                        "Header that holds the version, a whole number, instead of `" + VERSION + "`.")
                .add(
                        ROUTING,
                        ConfigDef.Type.STRING,
                        null,
                        Checks.text("text with placeholders", OperationSettings::template),
                        Importance.LOW,
                        "Routing",
                        "Routing value, with the placeholders of `index`, as in `{field:tenant}` or `{header:tenant}`."
                                + " A record that lacks what it is made of goes without.")
                .add(
                        PIPELINE,
                        ConfigDef.Type.STRING,
                        null,
                        Checks.text("text with placeholders", OperationSettings::template),
                        Importance.LOW,
                        "Ingest pipeline",
                        "Ingest pipeline that documents go through, with the placeholders of `index`. A record that"
                                + " lacks what it is made of goes without. Documents wait for a pipeline that isn't on"
                                + " the server, and for one that the settings of their index name.");
    }

    static OperationSettings of(AbstractConfig config) {
        WriteMethod method = method(config);
        Versions versions = versions(config);
        return new OperationSettings(
                ids(config),
                config.getString(ID_FIELD),
                new OperationShape(
                        method,
                        versions,
                        template(config, ROUTING),
                        template(config, PIPELINE),
                        isOrdered(config, method, versions)));
    }

    private static boolean isOrdered(AbstractConfig config, WriteMethod method, Versions versions) {
        boolean isWrittenOnce = method == WriteMethod.CREATE;
        boolean isVersioned = method == WriteMethod.INDEX && versions.areDistinct();
        // A server forgets the version of a deletion after a minute, and a request may be sent again later than that.
        return ids(config).isKeyed() && (deletes(config) || !(isWrittenOnce || isVersioned));
    }

    private static boolean deletes(AbstractConfig config) {
        return config.getString(DocumentSettings.NULL_VALUES).equalsIgnoreCase("delete");
    }

    static void check(AbstractConfig config, Problems problems) {
        IdStrategy ids = ids(config);
        checkIds(config, ids, problems);
        WriteMethod method = method(config);
        if (method.isPartial() && !ids.isKeyed()) {
            problems.add(
                    WRITE_METHOD,
                    method + " needs " + ID_STRATEGY + "=key or field: with " + ids
                            + " no two records have the same id");
        }
        if (TargetSettings.dataStreams(config) && method != WriteMethod.CREATE) {
            problems.add(
                    config.originals().containsKey(WRITE_METHOD) ? WRITE_METHOD : ID_STRATEGY,
                    "a data stream takes only new documents: " + WRITE_METHOD + "=create");
        }
        boolean isVersioned = Checks.isSet(config.getString(VERSION_HEADER))
                || !List.of(AUTO, "none").contains(config.getString(VERSION).toLowerCase(Locale.ROOT));
        if (isVersioned && method != WriteMethod.INDEX) {
            problems.add(
                    Checks.isSet(config.getString(VERSION_HEADER)) ? VERSION_HEADER : VERSION,
                    "needs " + WRITE_METHOD + "=index: " + method + " takes no version");
        }
        if (Checks.isSet(config.getString(PIPELINE)) && method.isPartial()) {
            problems.add(PIPELINE, "can't be used with " + WRITE_METHOD + "=" + method);
        }
        checkDeletions(config, ids, problems);
    }

    private static void checkIds(AbstractConfig config, IdStrategy ids, Problems problems) {
        Boolean keyIgnore = config.getBoolean(KEY_IGNORE);
        if (keyIgnore != null && config.originals().containsKey(ID_STRATEGY) && keyIgnore == (ids == IdStrategy.KEY)) {
            problems.add(KEY_IGNORE, keyIgnore + " contradicts " + ID_STRATEGY + "=" + ids);
        }
        if (ids == IdStrategy.FIELD && !Checks.isSet(config.getString(ID_FIELD))) {
            problems.add(ID_FIELD, "is needed because " + ID_STRATEGY + " is field");
        }
        if (ids != IdStrategy.FIELD && Checks.isSet(config.getString(ID_FIELD))) {
            problems.add(ID_FIELD, "needs " + ID_STRATEGY + "=field");
        }
        if (ids == IdStrategy.ORIGIN
                && TargetSettings.indexOf(config).filter(Template::hasDate).isPresent()) {
            problems.add(
                    TargetSettings.INDEX,
                    "can't have a date with " + ID_STRATEGY + "=origin: a line that is sent again has another time, and"
                            + " would be a second document in another index");
        }
    }

    private static void checkDeletions(AbstractConfig config, IdStrategy ids, Problems problems) {
        if (!deletes(config)) {
            return;
        }
        if (ids != IdStrategy.KEY) {
            problems.add(
                    DocumentSettings.NULL_VALUES,
                    "delete needs " + ID_STRATEGY + "=key: a record without a value has nothing else to say which"
                            + " document it means");
        }
        if (TargetSettings.dataStreams(config)) {
            problems.add(DocumentSettings.NULL_VALUES, "delete can't be used with data streams");
        }
        if (TargetSettings.indexOf(config).filter(Template::hasField).isPresent()) {
            problems.add(
                    TargetSettings.INDEX,
                    "can't have a {field:…} with " + DocumentSettings.NULL_VALUES
                            + "=delete: a record without a value has no fields");
        }
        if (TargetSettings.indexOf(config).filter(Template::hasDate).isPresent()) {
            problems.add(
                    TargetSettings.INDEX,
                    "can't have a date with " + DocumentSettings.NULL_VALUES
                            + "=delete: a deletion has another time than its document, and would look for it in"
                            + " another index");
        }
        Template routing = template(config, ROUTING);
        if (routing != null && routing.hasField()) {
            problems.add(
                    ROUTING,
                    "can't have a {field:…} with " + DocumentSettings.NULL_VALUES
                            + "=delete: a record without a value has no fields");
        }
    }

    private static IdStrategy ids(AbstractConfig config) {
        Boolean keyIgnore = config.getBoolean(KEY_IGNORE);
        return keyIgnore != null && !keyIgnore && !config.originals().containsKey(ID_STRATEGY)
                ? IdStrategy.KEY
                : Checks.valueOf(IdStrategy.class, config.getString(ID_STRATEGY));
    }

    private static WriteMethod method(AbstractConfig config) {
        String method = config.getString(WRITE_METHOD);
        if (!method.equalsIgnoreCase(INSERT)) {
            return Checks.valueOf(WriteMethod.class, method);
        }
        return ids(config).isKeyed() && !TargetSettings.dataStreams(config) ? WriteMethod.INDEX : WriteMethod.CREATE;
    }

    private static Versions versions(AbstractConfig config) {
        String header = config.getString(VERSION_HEADER);
        if (Checks.isSet(header)) {
            return new Versions(Versions.Source.HEADER, header.trim());
        }
        String from = config.getString(VERSION);
        if (from.equalsIgnoreCase(AUTO)) {
            // An id by place never comes with two versions.
            boolean keyed = ids(config).isKeyed();
            return new Versions(keyed ? Versions.Source.OFFSET : Versions.Source.NONE, null);
        }
        return new Versions(Checks.valueOf(Versions.Source.class, from), null);
    }

    private static Template template(AbstractConfig config, String key) {
        String text = config.getString(key);
        return Checks.isSet(text) ? template(text) : null;
    }

    private static Template template(String text) {
        return Template.parse(text, ZoneOffset.UTC);
    }
}
