package io.tailrace.connect.filetail;

import static io.tailrace.connect.filetail.ConfigValidators.distinctOf;
import static io.tailrace.connect.filetail.ConfigValidators.duration;
import static io.tailrace.connect.filetail.ConfigValidators.listParsedBy;
import static io.tailrace.connect.filetail.ConfigValidators.parsedBy;
import static io.tailrace.connect.filetail.FileTailSourceConfig.ALLOWED_PATHS;
import static io.tailrace.connect.filetail.FileTailSourceConfig.ALLOWED_TOPICS;
import static io.tailrace.connect.filetail.FileTailSourceConfig.BATCH_MAX_BYTES;
import static io.tailrace.connect.filetail.FileTailSourceConfig.BATCH_MAX_RECORDS;
import static io.tailrace.connect.filetail.FileTailSourceConfig.DEFAULT_METADATA;
import static io.tailrace.connect.filetail.FileTailSourceConfig.DEFAULT_PROVIDER_CLASS;
import static io.tailrace.connect.filetail.FileTailSourceConfig.ENTRIES;
import static io.tailrace.connect.filetail.FileTailSourceConfig.ENTRIES_PATHS;
import static io.tailrace.connect.filetail.FileTailSourceConfig.ENTRIES_PROVIDER_CLASS;
import static io.tailrace.connect.filetail.FileTailSourceConfig.HOST_ID;
import static io.tailrace.connect.filetail.FileTailSourceConfig.METADATA;
import static io.tailrace.connect.filetail.FileTailSourceConfig.METRICS_FILES_MAX;
import static io.tailrace.connect.filetail.FileTailSourceConfig.OPEN_FILES_MAX;
import static io.tailrace.connect.filetail.FileTailSourceConfig.PROVIDER_PARAM_PREFIX;
import static io.tailrace.connect.filetail.FileTailSourceConfig.READ_BUFFER_BYTES;
import static io.tailrace.connect.filetail.FileTailSourceConfig.RECORD_KEY;
import static io.tailrace.connect.filetail.FileTailSourceConfig.ROTATE_WAIT;
import static io.tailrace.connect.filetail.FileTailSourceConfig.SCAN_INTERVAL;
import static io.tailrace.connect.filetail.FileTailSourceConfig.STATE_DIR;
import static io.tailrace.connect.filetail.FileTailSourceConfig.STATUS_PATH;
import static io.tailrace.connect.filetail.FileTailSourceConfig.VALUE_FORMAT;
import static io.tailrace.connect.filetail.FileTailSourceConfig.VALUE_TYPE;

import io.tailrace.connect.filetail.entries.KeyTemplates;
import io.tailrace.connect.filetail.entries.PathPolicy;
import io.tailrace.connect.filetail.entries.TopicPolicy;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Declares every key of the connector once; the reference page is made from it. Documentation is Markdown. */
final class FileTailConfigDef {
    private static final int MAX_HOST_ID_CHARS = 250;

    private final ConfigDef def = new ConfigDef();
    private String group = "";
    private int orderInGroup;

    private FileTailConfigDef() {}

    static ConfigDef make() {
        FileTailConfigDef keys = new FileTailConfigDef();
        keys.whatToCollect();
        keys.safety();
        keys.records();
        keys.reading();
        return keys.def;
    }

    private void whatToCollect() {
        group("What to collect");
        key(
                ENTRIES,
                ConfigDef.Type.STRING,
                null,
                null,
                Importance.HIGH,
                "What to collect: a JSON array of entries, inline. Alternative to `" + ENTRIES_PATHS + "`.");
        key(
                ENTRIES_PATHS,
                ConfigDef.Type.LIST,
                "",
                listParsedBy("a list of key templates", FileTailConfigDef::checkTemplates),
                Importance.HIGH,
                "Where to read entries from: a list of key templates in order, such as "
                        + "`/logagent/all/logconfig,/logagent/{hostname}/logconfig,/logagent/{ip}/logconfig`. `{ip}` (also `%s`) stands for each "
                        + "global unicast address of the host, IPv4 and IPv6 (private ranges included; loopback and link-local addresses are not, "
                        + "so on a host that has nothing else such a template gives no key); `{hostname}` and `{host.id}` for what their names say. "
                        + "All keys are read, watched and merged; a later one overrides an earlier one for the same path and id. "
                        + "Alternative to `" + ENTRIES + "`.");
        key(
                ENTRIES_PROVIDER_CLASS,
                ConfigDef.Type.STRING,
                DEFAULT_PROVIDER_CLASS,
                new ConfigDef.NonEmptyString(),
                Importance.MEDIUM,
                "The `ConfigProvider` that `" + ENTRIES_PATHS
                        + "` are read through; each key's list is expected under the name `value`. "
                        + "What stands behind `" + PROVIDER_PARAM_PREFIX
                        + "` is handed to it, for the default one: `endpoints`, `user`, "
                        + "`password`, `tls.*`, `namespace`, `timeout.ms`. A provider that cannot be subscribed to is asked again every 10 s.");
        key(
                HOST_ID,
                ConfigDef.Type.STRING,
                "",
                parsedBy("at most 250 characters without '|' and '/'", FileTailConfigDef::checkHostId),
                Importance.MEDIUM,
                "What this host is called in remembered positions; the host's name if empty. Under another id all files are read anew, "
                        + "so set it where names of hosts change.");
        key(
                STATUS_PATH,
                ConfigDef.Type.STRING,
                "/tailrace/status",
                parsedBy("at most 250 characters, no control characters", FileTailConfigDef::checkStatusPath),
                Importance.LOW,
                "Below which key of the provider's store the status is reported: one key for the connector, "
                        + "`<status.path>/<host.id>/<connector>`, and one for each task, `…/<connector>/task-<number>`. They are written every "
                        + "10 s and when something changes, and are gone 25 s after the last report. Empty: no reports. Only with `"
                        + ENTRIES_PATHS + "`, and a provider that can do it, as the one for etcd can.");
    }

    private void safety() {
        group("Safety");
        key(
                ALLOWED_PATHS,
                ConfigDef.Type.LIST,
                "/var/log",
                listParsedBy("a list of absolute paths", FileTailConfigDef::checkFolders),
                Importance.HIGH,
                "Folders that files may be read from. A file is opened only if its real path, symbolic links resolved, lies in or under one of them. "
                        + "A folder that a symbolic link leads to is looked into only if it does, too.");
        key(
                ALLOWED_TOPICS,
                ConfigDef.Type.STRING,
                ".*",
                parsedBy("a regular expression", TopicPolicy::of),
                Importance.HIGH,
                "Regular expression that the whole name of a topic must match to be written to. Internal topics are refused "
                        + "whatever it says: `__*`, `connect-*`, `tailrace-agent-*`, and the connector's own `offsets.storage.topic`. A "
                        + "connector cannot know the names of its worker's other topics: where they begin otherwise, leave them out of here.");
    }

    private void records() {
        group("Records");
        key(
                VALUE_FORMAT,
                ConfigDef.Type.STRING,
                "line",
                ValidString.in("line", "envelope"),
                Importance.MEDIUM,
                "`line`: a record's value is the line. `envelope`: it is a JSON object with the line and what is known about it.");
        key(
                VALUE_TYPE,
                ConfigDef.Type.STRING,
                "string",
                ValidString.in("string", "bytes"),
                Importance.MEDIUM,
                "`string` for StringConverter and JsonConverter; `bytes` for ByteArrayConverter, which is faster.");
        key(
                RECORD_KEY,
                ConfigDef.Type.STRING,
                "stream",
                ValidString.in("stream", "none"),
                Importance.LOW,
                "`stream`: a record's key is the stream (host, entry id, path), so that a file's lines keep their order in a topic of several partitions. "
                        + "`none`: no key.");
        key(
                METADATA,
                ConfigDef.Type.LIST,
                DEFAULT_METADATA,
                distinctOf(Fact.names()),
                Importance.MEDIUM,
                "Which facts about a line travel in the header `tailrace`: of `host.name`, `host.ip`, `log.file.path`, `service.name`, `fields` "
                        + "(an entry's constants) and `log.offset` (with it the header is made for each line and not once per file). Empty: no header.");
    }

    private void reading() {
        group("Reading");
        key(
                SCAN_INTERVAL,
                ConfigDef.Type.STRING,
                "1s",
                duration(Duration.ofMillis(100), Duration.ofHours(1)),
                Importance.LOW,
                "How often folders are searched for new files.");
        key(
                ROTATE_WAIT,
                ConfigDef.Type.STRING,
                "5s",
                duration(Duration.ZERO, Duration.ofHours(1)),
                Importance.LOW,
                "How long a file that was renamed away is stayed with after its last byte, before the new one is followed.");
        key(
                BATCH_MAX_RECORDS,
                ConfigDef.Type.INT,
                5_000,
                Range.between(1, 100_000),
                Importance.LOW,
                "Most records that one poll returns. In an exactly-once worker each poll is a transaction.");
        key(
                BATCH_MAX_BYTES,
                ConfigDef.Type.INT,
                1 << 20,
                Range.between(1 << 10, 256 << 20),
                Importance.LOW,
                "Most bytes of lines that one poll returns; a single longer line is returned alone.");
        key(
                READ_BUFFER_BYTES,
                ConfigDef.Type.INT,
                256 << 10,
                Range.between(4 << 10, 64 << 20),
                Importance.LOW,
                "Size of the buffer that a task reads files through.");
        key(
                OPEN_FILES_MAX,
                ConfigDef.Type.INT,
                512,
                Range.between(1, 1_000_000),
                Importance.LOW,
                "Most files that a task holds open at once; further ones take turns.");
        key(
                METRICS_FILES_MAX,
                ConfigDef.Type.INT,
                100,
                Range.between(0, 10_000),
                Importance.LOW,
                "Most files of a task that have metrics of their own; further ones count in the task's totals only.");
        key(
                STATE_DIR,
                ConfigDef.Type.STRING,
                "",
                parsedBy("an absolute path", FileTailSourceConfig::stateDir),
                Importance.MEDIUM,
                "Folder for what must outlive a restart and cannot be in Kafka: the last good entries, where files were begun that have no record yet, "
                        + "and how far lines have been read that gave none. If it is lost, such files are begun as new ones, and there are no entries until "
                        + "their store can be read. Give it a durable one, such as `/var/lib/tailrace`: if empty it is `tailrace-<user>` in the folder for "
                        + "temporary files, which many hosts empty at boot. It is made if missing, for its owner only, and refused if others may write to it.");
    }

    private static void checkTemplates(List<String> templates) {
        if (!templates.isEmpty()) {
            KeyTemplates.of(templates);
        }
    }

    private static void checkFolders(List<String> folders) {
        if (folders.isEmpty()) {
            throw new ConfigException("names no folder, so that nothing could be read");
        }
        PathPolicy.of(folders);
    }

    private static void checkHostId(String hostId) {
        boolean bad = hostId.codePoints().anyMatch(c -> c == '|' || c == '/' || Character.isISOControl(c));
        if (bad || hostId.length() > MAX_HOST_ID_CHARS) {
            throw new ConfigException("must be at most 250 characters without '|', '/' and control characters");
        }
    }

    private static void checkStatusPath(String path) {
        if (path.length() > 250 || path.codePoints().anyMatch(Character::isISOControl)) {
            throw new ConfigException("must be at most 250 characters without control characters");
        }
    }

    private void group(String name) {
        group = name;
        orderInGroup = 0;
    }

    private void key(
            String name,
            ConfigDef.Type type,
            Object defaultValue,
            Validator validator,
            Importance importance,
            String documentation) {
        orderInGroup++;
        def.define(
                name, type, defaultValue, validator, importance, documentation, group, orderInGroup, Width.LONG, name);
    }
}
