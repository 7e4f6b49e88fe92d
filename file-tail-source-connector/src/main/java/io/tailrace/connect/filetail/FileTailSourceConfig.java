package io.tailrace.connect.filetail;

import io.tailrace.connect.filetail.entries.Durations;
import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.connect.filetail.entries.KeyTemplates;
import io.tailrace.connect.filetail.entries.PathPolicy;
import io.tailrace.connect.filetail.entries.TopicPolicy;
import io.tailrace.connect.filetail.tail.record.RecordFormat.Fact;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of the connector, typed. A task is given the same keys, without those that say where entries come from:
 * its entries stand literally under {@link #TASK_ENTRIES}.
 */
public final class FileTailSourceConfig extends AbstractConfig {
    /** Inline entries. */
    public static final String ENTRIES = "entries";
    /** Templates of the keys that entries are read from. */
    public static final String ENTRIES_PATHS = "entries.paths";
    /** Class of the provider that the keys are read through. */
    public static final String ENTRIES_PROVIDER_CLASS = "entries.provider.class";
    /** What follows this prefix is handed to the provider. */
    public static final String PROVIDER_PARAM_PREFIX = "entries.provider.param.";
    /** The host's name in remembered positions. */
    public static final String HOST_ID = "host.id";
    /** Folders that may be read from. */
    public static final String ALLOWED_PATHS = "allowed.paths";
    /** Topics that may be written to. */
    public static final String ALLOWED_TOPICS = "allowed.topics";
    /** What a record's value is. */
    public static final String VALUE_FORMAT = "value.format";
    /** Of which type a record's value is. */
    public static final String VALUE_TYPE = "value.type";
    /** What a record's key is. */
    public static final String RECORD_KEY = "record.key";
    /** Which facts travel in the header. */
    public static final String METADATA = "metadata";
    /** How long a renamed file is stayed with. */
    public static final String ROTATE_WAIT = "rotate.wait";
    /** How often new files are looked for. */
    public static final String SCAN_INTERVAL = "scan.interval";
    /** Below which key the status is reported. */
    public static final String STATUS_PATH = "status.path";
    /** Folder for local state. */
    public static final String STATE_DIR = "state.dir";
    /** Most records of one poll. */
    public static final String BATCH_MAX_RECORDS = "batch.max.records";
    /** Most bytes of one poll. */
    public static final String BATCH_MAX_BYTES = "batch.max.bytes";
    /** Size of the read buffer. */
    public static final String READ_BUFFER_BYTES = "read.buffer.bytes";
    /** Most files open at once. */
    public static final String OPEN_FILES_MAX = "open.files.max";
    /** Most files that have metrics of their own. */
    public static final String METRICS_FILES_MAX = "metrics.files.max";
    /**
     * A task's entries. Not a key of the connector: Connect replaces a task's value by the connector's own raw one where that
     * holds a variable, and here it must not.
     */
    public static final String TASK_ENTRIES = "task.entries";

    /**
     * The number of the group of entries that a task has. Not the task's own number, which depends on other groups; so a
     * group that comes or goes changes no other task's configuration.
     */
    public static final String TASK_GROUP = "task.group";

    /** Connect's own key for the connector's name; tasks are given it too. */
    public static final String NAME = "name";

    /** Connect's own key for a topic of the connector's own where its offsets are. */
    private static final String OFFSETS_TOPIC = "offsets.storage.topic";

    /** What a connector is called that was given no name, as in tests. */
    static final String DEFAULT_NAME = "file-tail-source";

    static final String DEFAULT_PROVIDER_CLASS = "io.tailrace.connect.etcd.EtcdConfigProvider";
    static final String DEFAULT_METADATA = "host.name,host.ip,log.file.path,service.name,fields";

    private static final ConfigDef DEF = FileTailConfigDef.make();

    /**
     * Reads settings, each by itself. Whether they fit together is checked by the connector.
     *
     * @param properties a connector's or a task's properties
     * @throws ConfigException naming the key and the value that is not legal
     */
    public FileTailSourceConfig(Map<String, String> properties) {
        super(DEF, properties, false);
    }

    /**
     * The declaration of all keys.
     *
     * @return a copy
     */
    public static ConfigDef definition() {
        return new ConfigDef(DEF);
    }

    /**
     * The inline entries.
     *
     * @return JSON text, not yet checked; empty if entries come from keys
     */
    public Optional<String> entries() {
        return Optional.ofNullable(getString(ENTRIES));
    }

    /**
     * The keys that entries are read from.
     *
     * @return templates; empty if entries are inline
     */
    public Optional<KeyTemplates> keyTemplates() {
        List<String> templates = getList(ENTRIES_PATHS);
        return templates.isEmpty() ? Optional.empty() : Optional.of(KeyTemplates.of(templates));
    }

    /**
     * The provider's class.
     *
     * @return a class name, not yet looked up
     */
    public String providerClass() {
        return getString(ENTRIES_PROVIDER_CLASS);
    }

    /**
     * What the provider is configured with.
     *
     * @return its parameters by name, without the prefix
     */
    public Map<String, Object> providerParams() {
        return originalsWithPrefix(PROVIDER_PARAM_PREFIX);
    }

    /**
     * The configured name of the host.
     *
     * @return the name, empty to take the host's own
     */
    public String hostId() {
        return getString(HOST_ID);
    }

    /**
     * Which files may be read.
     *
     * @return the policy
     */
    public PathPolicy pathPolicy() {
        return PathPolicy.of(getList(ALLOWED_PATHS));
    }

    /**
     * Which topics may be written to.
     *
     * @return the policy
     */
    public TopicPolicy topicPolicy() {
        Object offsets = originals().get(OFFSETS_TOPIC);
        return TopicPolicy.of(getString(ALLOWED_TOPICS))
                .without(offsets == null ? Set.of() : Set.of(offsets.toString()));
    }

    /**
     * Reads entries as these settings allow them.
     *
     * @return the reader
     */
    public HostEntries hostEntries() {
        return new HostEntries(pathPolicy(), topicPolicy());
    }

    /**
     * What a record's value is.
     *
     * @return the format
     */
    public ValueFormat valueFormat() {
        return ValueFormat.valueOf(upper(VALUE_FORMAT));
    }

    /**
     * Of which type a record's value is, and the header's.
     *
     * @return the type
     */
    public ValueType valueType() {
        return ValueType.valueOf(upper(VALUE_TYPE));
    }

    /**
     * What a record's key is.
     *
     * @return the kind of key
     */
    public RecordKey recordKey() {
        return RecordKey.valueOf(upper(RECORD_KEY));
    }

    /**
     * Which facts travel in the header.
     *
     * @return the facts; none means no header
     */
    public Set<Fact> metadata() {
        Set<Fact> facts = EnumSet.noneOf(Fact.class);
        getList(METADATA).forEach(name -> facts.add(Fact.named(name)));
        return Collections.unmodifiableSet(facts);
    }

    /**
     * How long a renamed file is stayed with after its last byte.
     *
     * @return the time, not negative
     */
    public Duration rotateWait() {
        return Durations.parse(getString(ROTATE_WAIT));
    }

    /**
     * How often new files are looked for.
     *
     * @return the time between two searches
     */
    public Duration scanInterval() {
        return Durations.parse(getString(SCAN_INTERVAL));
    }

    /**
     * Below which key the status is reported.
     *
     * @return a key without a slash at its end; empty for no reports
     */
    public Optional<String> statusPath() {
        return Optional.of(getString(STATUS_PATH).replaceAll("/+$", "")).filter(path -> !path.isEmpty());
    }

    /**
     * The folder for local state. It need not exist.
     *
     * @return an absolute path
     */
    public Path stateDir() {
        return stateDir(getString(STATE_DIR));
    }

    static Path stateDir(String configured) {
        try {
            Path dir = configured.isEmpty()
                    ? Path.of(System.getProperty("java.io.tmpdir"), "tailrace-" + System.getProperty("user.name"))
                    : Path.of(configured);
            if (dir.isAbsolute()) {
                return dir;
            }
        } catch (InvalidPathException e) {
            throw new ConfigException("is not a path: " + e.getReason());
        }
        throw new ConfigException("must be an absolute path");
    }

    /**
     * Most records that one poll returns.
     *
     * @return a count, at least 1
     */
    public int batchMaxRecords() {
        return getInt(BATCH_MAX_RECORDS);
    }

    /**
     * Most bytes of lines that one poll returns.
     *
     * @return bytes
     */
    public int batchMaxBytes() {
        return getInt(BATCH_MAX_BYTES);
    }

    /**
     * Size of the buffer that files are read through.
     *
     * @return bytes
     */
    public int readBufferBytes() {
        return getInt(READ_BUFFER_BYTES);
    }

    /**
     * Most files that a task holds open at once.
     *
     * @return a count, at least 1
     */
    public int openFilesMax() {
        return getInt(OPEN_FILES_MAX);
    }

    /**
     * How many files may have metrics of their own.
     *
     * @return most of them, for each task
     */
    public int metricsFilesMax() {
        return getInt(METRICS_FILES_MAX);
    }

    private String upper(String key) {
        return getString(key).toUpperCase(Locale.ROOT);
    }

    /** What a record's value is. */
    public enum ValueFormat {
        /** The line itself. */
        LINE,
        /** A JSON object with the line and what is known about it. */
        ENVELOPE
    }

    /** Of which type a record's value is. */
    public enum ValueType {
        /** A string with a string schema. */
        STRING,
        /** A byte array with a bytes schema. */
        BYTES
    }

    /** What a record's key is. */
    public enum RecordKey {
        /** The stream, as in the source partition. */
        STREAM,
        /** There is none. */
        NONE
    }
}
